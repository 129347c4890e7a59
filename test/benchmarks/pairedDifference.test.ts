import { expect, test } from 'vitest';
import {
  aucDifference,
  lossDifference,
  type PairedRows,
} from '../../benchmarks/ensemble/pairedDifference.ts';
import { sigmoid } from '../../models/features.ts';
import { normal, randomState, uniform } from '../../stats/random.ts';
import { rankAuc } from '../../stats/rankAuc.ts';

/** Users with an ability of their own, which neither sees; the second sees the item less well by `noise`, and rounds. */
function draw(seed: number, noise: number): PairedRows {
  const random = randomState(seed);
  const rows = Array.from({ length: 60 }, (_, user) => {
    const ability = normal(random);
    return Array.from({ length: 20 + (user % 30) }, () => {
      const x = normal(random);
      const label = uniform(random) < sigmoid(x + ability) ? 1 : 0;
      const [first, second] = [x + noise * normal(random), x + noise * normal(random)];
      return { first, second, label, user };
    });
  }).flat();
  const round = (x: number) => Math.round(20 * sigmoid(x)) / 20.5 + 0.01;
  return {
    first: Float64Array.from(rows, ({ first }) => round(first)),
    second: Float64Array.from(rows, ({ second }) => round(second)),
    labels: Float64Array.from(rows, ({ label }) => label),
    users: Int32Array.from(rows, ({ user }) => user),
  };
}

test('the estimate of the AUC is the difference of the two, ties included', () => {
  const rows = draw(1, 0.7);
  const { estimate } = aucDifference(rows);
  const { first, second, labels } = rows;
  expect(estimate).toBeCloseTo(rankAuc(first, labels) - rankAuc(second, labels), 12);
});

// The promise: of two that are equally good, 95 % of the intervals hold 0.
test('intervals of both cover as they say', () => {
  const runs = 250;
  let [loss, auc] = [0, 0];
  for (let run = 0; run < runs; run += 1) {
    const rows = draw(100 + run, 0.7);
    const [ofLoss, ofAuc] = [lossDifference(rows), aucDifference(rows)];
    if (ofLoss.lower <= 0 && 0 <= ofLoss.upper) loss += 1;
    if (ofAuc.lower <= 0 && 0 <= ofAuc.upper) auc += 1;
  }
  for (const covered of [loss / runs, auc / runs]) {
    expect(covered).toBeGreaterThan(0.95 - 4 * Math.sqrt((0.95 * 0.05) / runs));
    expect(covered).toBeLessThan(0.995);
  }
});
