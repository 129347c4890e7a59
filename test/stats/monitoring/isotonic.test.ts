import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isotonic } from '../../../stats/monitoring/isotonic.ts';

// Golden: scikit-learn 1.9.1, IsotonicRegression.
test('agrees with scikit-learn', () => {
  const weights = [1, 2, 1, 3, 1, 2, 2, 1, 4, 1, 1, 5];
  const sums = [1, 0, 3, 1, 2, 5, 4, 4, 6, 2, 9, 9].map((v, i) => (v / 10) * weights[i]!);
  const expected = [
    0.03333333333333333, 0.03333333333333333, 0.15, 0.15, 0.2, 0.44, 0.44, 0.44, 0.52, 0.52, 0.9,
    0.9,
  ];
  for (const [i, fit] of isotonic(sums, weights).entries())
    expect(fit).toBeCloseTo(expected[i]!, 14);
});

test('never falls, keeps the sum, and leaves what does not fall as it is', () => {
  const cells = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 30 });
  fc.assert(
    fc.property(cells, (all) => {
      const weights = all.map(([a, b]) => a + b);
      const sums = all.map(([a]) => a);
      const fit = isotonic(sums, weights);
      const total = weights.reduce((sum, w) => sum + w, 0);
      if (total === 0) {
        expect(fit.every(Number.isNaN)).toBe(true);
        return;
      }
      let kept = 0;
      for (let i = 0; i < fit.length; i += 1) {
        expect(fit[i]! >= 0 && fit[i]! <= 1).toBe(true);
        if (i > 0) expect(fit[i]!).toBeGreaterThanOrEqual(fit[i - 1]! - 1e-15);
        kept += fit[i]! * weights[i]!;
      }
      expect(kept).toBeCloseTo(
        sums.reduce((sum, s) => sum + s, 0),
        9,
      );
      const again = isotonic(
        fit.map((p, i) => p * weights[i]!),
        weights,
      );
      for (let i = 0; i < fit.length; i += 1) expect(again[i]).toBeCloseTo(fit[i]!, 12);
    }),
  );
});

test('a place without weight lies between its neighbours', () => {
  expect([...isotonic([0, 1, 0, 0, 3, 0], [0, 4, 0, 0, 4, 0])]).toEqual([
    0.25, 0.25, 0.5, 0.5, 0.75, 0.75,
  ]);
  expect(() => isotonic([1], [1, 1])).toThrow('sums: expected 2, got 1');
});
