import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState, uniform } from '../../stats/random.ts';
import { wilson } from '../../stats/wilson.ts';

describe('wilson', () => {
  // Golden: scipy 1.17.1, binomtest(k, n).proportion_ci(method='wilson').
  test.each([
    [10, 20, 0.2992980081982124, 0.7007019918017876],
    [0, 15, 0, 0.20388330103584862],
    [15, 15, 0.7961166989641515, 1],
    [1, 300, 0.0005886577218511581, 0.018636693694531237],
  ])('agrees with scipy for %i of %i', (successes, count, lower, upper) => {
    expect(wilson(successes, count).lower).toBeCloseTo(lower, 12);
    expect(wilson(successes, count).upper).toBeCloseTo(upper, 12);
  });

  test('contains the rate and stays within [0, 1]', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (successes, failures) => {
        const count = successes + failures;
        const { lower, upper } = wilson(successes, count);
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(upper).toBeLessThanOrEqual(1);
        if (count === 0) return;
        expect(lower).toBeLessThanOrEqual(successes / count);
        expect(upper).toBeGreaterThanOrEqual(successes / count);
      }),
    );
  });

  // The promise, on average over rates: Wilson's interval covers about 95 % even at n = 20.
  test('covers the rate 95 % of the time', () => {
    const random = randomState(5);
    const trials = 20_000;
    let covered = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const rate = uniform(random);
      let successes = 0;
      for (let i = 0; i < 20; i += 1) if (uniform(random) < rate) successes += 1;
      const { lower, upper } = wilson(successes, 20);
      if (lower <= rate && rate <= upper) covered += 1;
    }
    const error = Math.sqrt((0.05 * 0.95) / trials);
    expect(Math.abs(covered / trials - 0.95)).toBeLessThan(0.005 + 4 * error);
  });

  test('refuses more successes than trials', () => {
    expect(() => wilson(3, 2)).toThrow('successes: expected in [0, 2], got 3');
  });
});
