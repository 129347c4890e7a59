import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betPortfolio } from '../../../stats/sequential/betPortfolio.ts';

describe('betPortfolio', () => {
  // Golden: scipy 1.17.1, t(df=3).pdf(x / .08) * x at [.02, .08, .32], divided by their sum.
  test('weighs effects as the t density with three degrees of freedom does', () => {
    const { effects, weights } = betPortfolio({ count: 3, smallest: 0.02, largest: 0.32 });
    expect([...effects].map((x) => +x.toFixed(12))).toEqual([0.02, 0.08, 0.32]);
    const golden = [0.265928296677407, 0.6235291409398966, 0.11054256238269634];
    golden.forEach((weight, j) => {
      expect(weights[j]).toBeCloseTo(weight, 12);
    });
  });

  test('shares one wealth over ascending effects', () => {
    const options = fc.record({
      count: fc.integer({ min: 2, max: 60 }),
      typicalEffect: fc.double({ min: 0.001, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(options, (chosen) => {
        const { effects, weights } = betPortfolio(chosen);
        expect(weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
        for (let j = 1; j < effects.length; j += 1) {
          expect(effects[j]).toBeGreaterThan(effects[j - 1]!);
          expect(weights[j]).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('refuses options without meaning', () => {
    expect(() => betPortfolio({ typicalEffect: 0 })).toThrow('typicalEffect: expected above 0');
    expect(() => betPortfolio({ count: 1 })).toThrow('count: expected an integer from 2, got 1');
    expect(() => betPortfolio({ smallest: 1 })).toThrow('smallest: expected in (0, 0.9), got 1');
  });
});
