import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benjaminiHochberg } from '../../../stats/multiplicity/benjaminiHochberg.ts';
import { holm } from '../../../stats/multiplicity/holm.ts';
import { randomState, uniform } from '../../../stats/random.ts';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 });

// Golden: statsmodels, multipletests, on the fifteen p-values, reordered here.
const sample = [
  0.039, 0.001, 0.34, 0.008, 0.041, 0.205, 0.042, 0.06, 0.074, 0.212, 0.216, 0.222, 0.251, 0.269,
  0.275,
];

describe('holm', () => {
  test('agrees with the reference implementation', () => {
    const adjusted = holm(sample);
    const golden = [0.507, 0.015, 1, 0.112, 0.507, 1, 0.507, 0.6, 0.666, 1, 1, 1, 1, 1, 1];
    golden.forEach((p, i) => {
      expect(adjusted[i]).toBeCloseTo(p, 12);
    });
    expect(holm([])).toEqual([]);
  });

  test('lies between the p-value and its Bonferroni multiple, and keeps the order', () => {
    fc.assert(
      fc.property(pValues, (ps) => {
        const adjusted = holm(ps);
        ps.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p);
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p * ps.length));
          ps.forEach((q, j) => {
            if (p < q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
          });
        });
      }),
    );
  });

  // The promise: 20 tests, 15 of them true hypotheses that share their data.
  test('makes any false rejection with probability at most alpha', () => {
    const random = randomState(2);
    const runs = 4_000;
    let wrong = 0;
    for (let run = 0; run < runs; run += 1) {
      const common = uniform(random);
      const ps = Array.from({ length: 20 }, (_, i) =>
        i < 5 ? uniform(random) * 0.001 : i < 10 ? common : uniform(random),
      );
      if (holm(ps).some((p, i) => i >= 5 && p <= 0.1)) wrong += 1;
    }
    expect(wrong / runs).toBeLessThan(0.1 + 4 * Math.sqrt(0.09 / runs));
    expect(wrong / runs).toBeGreaterThan(0.03);
  });
});

describe('benjaminiHochberg', () => {
  test('agrees with the reference implementation', () => {
    const adjusted = benjaminiHochberg(sample);
    const rest = 0.29464285714285715;
    const golden = [0.126, 0.015, 0.34, 0.06, 0.126, rest, 0.126, 0.15, 0.15857142857142856];
    [...golden, rest, rest, rest, rest, rest, rest].forEach((p, i) => {
      expect(adjusted[i]).toBeCloseTo(p, 12);
    });
    expect(benjaminiHochberg([])).toEqual([]);
  });

  test('rejects whatever Holm rejects', () => {
    fc.assert(
      fc.property(pValues, (ps) => {
        const strict = holm(ps);
        benjaminiHochberg(ps).forEach((p, i) => {
          expect(p).toBeLessThanOrEqual(strict[i]! + 1e-15);
          expect(p).toBeGreaterThanOrEqual(ps[i]!);
        });
      }),
    );
  });

  // The promise is an equality for independent p-values: alpha × the share of true hypotheses.
  test('makes alpha times the share of true hypotheses false discoveries', () => {
    const random = randomState(3);
    const runs = 4_000;
    let share = 0;
    for (let run = 0; run < runs; run += 1) {
      const ps = Array.from({ length: 20 }, (_, i) => uniform(random) * (i < 5 ? 0.02 : 1));
      const rejected = benjaminiHochberg(ps).map((p) => p <= 0.2);
      const all = rejected.filter(Boolean).length;
      if (all > 0) share += rejected.slice(5).filter(Boolean).length / all;
    }
    expect(share / runs).toBeGreaterThan(0.15 - 0.02);
    expect(share / runs).toBeLessThan(0.15 + 0.02);
  });

  test('refuses what is no probability', () => {
    expect(() => benjaminiHochberg([0.1, 1.1])).toThrow('pValues: expected in [0, 1], got 1.1');
    expect(() => holm([NaN])).toThrow('pValues: expected in [0, 1], got NaN');
  });
});
