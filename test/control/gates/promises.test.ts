/** What gates promise of versions that are equal, at the margin, and worse, over 200 holdouts whose users depend on themselves. */
import { expect, test } from 'vitest';
import { GatePlan } from '../../../contracts/modelPlan.ts';
import { calibrationGate } from '../../../control/gates/calibrationGate.ts';
import { lossesOf, weightedMean } from '../../../control/gates/comparison.ts';
import { holdoutGate } from '../../../control/gates/holdoutGate.ts';
import { slicesGate } from '../../../control/gates/slicesGate.ts';
import { type MadeComparison, madeComparison } from '../../support/gateCases.ts';

const alpha = 0.05;
const holdouts = 200;
/** Of a share that is `alpha` in truth, four standard errors above. */
const admitted = alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / holdouts);
const size = { users: 80, perUser: 15 } as const;
type Says = NonNullable<MadeComparison['candidate']>;

/** Both see what can be known, each through a noise of its own. */
const seen: Says = (logit, _, __, noise) => logit + 0.15 * noise();
const worse: Says = (logit, _, __, noise) => logit + 0.75 * noise();

const cases = (candidate: Says, length = holdouts) =>
  Array.from({ length }, (_, seed) =>
    madeComparison({ ...size, seed: seed + 1, candidate, champion: seen }),
  );
const equal = cases(seen);
const poor = cases(worse);
const shareOf = <Case>(all: readonly Case[], holds: (each: Case) => boolean) =>
  all.filter(holds).length / all.length;

/** Mean difference of the losses, over all holdouts. */
const differenceOf = (all: typeof equal) =>
  weightedMean(
    all.map((each) => {
      const other = lossesOf(each.champion, each);
      return weightedMean(
        lossesOf(each.candidate, each).map((loss, row) => loss - other[row]!),
        undefined,
      );
    }),
    undefined,
  );

test('the holdout passes versions that are equal, where examples suffice, and fails those three margins worse', () => {
  const loss = differenceOf(poor);
  expect(Math.abs(differenceOf(equal))).toBeLessThan(0.001);
  expect(loss).toBeGreaterThan(0.03);
  const plan = { alpha, lossMargin: loss / 3 };
  expect(shareOf(equal, (each) => holdoutGate(each, plan).outcome === 'failed')).toBeLessThan(0.05);
  expect(shareOf(poor, (each) => holdoutGate(each, plan).outcome === 'failed')).toBeGreaterThan(
    0.98,
  );
});

// It promises too much: good for users who are above what is known of them, bad for those below, so rows of one user depend.
test('a version that is as much worse as is allowed, and no less, passes the holdout in at most half of alpha', () => {
  const promising = Array.from({ length: holdouts }, (_, seed) =>
    madeComparison({ users: 60, perUser: 30, seed: seed + 1, candidate: (logit) => logit + 0.8 }),
  );
  const plan = { alpha, lossMargin: differenceOf(promising) };
  const passed = shareOf(promising, (each) => holdoutGate(each, plan).outcome === 'passed');
  const half = alpha / 2;
  expect(passed).toBeLessThan(half + 4 * Math.sqrt((half * (1 - half)) / holdouts));
  // As if rows were independent: it would be passed far too often.
  const naive = shareOf(promising, (each) => {
    const apart = { ...each, users: each.users.map((_, row) => row) };
    return holdoutGate(apart, plan).outcome === 'passed';
  });
  expect(naive).toBeGreaterThan(0.08);
});

test('slices and groups rarely fail a version that is equal, however many there are', () => {
  // Nothing is allowed for: the hardest that can be asked. Without a correction four in ten would fail.
  const plan = GatePlan.parse({ alpha, sliceMargin: 0, sliceRowsMin: 40 });
  const cut = equal.map((each) => ({
    ...each,
    slices: new Map([['exercise', Array.from(each.labels, (_, row) => `e${(row * 7) % 20}`)]]),
  }));
  const failed = shareOf(cut, (each) => slicesGate(each, [], plan).outcome === 'failed');
  expect(failed).toBeLessThan(admitted);
  const withGroups = equal.slice(0, 30);
  const groups = shareOf(
    withGroups,
    (each) => slicesGate(each, ['gender'], plan).outcome === 'failed',
  );
  expect(groups).toBeLessThan(0.15);
});

test('calibration rarely fails a version that is calibrated, even when nothing is allowed for', () => {
  // Users differ by what nobody knows: the best that can be said of a row is a little nearer to one half.
  const right: Says = (logit) => 0.915 * logit;
  const calibrated = cases(right, 50);
  const plan = { alpha, calibrationMax: 0 };
  const failed = shareOf(calibrated, (each) => {
    const rows = { ...each, own: each.candidate };
    return calibrationGate(rows, plan).outcome === 'failed';
  });
  expect(failed).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / 50));
  const sure = cases((logit) => 3 * logit, 20);
  const caught = shareOf(sure, (each) => {
    const rows = { ...each, own: each.candidate };
    return calibrationGate(rows, { alpha, calibrationMax: 0.05 }).outcome === 'failed';
  });
  expect(caught).toBeGreaterThan(0.9);
});

test('examples count by their weights', () => {
  const plain = madeComparison({ ...size, candidate: worse, champion: seen });
  const weights = plain.labels.map((_, row) => 1 + (row % 3));
  const [first] = holdoutGate({ ...plain, weights }, { alpha, lossMargin: 0.01 }).checks;
  const other = lossesOf(plain.champion, plain);
  let sum = 0;
  let total = 0;
  for (const [row, loss] of lossesOf(plain.candidate, plain).entries()) {
    sum += weights[row]! * (loss - other[row]!);
    total += weights[row]!;
  }
  expect(first!.value).toBeCloseTo(sum / total, 12);
});
