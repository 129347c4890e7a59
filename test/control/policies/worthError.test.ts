import { expect, test } from 'vitest';
import { worthAlpha, worthError } from '../../../control/policies/report/worthError.ts';
import { clusteredMean, clusterSumsOf } from '../../../stats/sequential/clusteredSequence.ts';

test('finds the standard error from which the interval was made', () => {
  for (const users of [40, 900]) {
    const sums = clusterSumsOf(
      Array.from({ length: users }, (_, i) => ({
        ...{ size: 1 + (i % 4), decisions: 1 + (i % 4), earned: (i * 7) % 3 },
      })),
    );
    const { standardError, lower, upper } = clusteredMean(sums, worthAlpha);
    const found = worthError({ decisions: sums.decisions, low: lower, high: upper });
    expect(found! / standardError).toBeCloseTo(1, 10);
  }
});

test('needs an interval', () => {
  expect(worthError({ decisions: 5_000, low: 0.4, high: 0.46 })).toBeCloseTo(0.00988, 4);
  expect(worthError({ decisions: 5_000, low: null, high: null })).toBeNull();
  expect(worthError({ decisions: 0, low: 0.4, high: 0.5 })).toBeNull();
});
