/** What events come to: who serves, what is passed over, and that it does not matter how they are read. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DefinitionRow } from '../../../control/definitions/definitionRows.ts';
import { writeDefinition } from '../../../control/definitions/definitionRows.ts';
import { knownModel, type RecordedModel } from '../../../control/registry/knownModel.ts';
import { createModelRegistry } from '../../../control/registry/openModelRegistry.ts';
import { memoryDefinitions } from '../../support/memoryDefinitions.ts';
import {
  declaredAnswer,
  modelRow,
  modelStart,
  modelVersion,
  releaseOf,
  sampleHistory,
  serves,
} from '../../support/modelSamples.ts';

const silent = () => {};

function fold(rows: readonly DefinitionRow[]): { known: RecordedModel; said: string[] } {
  const said: string[] = [];
  return { known: knownModel(rows, (sentence) => said.push(sentence))!, said };
}

test('the first event makes the online learner the champion', () => {
  const { known } = fold(sampleHistory().slice(0, 1));
  expect(known).toMatchObject({
    model: 'answer',
    pipeline: 'learning',
    featureVersion: '1',
    serving: { champion: serves('1'), release: null, shadows: [] },
    versions: [{ version: { version: '1', kind: 'online', artifact: null }, madeAt: modelStart }],
    record: { revision: 1, model: 'answer', champion: serves('1') },
    head: { revision: 1 },
  });
});

test('the record has the revision of the event that last changed who serves', () => {
  const revisions = sampleHistory().map((_, i, rows) => fold(rows.slice(0, i + 1)).known);
  expect(revisions.map(({ record }) => record.revision)).toEqual([1, 1, 3, 4, 5, 5, 7]);
  expect(revisions.map(({ at }) => (at - modelStart) / 60_000)).toEqual([0, 0, 2, 3, 4, 4, 6]);
  expect(revisions.map(({ head }) => head.revision)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(revisions.at(-1)!.releases.map(({ phase }) => phase)).toEqual(['promoted', 'canary']);
});

test('other features make the online learner champion and end the release', () => {
  const other = { ...declaredAnswer, version: '2', features: [] };
  const { known, said } = fold([...sampleHistory(), modelRow(8, { kind: 'declared', ...other })]);
  expect(said).toEqual([]);
  expect(known.serving).toEqual({
    champion: { version: '2', sha256: null, width: 0 },
    release: null,
    shadows: [],
  });
  expect(known.releases.at(-1)).toMatchObject({
    phase: 'aborted',
    share: 0,
    steps: [{ actor: 'ada', sentence: 'Ended: version 2 of the features is in use now.' }],
  });
  // And back again: the versions of the first features are there still.
  const back = fold([
    ...sampleHistory(),
    modelRow(8, { kind: 'declared', ...other }),
    modelRow(9, { kind: 'declared', ...declaredAnswer }),
    modelRow(10, { kind: 'registered', version: modelVersion('1.3', 'c') }),
  ]);
  expect(back.said).toEqual([]);
  expect(back.known.versions.map(({ version }) => version.version)).toEqual([
    '1',
    '1.1',
    '1.2',
    '2',
    '1.3',
  ]);
});

test.each([
  ['not JSON', { definition: '{' }, 'cannot be read'],
  ['of a later version', { definition: '{"kind":"praised"}' }, 'cannot be read'],
  [
    'of another model',
    { definition: JSON.stringify({ kind: 'declared', ...declaredAnswer, model: 'other' }) },
    'cannot be read',
  ],
])('a row that is %s is told and passed over, and keeps its number', (_, given, words) => {
  const rows = [...sampleHistory(), modelRow(8, {}, given)];
  const { known, said } = fold(rows);
  expect(said).toEqual([`Revision 8 of the model answer ${words} and is passed over.`]);
  expect(known).toEqual({ ...fold(sampleHistory()).known, head: { ...known.head } });
  expect(known.head.revision).toBe(8);
});

const serving = { champion: serves('1.1', 'a'), release: null, shadows: [] };
test.each([
  [
    'a version of a number that is taken',
    { kind: 'registered', version: modelVersion('1.2', 'c') },
  ],
  ['a version of other features', { kind: 'registered', version: modelVersion('2.1', 'c') }],
  [
    'a champion that is unknown',
    { kind: 'served', serving: { ...serving, champion: serves('1.9') } },
  ],
  [
    'a champion with another file',
    { kind: 'served', serving: { ...serving, champion: serves('1.2', 'c') } },
  ],
  [
    'a version in two places',
    { kind: 'served', serving: { ...serving, shadows: [serves('1.1', 'a')] } },
  ],
  [
    'a second release',
    {
      kind: 'released',
      release: releaseOf('1.1', { id: 'x' }),
      serving: {
        ...serving,
        champion: serves('1'),
        release: { id: 'x', version: serves('1.1', 'a'), share: 0, stage: 'shadow' },
      },
    },
  ],
  [
    'a release that is over',
    { kind: 'released', release: releaseOf('1.1', { phase: 'withdrawn' }), serving },
  ],
  ['a release that says something else', { kind: 'released', release: releaseOf('1.2'), serving }],
  ['a deletion of the champion', { kind: 'removed', version: '1.1' }],
  ['the same features with other names', { kind: 'declared', ...declaredAnswer, features: [] }],
])('%s is told and passed over', (_, event) => {
  const { known, said } = fold([...sampleHistory(), modelRow(8, event)]);
  expect(said).toEqual([expect.stringMatching(/^Revision 8 of the model answer is passed over: /)]);
  expect(known).toEqual({ ...fold(sampleHistory()).known, head: known.head });
});

test('nothing is known of a model that was not declared', () => {
  const said: string[] = [];
  expect(
    knownModel(sampleHistory().slice(1, 2), (sentence) => said.push(sentence)),
  ).toBeUndefined();
  expect(said).toEqual([expect.stringContaining('declare it first')]);
});

test('clocks that differ do not turn time back', () => {
  const rows = sampleHistory().map((row) => (row.revision === 5 ? { ...row, at: 0 } : row));
  const times = fold(rows).known.served.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});

// Rows come one by one or many at once, some revisions were written twice, and some rows are odd.
test('what is known does not depend on how reads are cut', async () => {
  const revisions = sampleHistory().map(({ revision }) => revision);
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(revisions),
      fc.subarray(revisions),
      fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
      async (twice, odd, cuts) => {
        const rows = sampleHistory().flatMap((row) => [
          odd.includes(row.revision) && row.revision > 1 ? { ...row, definition: '?' } : row,
          // Later: it does not count.
          ...(twice.includes(row.revision)
            ? [modelRow(row.revision, { kind: 'removed', version: '1.2' }, { writeId: '9' })]
            : []),
        ]);
        const store = memoryDefinitions();
        const options = { store, announce: async () => {}, say: silent, pollMs: 1_000_000 };
        const registry = createModelRegistry(options);
        for (const row of rows) {
          await writeDefinition(store, row);
          if (cuts[row.revision - 1]) await registry.refresh();
        }
        await registry.refresh();
        await registry.close();
        const sorted = [...rows].sort(
          (a, b) => a.revision - b.revision || (a.writeId < b.writeId ? -1 : 1),
        );
        expect(registry.model('answer')).toEqual(knownModel(sorted, silent));
      },
    ),
    { numRuns: 60 },
  );
});
