/** A model as the dashboard shows it: true sentences, roles, and the card of a version. */
import { expect, test } from 'vitest';
import { ModelLife, VersionDetail } from '../../../contracts/modelLifeApi.ts';
import type { DefinitionRow } from '../../../control/definitions/definitionRows.ts';
import { knownModel } from '../../../control/registry/knownModel.ts';
import { modelLife, versionDetail, whereItStands } from '../../../control/registry/modelLife.ts';
import {
  modelRow,
  modelVersion,
  newVersion,
  releaseOf,
  sampleHistory,
  serves,
} from '../../support/modelSamples.ts';

function known(rows: readonly DefinitionRow[] = sampleHistory()) {
  return knownModel(rows, (sentence) => {
    throw new Error(sentence);
  })!;
}

test('it is what the API answers, the newest first', () => {
  const life = modelLife(known());
  expect(ModelLife.parse(life)).toEqual(life);
  expect(life).toMatchObject({
    model: 'answer',
    revision: 7,
    champion: '1.1',
    release: { version: '1.2' },
    releases: [{ version: '1.1', phase: 'promoted' }],
    served: [{}, {}, {}, { to: null }],
  });
  expect(life.versions.map(({ version, roles }) => [version, ...roles])).toEqual([
    ['1.2', 'challenger'],
    ['1.1', 'champion'],
    ['1', 'shadow'],
  ]);
  expect(life.versions.map(({ gatesPassed }) => gatesPassed)).toEqual([true, true, null]);
});

test('where it stands is said in one true sentence, after each step', () => {
  const rows = sampleHistory();
  const sentences = rows.map((_, i) => whereItStands(known(rows.slice(0, i + 1))));
  expect(sentences).toEqual([
    'The online learner (1) serves everybody; no other version was made yet.',
    'The online learner (1) serves everybody; no release is under way.',
    'The online learner (1) serves everybody; 1.1 predicts beside it in shadow and serves nobody.',
    'The online learner (1) serves 75 % of users; 1.1 serves 25 % in step 1 of its canary.',
    'Version 1.1 serves everybody; no release is under way.',
    'Version 1.1 serves everybody; no release is under way.',
    'Version 1.1 serves 95 % of users; 1.2 serves 5 % in step 1 of its canary.',
  ]);
});

test('a release that is halted or waits says so', () => {
  const first = sampleHistory().slice(0, 2);
  const release = releaseOf('1.1', { paused: true, awaits: 'canary' });
  const challenger = { id: release.id, version: serves('1.1', 'a'), share: 0, stage: 'shadow' };
  const serving = { champion: serves('1'), release: challenger, shadows: [] };
  const rows = [...first, modelRow(3, { kind: 'released', release, serving })];
  expect(whereItStands(known(rows))).toBe(
    'The online learner (1) serves everybody; 1.1 predicts beside it in shadow and serves nobody, halted by hand, and waits for somebody to agree before it serves the first users.',
  );
});

// The card as it is read; look at it when it changes.
test.each(['1', '1.1'])('the card of %s says what is known', async (name) => {
  const detail = versionDetail(known(), name)!;
  expect(VersionDetail.parse(detail)).toEqual(detail);
  await expect(detail.card).toMatchFileSnapshot(`../../golden/modelCard.${name}.md`);
});

test('of what nobody has said the card says that it is unknown', () => {
  const bare = newVersion('c', {
    kind: 'imported',
    data: null,
    parameters: {},
    seed: null,
    calibration: null,
    metrics: {},
    gates: null,
    golden: null,
    trainer: '',
  });
  const version = { ...modelVersion('1.3', 'c'), ...bare };
  const rows = [...sampleHistory(), modelRow(8, { kind: 'registered', version }, { reason: '' })];
  const { card } = versionDetail(known(rows), '1.3')!;
  expect(card.match(/unknown/gi)!.length).toBeGreaterThanOrEqual(7);
  for (const words of [
    'It was made by: unknown.',
    'Unknown: whoever made it did not say what it has learnt from.',
    'It passed through no gate.',
    'No release of it was begun.',
    'It has served nobody.',
    'by ada: No reason was given.',
  ]) {
    expect(card).toContain(words);
  }
});

test('text from outside becomes neither Markdown nor HTML', () => {
  const version = {
    ...modelVersion('1.3', 'c'),
    notes: '# Title\n<img src=x onerror=alert(1)>\n[a](javascript:b)',
  };
  const reason = 'because\n## of | <b>this</b>';
  const rows = [...sampleHistory(), modelRow(8, { kind: 'registered', version }, { reason })];
  const { card } = versionDetail(known(rows), '1.3')!;
  expect(card).toContain(
    '> \\# Title\n> \\<img src=x onerror=alert(1)\\>\n> \\[a\\](javascript:b)',
  );
  expect(card).toContain('by ada: Because \\#\\# of \\| \\<b\\>this\\</b\\>.');
});

test('of a version that there is not there is no card', () => {
  expect(versionDetail(known(), '1.9')).toBeUndefined();
});
