/** Sums that are taken up where nothing has changed: to the bit those that are begun anew, whatever has changed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { betPortfolio } from '../../../stats/sequential/betPortfolio.ts';
import { designSums } from '../../../stats/sequential/designSums.ts';
import { labelWealth } from '../../../stats/sequential/labelBetting.ts';
import { labelSums } from '../../../stats/sequential/labelSums.ts';
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
      const memos = [emptyMemo(), emptyMemo()];
      for (const state of states) {
        const groups = groupsOf(state);
        expect(designSums(groups, portfolio, memos[0])).toEqual(designSums(groups, portfolio));
        expect(labelSums(groups, portfolio, memos[1])).toEqual(labelSums(groups, portfolio));
      }
    }),
  );
});

test('only what has changed is added again', () => {
  const memo = emptyMemo();
  const added: number[] = [];
  const sum = (counts: readonly (readonly number[])[]) => {
    added.length = 0;
    sumGroups(groupsOf(counts), 1, (_, { period }) => added.push(period), memo);
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

test('the gains of labels are those of labelWealth', () => {
  fc.assert(
    fc.property(periods, (state) => {
      const groups = groupsOf(state);
      const expected = labelWealth(groups, portfolio);
      labelSums(groups, portfolio).forEach((value, j) => {
        expect(value).toBeCloseTo(expected[j]!, 9);
      });
    }),
  );
});
