import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averagePrecision } from '../../stats/averagePrecision.ts';

describe('average precision', () => {
  // Golden: the example of scikit-learn's average_precision_score.
  test('agrees with the example of scikit-learn', () => {
    expect(averagePrecision(Float64Array.of(0.1, 0.4, 0.35, 0.8), [0, 0, 1, 1])).toBeCloseTo(
      0.8333333333333333,
      12,
    );
  });

  test('is 1 for a perfect order, the share of positives for equal scores, NaN without any', () => {
    expect(averagePrecision(Float64Array.of(3, 2, 1, 0), [1, 1, 0, 0])).toBe(1);
    expect(averagePrecision(Float64Array.of(1, 1, 1, 1), [0, 1, 0, 0])).toBe(0.25);
    expect(averagePrecision(Float64Array.of(1, 2), [0, 0])).toBeNaN();
    expect(() => averagePrecision(Float64Array.of(1), [])).toThrow('labels: expected 1, got 0');
  });

  test('does not depend on the order of the rows', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const of = (list: typeof rows) =>
          averagePrecision(
            Float64Array.from(list, ([score]) => score),
            list.map(([, label]) => label),
          );
        expect(of([...rows].reverse())).toEqual(of(rows));
      }),
    );
  });
});
