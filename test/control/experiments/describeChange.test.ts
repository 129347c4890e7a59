import { expect, test } from 'vitest';
import type { Experiment } from '../../../contracts/experiment.ts';
import { isOfNotes } from '../../../contracts/noteSentences.ts';
import { describeChange } from '../../../control/experiments/describeChange.ts';
import { makeExperiment, makeRunning } from '../../support/experiments.ts';

const draft = makeExperiment();
const running = makeRunning();
const ramped = makeRunning({}, [
  { traffic: 1, weights: [0.5, 0.5] },
  { traffic: 1, weights: [0.2, 0.8] },
]);
const stopped = (verdict: 'ship' | 'stop' | 'invalid', variant: string | null): Experiment => ({
  ...running,
  state: 'stopped',
  decision: { verdict, variant, reason: '', at: 0 },
});

const noted = (...texts: string[]): Experiment => ({
  ...running,
  annotations: texts.map((text) => ({ at: 1, text })),
});

test.each<[Experiment | undefined, Experiment, string]>([
  [undefined, draft, 'Created'],
  [undefined, running, 'Taken over as it was: running'],
  [draft, { ...running, traffic: 0.5 }, 'Started; Traffic 1 → 0.5'],
  [running, ramped, 'Weights 0.5/0.5 → 0.2/0.8 (stage 2)'],
  [running, { ...ramped, variants: running.variants }, 'New stage (stage 2)'],
  [running, { ...running, name: 'x', hypothesis: 'y' }, 'Changed: name, hypothesis'],
  [
    draft,
    { ...draft, variants: draft.variants.map((each) => ({ ...each, payload: 1 })) },
    'Changed: variants',
  ],
  [running, stopped('stop', null), 'Stopped: nothing is shipped'],
  [running, stopped('invalid', null), 'Stopped: its evidence is invalid'],
  [running, { ...running, state: 'stopped' }, 'Stopped without a decision'],
  [running, noted('a', 'b'), 'Notes: 2 added, 0 removed'],
  [noted('a', 'b'), noted('b'), 'Note removed: “a”'],
  [
    noted('a'),
    noted('a', `Fire   drill, “hot”: ${'x'.repeat(90)}`),
    `Noted: “Fire drill, "hot": ${'x'.repeat(60)}…”`,
  ],
  [draft, draft, 'Nothing changed'],
])('%#: says what changed', (before, after, sentence) => {
  expect(describeChange(before, after)).toBe(sentence);
});

test('what is of notes alone can be told from the rest', () => {
  const changes = [
    describeChange(running, noted('a ” and “ b')),
    describeChange(noted('a'), running),
    describeChange(running, { ...noted('a'), name: 'x' }),
    describeChange(running, noted('a', 'b')),
    describeChange(noted('a'), stopped('stop', null)),
    describeChange(running, ramped),
  ];
  expect(changes.map(isOfNotes)).toEqual([true, true, false, true, false, false]);
});
