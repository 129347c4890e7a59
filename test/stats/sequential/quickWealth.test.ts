/** Wealth by kept gains: that of the tests themselves, with whatever memo. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { betPortfolio } from '../../../stats/sequential/betPortfolio.ts';
import { designWealth } from '../../../stats/sequential/designMixture.ts';
import { labelWealth } from '../../../stats/sequential/labelBetting.ts';
import { predictGroups } from '../../../stats/sequential/predictGroups.ts';
import { quickWealth } from '../../../stats/sequential/quickWealth.ts';
import { emptyMemo } from '../../../stats/sequential/sumGroups.ts';

const portfolio = betPortfolio();
/** Counts of a period, three bins in each arm: some often, so that the first periods of two states are often the same. */
const period = fc.oneof(
  fc.constantFrom([1, 2, 3, 4, 5, 6], [2, 2, 3, 4, 5, 6]),
  fc.array(fc.nat(40), { minLength: 6, maxLength: 6 }),
);
const states = fc.array(fc.array(period, { maxLength: 5 }), { maxLength: 8 });

const groupsOf = (counts: readonly (readonly number[])[], probability: number) =>
  predictGroups(
    counts.map((each, period) => {
      const [a, b, c, d, e, f] = each;
      return {
        ...{ period, low: probability, high: probability },
        counts: Float64Array.of(a!, b!, c!, 0, 0, 0, d!, e!, f!, 0, 0, 0),
      };
    }),
  );

const probability = fc.constantFrom(0.5, 0.1, 0.75);

test('of the design-based mixture: to the bit', () => {
  const quick = quickWealth(designWealth);
  fc.assert(
    fc.property(states, probability, (all, share) => {
      const memo = emptyMemo();
      const into = new Float64Array(2 * portfolio.effects.length).fill(7);
      for (const state of all) {
        const groups = groupsOf(state, share);
        const expected = designWealth(groups, portfolio);
        expect(quick(groups, portfolio)).toEqual(expected);
        expect(quick(groups, portfolio, memo, into)).toEqual(expected);
      }
    }),
  );
});

test('of label betting: with a memo or without the same bits, and the same number', () => {
  const quick = quickWealth(labelWealth);
  fc.assert(
    fc.property(states, probability, (all, share) => {
      const memo = emptyMemo();
      for (const state of all) {
        const groups = groupsOf(state, share);
        const found = quick(groups, portfolio);
        expect(quick(groups, portfolio, memo)).toEqual(found);
        labelWealth(groups, portfolio).forEach((ln, j) => {
          expect(found[j]!).toBeCloseTo(ln, 9);
        });
      }
    }),
  );
});
