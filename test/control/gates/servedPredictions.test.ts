import fc from 'fast-check';
import { expect, test } from 'vitest';
import { servedPredictions } from '../../../control/gates/servedPredictions.ts';
import { madeHoldout } from '../../support/gateCases.ts';

const holdout = madeHoldout({ users: 10, perUser: 5 });
const own = holdout.online.map((p) => 1 - p);

test('each example is predicted before its label is learnt, and after those before it', () => {
  const before = servedPredictions(own, holdout);
  fc.assert(
    fc.property(fc.nat(own.length - 2), (at) => {
      const labels = holdout.set.labels.map((label, row) => (row === at ? 1 - label : label));
      const after = servedPredictions(own, { ...holdout, set: { ...holdout.set, labels } });
      expect(after.subarray(0, at + 1)).toEqual(before.subarray(0, at + 1));
      expect(after[at + 1]).not.toBe(before[at + 1]);
    }),
  );
});

test('the order is that of time, not of rows', () => {
  const before = servedPredictions(own, holdout);
  const times = holdout.times.map((time) => -time);
  expect(servedPredictions(own, { ...holdout, times })).not.toEqual(before);
  const turned = {
    set: { ...holdout.set, labels: holdout.set.labels.toReversed() },
    online: holdout.online.toReversed(),
    times: holdout.times.toReversed(),
  };
  expect(servedPredictions(own.toReversed(), turned).toReversed()).toEqual(before);
});

test('numbers are served as they are predicted', () => {
  const set = { ...holdout.set, task: 'regression' as const };
  expect(servedPredictions(own, { ...holdout, set })).toEqual(own);
});
