import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { clusterRatio } from '../../../stats/testing/clusterRatio.ts';
import {
  histogramQuantile,
  shareBelow,
  woodruffQuantile,
} from '../../../stats/testing/woodruffQuantile.ts';

const edges = Float64Array.from({ length: 401 }, (_, i) => i / 50); // 0 to 8

function binOf(value: number): number {
  return Math.min(399, Math.max(0, Math.floor(value * 50)));
}

describe('woodruffQuantile', () => {
  // Golden: by hand. 100 outcomes even over [0, 10): the median is 5, z √(¼ / 100) = 0.0979982.
  test('of an even histogram', () => {
    const even = { edges: [0, 2.5, 5, 7.5, 10], counts: [25, 25, 25, 25] };
    const result = woodruffQuantile(even, { share: 0.5, alpha: 0.05 });
    expect(result.estimate).toBe(5);
    expect(result.lower).toBeCloseTo(5 - 0.9799819922700269, 12);
    expect(result.upper).toBeCloseTo(5 + 0.9799819922700269, 12);
    expect(result.variance).toBeCloseTo(0.25, 12);
  });

  test('quantile and share undo each other where there are outcomes', () => {
    const counts = fc.array(fc.nat(20), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(counts, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (some, share) => {
        fc.pre(some.some((count) => count > 0));
        const histogram = {
          edges: Array.from({ length: some.length + 1 }, (_, i) => i),
          counts: some,
        };
        const value = histogramQuantile(histogram, share);
        expect(shareBelow(histogram, value)).toBeCloseTo(share, 10);
      }),
    );
  });

  // The promise: 500 exponential outcomes, their 80 % quantile ln 5.
  test('covers the quantile of independent outcomes', () => {
    const random = randomState(31);
    const trials = 3_000;
    const counts = new Uint32Array(400);
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      counts.fill(0);
      for (let i = 0; i < 500; i += 1) counts[binOf(-Math.log(1 - uniform(random)))]! += 1;
      const { lower, upper } = woodruffQuantile({ edges, counts }, { share: 0.8, alpha: 0.05 });
      if (lower <= Math.log(5) && Math.log(5) <= upper) covered += 1;
    }
    const error = Math.sqrt((0.05 * 0.95) / trials);
    expect(Math.abs(covered / trials - 0.95)).toBeLessThan(4 * error + 0.005);
  });

  // 60 clusters of 20 with half of the variance between them: independence would cover about 60 %.
  test('covers the median of clusters with the clusters’ share variance', () => {
    const random = randomState(32);
    const trials = 1_500;
    let covered = 0;
    let naive = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const counts = new Uint32Array(400);
      const clusters: number[][] = [];
      for (let cluster = 0; cluster < 60; cluster += 1) {
        const centre = 4 + Math.SQRT1_2 * normal(random);
        const values = Array.from({ length: 20 }, () => centre + Math.SQRT1_2 * normal(random));
        for (const value of values) counts[binOf(value)]! += 1;
        clusters.push(values);
      }
      const histogram = { edges, counts };
      const median = histogramQuantile(histogram, 0.5);
      const { variance: shareVariance } = clusterRatio({
        sums: clusters.map((values) => values.filter((value) => value <= median).length),
        counts: clusters.map((values) => values.length),
      });
      const options = { share: 0.5, alpha: 0.05 };
      const robust = woodruffQuantile(histogram, { ...options, shareVariance });
      if (robust.lower <= 4 && 4 <= robust.upper) covered += 1;
      const independent = woodruffQuantile(histogram, options);
      if (independent.lower <= 4 && 4 <= independent.upper) naive += 1;
    }
    expect(covered / trials).toBeGreaterThan(0.92);
    expect(covered / trials).toBeLessThan(0.97);
    expect(naive / trials).toBeLessThan(0.75);
  });

  test('refuses what has no quantile', () => {
    const empty = { edges: [0, 1], counts: [0] };
    expect(() => woodruffQuantile(empty, { share: 0.5, alpha: 0.05 })).toThrow('histogram');
    const one = { edges: [0, 1], counts: [1] };
    expect(() => woodruffQuantile(one, { share: 0, alpha: 0.05 })).toThrow(
      'share: expected in (0, 1), got 0',
    );
  });
});
