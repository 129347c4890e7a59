/** Sums that are taken up where nothing has changed: to the bit those that are begun anew, whatever has changed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { betPortfolio } from '../../../stats/sequential/betPortfolio.ts';
import { designWealth } from '../../../stats/sequential/designMixture.ts';
import { designSums } from '../../../stats/sequential/designSums.ts';
import { predictGroups } from '../../../stats/sequential/predictGroups.ts';
import { emptyMemo, sumGroups } from '../../../stats/sequential/sumGroups.ts';

const portfolio = betPortfolio();
/** Counts of up to five periods; from one list to the next anything may change. */
const periods = fc.array(fc.array(fc.nat(40), { minLength: 6, maxLength: 6 }), { maxLength: 5 });

const groupsOf = (counts: readonly (readonly number[])[]) =>
  predictGroups(
    counts.map((each, period) => {
      const [a, b, c, d, e, f] = each;
      return {
        ...{ period, low: 0.5, high: 0.5 },
        counts: Float64Array.of(a!, b!, c!, 0, 0, 0, d!, e!, f!, 0, 0, 0),
      };
    }),
  );

test('with a memo or without, the bits are the same', () => {
  fc.assert(
    fc.property(fc.array(periods, { maxLength: 8 }), (states) => {
      const memo = emptyMemo();
      for (const state of states) {
        const groups = groupsOf(state);
        const wealth = designWealth(groups, portfolio);
        expect(designSums(groups, wealth, portfolio, memo)).toEqual(
          designSums(groups, wealth, portfolio),
        );
      }
    }),
  );
});

test('only what has changed is added again', () => {
  const memo = emptyMemo();
  const added: number[] = [];
  const sum = (counts: readonly (readonly number[])[]) => {
    added.length = 0;
    const add = (_: Float64Array, { period }: { period: number }) => added.push(period);
    sumGroups(groupsOf(counts), new Float64Array(1), add, memo);
    return [...added];
  };
  const one = [1, 2, 3, 4, 5, 6];
  const grown = [2, 2, 3, 4, 5, 6];
  expect(sum([one, one, one])).toEqual([0, 1, 2]);
  sum([one, one, grown]);
  expect(sum([one, one, one])).toEqual([2]);
  expect(sum([one, one, one, one])).toEqual([2, 3]);
  expect(sum([one, one, one, grown])).toEqual([3]);
  expect(sum([one, one, one, one])).toEqual([3]);
  // What an earlier period believes and bets changes with it.
  expect(sum([grown, one, one, one])).toEqual([0, 1, 2, 3]);
});
