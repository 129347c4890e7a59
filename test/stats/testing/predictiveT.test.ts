import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normal, randomState } from '../../../stats/random.ts';
import { predictiveT } from '../../../stats/testing/predictiveT.ts';

// Golden: scipy 1.16, stats.t.sf((x − mean) / (std(ddof=1) √(1 + 1/n)), n − 1).
test('agrees with the distribution of Student', () => {
  expect(predictiveT([1, 2, 3, 4, 5], 7)).toBeCloseTo(0.0410431399173669, 12);
  const sample = [-5.1, -4.7, -5.3, -4.9, -5.0, -5.6, -4.8];
  expect(predictiveT(sample, -3.2)).toBeCloseTo(0.0006896532793527619, 12);
});

test('does not depend on order, place or scale, and falls with the value', () => {
  const values = fc.double({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(values, { minLength: 3, maxLength: 20 }),
      values,
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (sample, x, scale) => {
        fc.pre(Math.max(...sample) - Math.min(...sample) > 0.01);
        const p = predictiveT(sample, x);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(predictiveT([...sample].reverse(), x)).toBeCloseTo(p, 8);
        const moved = sample.map((each) => each * scale + 3);
        expect(predictiveT(moved, x * scale + 3)).toBeCloseTo(p, 6);
        expect(predictiveT(sample, x + 1)).toBeLessThanOrEqual(p);
      },
    ),
  );
});

test('a sample without spread gives the rank', () => {
  expect(predictiveT([2, 2, 2], 3)).toBe(0.25);
  expect(predictiveT([2, 2, 2], 2)).toBe(1);
  expect(() => predictiveT([1], 2)).toThrow(RangeError);
});

// The promise: of one more normal value, exactly uniform, also of seven.
test('is at most alpha with probability alpha', () => {
  const random = randomState(5);
  const runs = 20_000;
  for (const alpha of [0.01, 0.1]) {
    let found = 0;
    for (let run = 0; run < runs; run += 1) {
      const sample = Array.from({ length: 7 }, () => 2 + 3 * normal(random));
      if (predictiveT(sample, 2 + 3 * normal(random)) <= alpha) found += 1;
    }
    const error = Math.sqrt((alpha * (1 - alpha)) / runs);
    expect(Math.abs(found / runs - alpha)).toBeLessThan(4 * error);
  }
});
