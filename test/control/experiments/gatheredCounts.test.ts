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
  return { kind: 'exposures', ...placed, hour: 0, partition, version, units, crossed };
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
