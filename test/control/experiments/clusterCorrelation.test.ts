import { expect, test } from 'vitest';
import { clusterCorrelation } from '../../../control/experiments/clusterCorrelation.ts';
import type { GatheredCluster } from '../../../control/experiments/gatherClusters.ts';
import { outcomeScale } from '../../../models/measure/outcomeScale.ts';
import { normal, randomState } from '../../../stats/random.ts';
import { makeMetric } from '../../support/experiments.ts';
import { expectRelative } from '../../support/relative.ts';

const minutes = outcomeScale(
  makeMetric({
    ...{ key: 'minutes', kind: 'continuous', cap: [0, 64] },
    measure: { of: 'value', field: 'value' },
  }),
);
const ratio = outcomeScale(
  makeMetric({
    ...{ key: 'share', kind: 'ratio', cap: [0, 100], measure: { of: 'count' } },
    denominator: { filter: { field: 'type', is: 'answered' }, measure: { of: 'count' } },
  }),
);

function gathered(
  values: readonly (readonly [numerator: number, denominator: number])[],
  scale = minutes,
  stage = 1,
): GatheredCluster {
  const total = (of: (n: number, d: number) => number) =>
    values.reduce((sum, [n, d]) => {
      const steps = [n * scale.numeratorPerUnit, d * scale.denominatorPerUnit] as const;
      return sum + BigInt(of(...steps));
    }, 0n);
  return {
    ...{ stage, cluster: '', units: values.length },
    sums: [
      total((n) => n),
      total((_, d) => d),
      total((n) => n * n),
      total((_, d) => d * d),
      total((n, d) => n * d),
    ],
  };
}
const plain = (values: readonly number[], shift = 0) =>
  gathered(values.map((value) => [value + shift, 1]));

const classes = [
  [1, 2, 3],
  [2, 4, 4, 5],
  [6, 7],
  [3, 3, 5, 6, 4],
];

// Golden: as of `intraclassCorrelation`, scipy 1.17.1, f_oneway.
test('is the analysis of variance of the classes of an arm', () => {
  const found = clusterCorrelation([classes.map((values) => plain(values)), []], minutes);
  expectRelative(found.correlation!, 0.5918371522094925, 1e-12);
  expect(found).toMatchObject({ clusters: 4, size: 3.5 });
  expectRelative(found.sizeVariation!, 0.36885555678165877, 1e-12);
  // 3.5 [ICC + (1 − ICC)(1/3 + 1/4 + 1/2 + 1/5) / 4]
  const inverse = (1 / 3 + 1 / 4 + 1 / 2 + 1 / 5) / 4;
  expectRelative(
    found.designEffect!,
    3.5 * (0.5918371522094925 + (1 - 0.5918371522094925) * inverse),
    1e-12,
  );
});

test('does not take an effect or a stage for likeness', () => {
  const arm = (shift: number) => classes.map((values) => plain(values, shift));
  const same = clusterCorrelation([arm(0), arm(0)], minutes);
  const apart = clusterCorrelation([arm(0), arm(30)], minutes);
  expectRelative(apart.correlation!, same.correlation!, 1e-9);
  const staged = clusterCorrelation(
    [[...arm(0), ...arm(30).map((each) => ({ ...each, stage: 2 }))]],
    minutes,
  );
  expectRelative(staged.correlation!, same.correlation!, 1e-9);
  // Seen as one group they are nearly all alike.
  const blind = clusterCorrelation([[...arm(0), ...arm(30)]], minutes);
  expect(blind.correlation!).toBeGreaterThan(0.95);
});

test('of a ratio it is that of what is above or below the ratio', () => {
  const exact = [
    [
      [1, 2],
      [2, 4],
    ],
    [
      [3, 6],
      [1, 2],
      [4, 8],
    ],
  ] as const;
  // Everybody has just the ratio one half: nothing varies.
  expect(
    clusterCorrelation([exact.map((each) => gathered(each, ratio))], ratio).correlation,
  ).toBeNull();
  const alike = [
    [
      [2, 2],
      [4, 4],
    ],
    [
      [0, 2],
      [0, 4],
    ],
  ] as const;
  const found = clusterCorrelation([alike.map((each) => gathered(each, ratio))], ratio);
  expect(found.correlation!).toBeGreaterThan(0.7);
});

test('has nothing to say of no cluster, or of one', () => {
  expect(clusterCorrelation([[], []], minutes)).toEqual({
    ...{ clusters: 0, size: null, sizeVariation: null, correlation: null, designEffect: null },
  });
  expect(clusterCorrelation([[plain([1, 2])], []], minutes)).toMatchObject({
    ...{ clusters: 1, size: 2, correlation: null, designEffect: null },
  });
});

// The promise: 40 classes of 20 in each of two arms an effect apart, the truth .2; the estimate's own deviation is .031.
test('finds the correlation that was planted', () => {
  const random = randomState(3);
  let sum = 0;
  const runs = 60;
  for (let run = 0; run < runs; run += 1) {
    const arms = [0, 8].map((shift) =>
      Array.from({ length: 40 }, () => {
        const own = 25 + shift + Math.sqrt(0.2) * 5 * normal(random);
        return plain(
          Array.from({ length: 20 }, () => {
            const value = own + Math.sqrt(0.8) * 5 * normal(random);
            return Math.round(value * 1_024) / 1_024;
          }),
        );
      }),
    );
    sum += clusterCorrelation(arms, minutes).correlation!;
  }
  expect(Math.abs(sum / runs - 0.2)).toBeLessThan(0.015);
});
