import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import { ratioScoreInterval } from '../../../stats/testing/ratioOfProportions.ts';

const interval = (x: number, n: number, y: number, m: number) =>
  ratioScoreInterval({ successes: x, count: n }, { successes: y, count: m }, 0.05);

// Golden: the formula of Donner & Zou in numpy over the Wilson limits of statsmodels 0.15.0.
test('agrees with the formula, and is near the score interval', () => {
  for (const [[x, n, y, m], lower, upper, scoreLower, scoreUpper] of [
    [[30, 100, 20, 100], 0.9234220379499267, 2.445151576044259, 0.92259679726, 2.46102121592],
    [[5, 56, 9, 70], 0.2556241508262548, 1.8766963882774188, 0.25365431824, 1.86423914806],
    [[200, 267, 60, 133], 1.374571922525742, 2.047731450960605, 1.37554289223, 2.051175989],
  ] as const) {
    const found = interval(x, n, y, m);
    expect(found.lower).toBeCloseTo(lower, 12);
    expect(found.upper).toBeCloseTo(upper, 12);
    // confint_proportions_2indep(compare='ratio', method='score') of the same version.
    expect(Math.abs(found.lower / scoreLower - 1)).toBeLessThan(0.01);
    expect(Math.abs(found.upper / scoreUpper - 1)).toBeLessThan(0.01);
  }
});

test('holds the ratio, turns round with the proportions, and is open where one is unknown', () => {
  const counts = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40), fc.nat(40));
  fc.assert(
    fc.property(counts, ([x, rest, y, others]) => {
      const { lower, upper } = interval(x, x + rest, y, y + others);
      expect(lower >= 0 && lower <= upper).toBe(true);
      if (x + rest === 0 || y + others === 0 || y === 0) expect(upper).toBe(Infinity);
      else {
        const ratio = x / (x + rest) / (y / (y + others));
        expect(lower <= ratio * (1 + 1e-12) && upper >= ratio * (1 - 1e-12)).toBe(true);
      }
      if (x === 0 || y === 0) return;
      const turned = interval(y, y + others, x, x + rest);
      expect(turned.lower * upper).toBeCloseTo(1, 8);
      expect(turned.upper * lower).toBeCloseTo(1, 8);
    }),
  );
});

// The promise, where counts are small.
test('95 percent of intervals hold the true ratio', () => {
  const random = randomState(21);
  const draw = (count: number, rate: number) => {
    let successes = 0;
    for (let i = 0; i < count; i += 1) if (uniform(random) < rate) successes += 1;
    return successes;
  };
  let covered = 0;
  const trials = 2_000;
  for (let trial = 0; trial < trials; trial += 1) {
    const { lower, upper } = interval(draw(60, 0.3), 60, draw(40, 0.15), 40);
    if (lower <= 2 && 2 <= upper) covered += 1;
  }
  expect(Math.abs(covered / trials - 0.95)).toBeLessThan(0.015);
});
