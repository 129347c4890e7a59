import { describe, expect, test } from 'vitest';
import { designEffect, designEffectOfMeans } from '../../../stats/cluster/designEffect.ts';
import { intraclassCorrelation } from '../../../stats/cluster/intraclassCorrelation.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { expectRelative } from '../../support/relative.ts';

function momentsOf(clusters: readonly (readonly number[])[]) {
  const total = (values: readonly number[]) => values.reduce((sum, y) => sum + y, 0);
  return {
    counts: clusters.map((values) => values.length),
    sums: clusters.map(total),
    squares: clusters.map((values) => total(values.map((y) => y * y))),
  };
}

describe('intraclassCorrelation', () => {
  const clusters = [
    [1, 2, 3],
    [2, 4, 4, 5],
    [6, 7],
    [3, 3, 5, 6, 4],
  ];

  // Golden: (F − 1) / (F − 1 + n₀) with F = 5.902389425521096 by scipy 1.17.1, f_oneway, and n₀ = (14 − 54 / 14) / 3.
  test('is the analysis-of-variance estimate', () => {
    const {
      correlation,
      clusterSize,
      sizeVariation,
      clusters: count,
    } = intraclassCorrelation(momentsOf(clusters));
    expectRelative(correlation, 0.5918371522094925, 1e-12);
    expect(clusterSize).toBe(3.5);
    expectRelative(sizeVariation, 0.36885555678165877, 1e-13);
    expect(count).toBe(4);
  });

  test('does not see empty clusters, nor where zero lies', () => {
    const shifted = clusters.map((values) => values.map((y) => 100 + 3 * y));
    const other = intraclassCorrelation(momentsOf([...shifted, []]));
    expectRelative(other.correlation, 0.5918371522094925, 1e-9);
    expect(other.clusters).toBe(4);
  });

  test('is 1 without variance within, below 0 when clusters are alike, NaN without pairs', () => {
    expect(
      intraclassCorrelation(
        momentsOf([
          [1, 1],
          [2, 2],
        ]),
      ).correlation,
    ).toBe(1);
    expect(
      intraclassCorrelation(
        momentsOf([
          [1, 3],
          [1, 3],
        ]),
      ).correlation,
    ).toBe(-1);
    expect(intraclassCorrelation(momentsOf([[1], [2]])).correlation).toBeNaN();
    expect(intraclassCorrelation(momentsOf([[1, 2]])).correlation).toBeNaN();
    expect(() => intraclassCorrelation({ counts: [1], sums: [], squares: [] })).toThrow(
      'sums, squares: expected 1, got 0 and 0',
    );
  });
});

// Two arms with the classes above: sums of squares, degrees of freedom and sizes double, and the estimate stays.
test('within groups, differences between them do not count', () => {
  const own = [
    [1, 2, 3],
    [2, 4, 4, 5],
    [6, 7],
    [3, 3, 5, 6, 4],
  ];
  const arms = [own, own.map((values) => values.map((y) => y + 50))];
  const moments = { ...momentsOf(arms.flat()), groups: [0, 0, 0, 0, 1, 1, 1, 1] };
  const { correlation, clusters, inverseSize } = intraclassCorrelation(moments);
  expectRelative(correlation, 0.5918371522094925, 1e-9);
  expect(clusters).toBe(8);
  expectRelative(inverseSize, (1 / 3 + 1 / 4 + 1 / 2 + 1 / 5) / 4, 1e-14);
  expect(intraclassCorrelation(momentsOf(arms.flat())).correlation).toBeGreaterThan(0.99);
});

describe('designEffectOfMeans', () => {
  test('by hand', () => {
    const design = { correlation: 0.1, clusterSize: 25, sizeVariation: 0.4 };
    expectRelative(designEffectOfMeans(design), 3.544, 1e-14);
    expectRelative(designEffectOfMeans(design, 0.05), 25 * (0.1 + 0.9 * 0.05), 1e-14);
    // Of one size it is the usual one.
    const even = { ...design, sizeVariation: 0 };
    expectRelative(designEffectOfMeans(even), designEffect(even), 1e-14);
    expect(designEffectOfMeans({ ...even, correlation: -0.2 })).toBe(1);
    expect(() => designEffectOfMeans({ ...even, clusterSize: 0.5 })).toThrow(
      'clusterSize: expected at least 1, got 0.5',
    );
  });

  // The promise: the variance of the mean of cluster means, by its design effect.
  test('is how many times the variance grows', () => {
    const random = randomState(12);
    const sizes = [4, 8, 16, 32];
    const runs = 3_000;
    let squares = 0;
    for (let run = 0; run < runs; run += 1) {
      let mean = 0;
      for (const size of sizes) {
        const own = Math.sqrt(0.3) * normal(random);
        mean += (own + Math.sqrt(0.7 / size) * normal(random)) / sizes.length;
      }
      squares += mean * mean;
    }
    const inverse = sizes.reduce((sum, size) => sum + 1 / size, 0) / sizes.length;
    const design = { correlation: 0.3, clusterSize: 15, sizeVariation: 0 };
    const expected = designEffectOfMeans(design, inverse) / (15 * sizes.length);
    expect(Math.abs(squares / runs / expected - 1)).toBeLessThan(0.1);
  });
});

describe('designEffect', () => {
  // Golden: Eldridge, Ashby & Kerry 2006, the formula; by hand.
  test('by hand', () => {
    expectRelative(
      designEffect({ correlation: 0.1, clusterSize: 25, sizeVariation: 0.4 }),
      1 + 0.1 * (24 + 25 * 0.16),
      1e-14,
    );
    expect(designEffect({ correlation: -0.1, clusterSize: 25, sizeVariation: 0 })).toBe(1);
    expect(designEffect({ correlation: 1, clusterSize: 25, sizeVariation: 0 })).toBe(25);
    expect(() => designEffect({ correlation: 0, clusterSize: 0.5, sizeVariation: 0 })).toThrow(
      'clusterSize: expected at least 1, got 0.5',
    );
  });

  // The promise: 40 clusters of 10 to 30 with ICC 0.15; the variance of the mean is the design effect × σ² / n, and the
  // estimates of the ICC are centred on it.
  test('is how the variance of a mean grows', () => {
    const random = randomState(61);
    const trials = 3_000;
    let means = 0;
    let squares = 0;
    let correlations = 0;
    let predicted = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const clusters: number[][] = [];
      for (let cluster = 0; cluster < 40; cluster += 1) {
        const own = Math.sqrt(0.15) * normal(random);
        const size = 10 + Math.floor(uniform(random) * 21);
        clusters.push(Array.from({ length: size }, () => own + Math.sqrt(0.85) * normal(random)));
      }
      const moments = momentsOf(clusters);
      const units = moments.counts.reduce((sum, count) => sum + count, 0);
      const mean = moments.sums.reduce((sum, part) => sum + part, 0) / units;
      means += mean;
      squares += mean * mean;
      const estimate = intraclassCorrelation(moments);
      correlations += estimate.correlation;
      predicted += designEffect({ ...estimate, correlation: 0.15 }) / units;
    }
    expect(Math.abs(correlations / trials - 0.15)).toBeLessThan(0.005);
    const variance = squares / trials - (means / trials) ** 2;
    expect(Math.abs(variance / (predicted / trials) - 1)).toBeLessThan(4 * Math.sqrt(2 / trials));
  });
});
