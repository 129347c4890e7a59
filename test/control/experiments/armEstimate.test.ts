/** Estimates of an arm from exact sums, against their textbook formulas. */
import { expect, test } from 'vitest';
import { armEstimate, stageMoments } from '../../../control/experiments/armEstimate.ts';
import { makeTally } from '../../../control/experiments/experimentCounts.ts';
import { liftEffect } from '../../../control/experiments/sequenceEffect.ts';
import { addOutcome, outcomeScale, outcomeSums } from '../../../models/measure/outcomeScale.ts';
import { exactSums } from '../../../stats/exact/exactSum.ts';
import { makeMetric } from '../../support/experiments.ts';

const scale = outcomeScale(
  makeMetric({
    ...{ kind: 'ratio', cap: [0, 2 ** 20] },
    measure: { of: 'value', field: 'value' },
    denominator: { filter: { field: 'type', is: 'answered' }, measure: { of: 'count' } },
  }),
);

function cellOf(stage: number, units: readonly (readonly [number, number])[]) {
  const sums = exactSums(outcomeSums);
  for (const [numerator, denominator] of units) addOutcome(scale, sums, { numerator, denominator });
  return { stage, tallies: [makeTally(units.length, sums)] };
}

// Numbers computed by hand: mean 3, squared deviations 4 + 1 + 0 + 1 + 4.
test('of one weight: the plain mean and its variance', () => {
  const units = [1, 2, 3, 4, 5].map((y) => [y, 1] as const);
  const found = armEstimate(stageMoments([cellOf(1, units)], scale, false), () => 2);
  expect(found).toMatchObject({ units: 5, estimate: 3 });
  expect(found.variance).toBeCloseTo(10 / 4 / 5, 12);
  expect(found.deviation).toBeCloseTo(Math.sqrt(2.5), 12);
});

// Deng, Knoblich & Lu 2018: s²(n − R d) / (k d̄²); here R = 6 / 10, n − R d = .4, −.2, −.2.
test('a ratio: the delta method', () => {
  const units = [
    [1, 1],
    [1, 2],
    [4, 7],
  ] as const;
  const found = armEstimate(stageMoments([cellOf(1, units)], scale, true), () => 1);
  expect(found.estimate).toBeCloseTo(0.6, 12);
  const squares = 0.4 ** 2 + 0.2 ** 2 + 0.2 ** 2;
  expect(found.variance).toBeCloseTo(squares / 2 / 3 / (10 / 3) ** 2, 12);
});

test('through a ramp: Σ w y / Σ w', () => {
  const cells = [
    cellOf(
      1,
      [
        [2, 1],
        [4, 1],
      ].map(([n, d]) => [n!, d!] as const),
    ),
    cellOf(2, [[9, 1]]),
  ];
  const weightOf = (stage: number) => (stage === 1 ? 10 : 2);
  const found = armEstimate(stageMoments(cells, scale, false), weightOf);
  expect(found.estimate).toBeCloseTo((10 * 6 + 2 * 9) / 22, 12);
  expect(
    armEstimate(stageMoments(cells, scale, false), (s) => (s === 1 ? 10 : undefined)),
  ).toMatchObject({
    ...{ units: 2, estimate: 3 },
  });
});

test('a mean a million times the deviation loses nothing', () => {
  const units = [0, 1, 2].map((y) => [1_000_000 + y / 4, 1] as const);
  const found = armEstimate(stageMoments([cellOf(1, units)], scale, false), () => 1);
  expect(found.deviation).toBe(0.25);
});

test('without units nothing is known', () => {
  expect(armEstimate([], () => 1)).toMatchObject({ units: 0, estimate: NaN });
});

test('a lift is told by the delta method, or by Fieller where the control may be 0', () => {
  const arm = (estimate: number, error: number) => ({
    estimate,
    variance: error ** 2,
    freedom: Infinity,
  });
  const far = liftEffect(arm(10, 0.2), arm(11, 0.2), 2);
  const half = 2 * Math.sqrt((0.2 ** 2 + 1.1 ** 2 * 0.2 ** 2) / 100);
  expect(far.low!).toBeCloseTo(0.1 - half, 10);
  // Control 4 standard errors from 0: Fieller's set at z = 2 is wider above than below.
  const near = liftEffect(arm(0.8, 0.2), arm(1, 0.2), 2);
  expect(near.estimate!).toBeCloseTo(0.25, 10);
  expect(near.high! - 0.25).toBeGreaterThan(0.25 - near.low!);
  expect(liftEffect(arm(0.1, 0.2), arm(1, 0.2), 2)).toMatchObject({ low: null, high: null });
  expect(liftEffect(arm(0, 0.2), arm(1, 0.2), 2).estimate).toBeNull();
});
