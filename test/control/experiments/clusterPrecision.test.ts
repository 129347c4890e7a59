import { expect, test } from 'vitest';
import {
  clusterPrecision,
  plannedPrecision,
} from '../../../control/experiments/clusterPrecision.ts';
import { rightHaarRadius } from '../../../stats/sequential/rightHaarT.ts';
import { makeRunning } from '../../support/experiments.ts';
import { expectRelative } from '../../support/relative.ts';

// Golden: the radius of FORMULAS 1.2 minimised over g by scipy 1.17.1, optimize.minimize_scalar.
test.each([
  [20, 0.5, 0.05, 0.4701730455],
  [60, 0.5, 0.05, 1.6867302353],
  [60, 0.2, 0.01, 0.7308805785],
])('%d clusters, share %d, level %d: the shortest interval', (clusters, share, alpha, expected) => {
  expectRelative(plannedPrecision(clusters, share, alpha), expected, 1e-5);
});

test('is that of the planned clusters in the two variants, by the weights of the first stage that has both', () => {
  const stages = [
    { traffic: 0.1, weights: [0.5, 0.5, 0] },
    { traffic: 0.5, weights: [0.4, 0.4, 0.2] },
    { traffic: 1, weights: [0.2, 0.4, 0.4] },
  ];
  const experiment = makeRunning({ plannedClusters: 90 }, stages);
  expect(clusterPrecision(experiment, 1, 0)).toBe(plannedPrecision(90, 0.5, 0.05));
  expect(clusterPrecision(experiment, 2, 0)).toBe(
    plannedPrecision(90 * (0.2 + 0.4), 0.2 / (0.2 + 0.4), 0.05),
  );
  expect(clusterPrecision(makeRunning(), 1, 0)).toBe(plannedPrecision(40, 0.5, 0.05));
});

test('a plan that is off by a factor of two costs little, one of ten more', () => {
  const design = { freedom: 58, information: 15 };
  const best = rightHaarRadius(design, plannedPrecision(60, 0.5, 0.05), 0.05);
  const radius = (planned: number) =>
    rightHaarRadius(design, plannedPrecision(planned, 0.5, 0.05), 0.05) / best;
  expect(radius(30)).toBeLessThan(1.03);
  expect(radius(120)).toBeLessThan(1.03);
  expect(radius(60)).toBe(1);
  expect(radius(600)).toBeGreaterThan(1.1);
});
