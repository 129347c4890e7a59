import fc from 'fast-check';
import { expect, test } from 'vitest';
import { betPortfolio } from '../../../stats/sequential/betPortfolio.ts';
import { designWealth } from '../../../stats/sequential/designMixture.ts';
import { poolGroups } from '../../../stats/sequential/poolGroups.ts';

const groups = fc.array(
  fc.record({
    period: fc.nat(3),
    low: fc.constantFrom(0.25, 0.5),
    high: fc.constantFrom(0.5, 0.75),
    centre: fc.constantFrom(0.25, 0.5),
    deviation: fc.constantFrom(0.25, 0.5),
    counts: fc
      .array(fc.nat(9), { minLength: 8, maxLength: 8 })
      .map((counts) => Float64Array.from(counts)),
  }),
  { maxLength: 30 },
);

test('pooled groups have the wealth of all', () => {
  const portfolio = betPortfolio();
  fc.assert(
    fc.property(groups, (all) => {
      const before = structuredClone(all);
      const pooled = poolGroups(all);
      expect(pooled.length).toBeLessThanOrEqual(16);
      const wealth = designWealth(all, portfolio);
      designWealth(pooled, portfolio).forEach((ln, j) => {
        expect(ln).toBeCloseTo(wealth[j]!, 10);
      });
      expect(all).toEqual(before);
    }),
  );
});
