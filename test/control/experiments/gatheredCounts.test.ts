/** Counts from rows: of each cell and partition the newest holds, whatever comes when, and rows are only lent. */
import { expect, test } from 'vitest';
import type { CountRow } from '../../../control/experiments/countRows.ts';
import {
  makeTally,
  tallyBinsAt,
  tallyUnits,
} from '../../../control/experiments/experimentCounts.ts';
import { GatheredCounts } from '../../../control/experiments/gatheredCounts.ts';

const placed = { experiment: 'hints', variant: 1, stage: 1 };

const exposure = (partition: number, version: number, units: number, crossed: number): CountRow => {
  return { kind: 'exposures', ...placed, hour: 0, partition, version, units, crossed, objected: 0 };
};

test('exposures of the partitions add up, each by its newest row', () => {
  const counts = new GatheredCounts();
  expect(counts.take(exposure(0, 5, 10, 2))).toBe(true);
  expect(counts.take(exposure(1, 3, 7, 1))).toBe(true);
  expect(counts.take(exposure(0, 9, 12, 4))).toBe(true);
  expect(counts.take(exposure(0, 5, 10, 2))).toBe(false);
  expect(counts.take(exposure(0, 9, 12, 4))).toBe(false);
  expect(counts.exposures).toMatchObject([
    { variant: 1, stage: 1, hour: 0, units: 19, crossed: 5 },
  ]);
  expect(counts.offsets.exposures).toEqual([
    { partition: 0, offset: 10 },
    { partition: 1, offset: 4 },
  ]);
  expect(counts.changes).toBe(3);
});

test('tallies are copied, and a change is counted for its metric alone', () => {
  const counts = new GatheredCounts();
  const tally = makeTally(3, undefined, [[0, 3]]);
  const row = { kind: 'outcomes', ...placed, period: 0, segment: '', partition: 0, tally } as const;
  counts.take({ ...row, metric: 'solved', version: 1 });
  counts.take({ ...row, metric: 'gone', version: 1 });
  const solved = counts.metrics.get('solved')!;
  expect([solved.changes, counts.metrics.get('gone')!.changes]).toEqual([1, 1]);
  tally[0] = 99;
  expect(tallyUnits(counts.outcomes[0]!.tallies)).toBe(3);
  // In the same place, then with a bin more.
  for (const [version, bins] of [
    [2, [[0, 4]]],
    [
      3,
      [
        [0, 4],
        [1, 1],
      ],
    ],
  ] as const) {
    const units = bins.reduce((sum, [, each]) => sum + each, 0);
    counts.take({ ...row, metric: 'solved', version, tally: makeTally(units, undefined, bins) });
    expect([...counts.outcomes[0]!.tallies[0]!.subarray(tallyBinsAt)]).toEqual(bins.flat());
  }
  expect([solved.changes, counts.metrics.get('gone')!.changes]).toEqual([3, 1]);
  expect(solved.outcomes.get('')![1]).toHaveLength(1);
});

test('clusters are gathered by day, beside the days that each partition has complete', () => {
  const counts = new GatheredCounts();
  const row = { kind: 'clusters', ...placed, metric: 'solved' } as const;
  const member = (day: number, version: number, units: number): CountRow => {
    return { ...row, cluster: '7b', day, partition: 0, version, tally: makeTally(units) };
  };
  const told = (partition: number, version: number, days: number): CountRow => {
    return { ...row, cluster: '', day: 0, partition, version, tally: makeTally(days) };
  };
  counts.take(member(3, 1, 5));
  counts.take(told(0, 1, 2));
  const solved = counts.metrics.get('solved')!;
  counts.take(member(4, 2, 6));
  expect(counts.clusters.map(({ day, tallies }) => [day, tallyUnits(tallies)])).toEqual([
    [3, 5],
    [4, 6],
  ]);
  expect(solved.clusters[1]).toEqual(counts.clusters);
  expect(counts.take(told(1, 2, 1))).toBe(true);
  expect(counts.take(told(0, 3, 4))).toBe(true);
  expect(counts.take(told(0, 3, 9))).toBe(false);
  expect(solved.clusterDays).toEqual([4, 1]);
  expect([...counts.clusterDays]).toEqual([['solved', [4, 1]]]);
  expect(solved.changes).toBe(5);
});

test('moments of covariates change what is read beside the evidence alone', () => {
  const counts = new GatheredCounts();
  const row = { kind: 'covariates', ...placed, metric: 'solved', partition: 0 } as const;
  const moments = (count: number) => {
    return { count, sums: Float64Array.of(count, 0), products: Float64Array.of(count, 0) };
  };
  counts.take({ ...row, version: 4, tally: moments(2) });
  const solved = counts.metrics.get('solved')!;
  counts.take({ ...row, version: 9, tally: moments(3) });
  counts.take({ ...row, version: 5, tally: moments(7) });
  counts.take({ ...row, partition: 1, version: 5, tally: moments(1) });
  expect(counts.covariates[0]!.tallies).toEqual([moments(3), moments(1)]);
  expect(solved.covariates[1]).toEqual(counts.covariates);
  expect([solved.changes, solved.covariateChanges, counts.changes]).toEqual([0, 3, 3]);
  expect(counts.offsets.covariates).toEqual([
    { partition: 0, offset: 10 },
    { partition: 1, offset: 6 },
  ]);
});
