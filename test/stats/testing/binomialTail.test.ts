import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import { binomialTail } from '../../../stats/testing/binomialTail.ts';

// Golden: scipy 1.16, stats.binom.sf(k − 1, n, p).
test('agrees with sums of the distribution', () => {
  expect(binomialTail(7, 10, 0.5)).toBeCloseTo(0.171875, 12);
  expect(binomialTail(5, 12, 1 / 3)).toBeCloseTo(0.36847928556509574, 12);
  expect(binomialTail(3, 3, 1 / 3)).toBeCloseTo(0.03703703703703703, 12);
  expect(binomialTail(18, 40, 0.25)).toBeCloseTo(0.00465146807968969, 12);
  expect(binomialTail(0, 5, 0.2)).toBe(1);
  expect(() => binomialTail(6, 5, 0.2)).toThrow(RangeError);
  expect(() => binomialTail(1, 5, 1)).toThrow(RangeError);
});

test('falls with the successes and rises with the rate; both tails make 1', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0.02, max: 0.98, noNaN: true }),
      fc.nat(),
      (count, rate, some) => {
        const k = 1 + (some % count);
        expect(binomialTail(k, count, rate)).toBeLessThanOrEqual(binomialTail(k - 1, count, rate));
        expect(binomialTail(k, count, rate)).toBeLessThanOrEqual(
          binomialTail(k, count, Math.min(0.99, rate + 0.01)) + 1e-12,
        );
        // P(X ≥ k) + P(n − X ≥ n − k + 1) = 1.
        expect(
          binomialTail(k, count, rate) + binomialTail(count - k + 1, count, 1 - rate),
        ).toBeCloseTo(1, 10);
      },
    ),
  );
});

test('is at most alpha with probability at most alpha', () => {
  const random = randomState(8);
  const runs = 20_000;
  for (const alpha of [0.02, 0.2]) {
    let found = 0;
    for (let run = 0; run < runs; run += 1) {
      let successes = 0;
      for (let i = 0; i < 30; i += 1) if (uniform(random) < 1 / 3) successes += 1;
      if (binomialTail(successes, 30, 1 / 3) <= alpha) found += 1;
    }
    const error = Math.sqrt((alpha * (1 - alpha)) / runs);
    expect(found / runs).toBeLessThan(alpha + 4 * error);
    expect(found / runs).toBeGreaterThan(alpha / 4);
  }
});
