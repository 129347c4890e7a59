import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ClusterCell,
  makeTally,
  type Tally,
} from '../../../control/experiments/experimentCounts.ts';
import { completeDays, gatherClusters } from '../../../control/experiments/gatherClusters.ts';
import { outcomeSums } from '../../../models/measure/outcomeScale.ts';
import { addInteger, exactSums } from '../../../stats/exact/exactSum.ts';

function tallyOf(units: number, right: number): Tally {
  const sums = exactSums(outcomeSums);
  addInteger(sums, 0, right);
  addInteger(sums, 1, units);
  return makeTally(units, sums);
}
const cell = (cluster: string, day: number, units: number, right = 0): ClusterCell => ({
  ...{ metric: 'solved', variant: 0, stage: 1, cluster, day },
  tallies: [tallyOf(units, right)],
});

describe('gatherClusters', () => {
  const cells = [cell('7b', 3, 10, 4), cell('7b', 5, 5, 5), cell('7b', 6, 9, 9), cell('7c', 5, 4)];

  test('takes who comes within the days after the first, once all of them are scored', () => {
    expect(gatherClusters(cells, 5, 2)).toEqual([]);
    // Days 0 to 5 are complete.
    const [first, ...others] = gatherClusters(cells, 6, 2);
    expect(first).toMatchObject({ stage: 1, cluster: '7b', units: 15 });
    expect(first!.sums.slice(0, 2)).toEqual([9n, 15n]);
    expect(others).toEqual([]);
    expect(gatherClusters(cells, 8, 2).map(({ cluster }) => cluster)).toEqual(['7b', '7c']);
  });

  test('has a week to gather where nothing is said', () => {
    expect(gatherClusters(cells, 10)).toEqual([]);
    expect(gatherClusters(cells, 11)[0]!.units).toBe(24);
  });

  const drawn = fc.array(
    fc.record({
      cluster: fc.constantFrom('a', 'b', 'c'),
      day: fc.nat(12),
      units: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 40 },
  );

  test('a complete cluster is never changed by what is scored later, in whatever order', () => {
    fc.assert(
      fc.property(drawn, fc.nat(5), fc.nat(14), (members, gatherDays, days) => {
        const all = members.map(({ cluster, day, units }) => cell(cluster, day, units));
        // By then everybody of the complete days is scored, and perhaps others.
        const known = all.filter(({ day }, i) => day < days || i % 2 === 0);
        const early = gatherClusters(known, days, gatherDays);
        const late = gatherClusters([...all].reverse(), 100, gatherDays);
        for (const each of early) {
          expect(late.find(({ cluster }) => cluster === each.cluster)).toEqual(each);
        }
      }),
    );
  });
});

test('a partition that has fallen far behind is not waited for', () => {
  expect(completeDays([])).toBe(0);
  expect(completeDays([7])).toBe(7);
  expect(completeDays([7, 5, 6])).toBe(5);
  expect(completeDays([7, 4, 6])).toBe(6);
});
