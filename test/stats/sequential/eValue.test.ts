import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import { lnAverage, lnProduct, lnSumExp, pValueOf } from '../../../stats/sequential/eValue.ts';

const logs = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), {
  minLength: 1,
  maxLength: 20,
});

describe('e-values', () => {
  // Golden: by hand.
  test('average, multiply and become p-values', () => {
    const pair = [Math.log(10), Math.log(2)];
    expect(Math.exp(lnAverage(pair))).toBeCloseTo(6, 12);
    expect(Math.exp(lnAverage(pair, [3, 1]))).toBeCloseTo(8, 12);
    expect(Math.exp(lnProduct(pair))).toBeCloseTo(20, 12);
    expect(pValueOf(Math.log(20))).toBeCloseTo(0.05, 15);
    expect(pValueOf(-3)).toBe(1);
    expect(pValueOf(Infinity)).toBe(0);
  });

  test('a sum of exponentials neither overflows nor loses what is small', () => {
    expect(lnSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 12);
    expect(lnSumExp([-1000, -1000])).toBeCloseTo(-1000 + Math.LN2, 12);
    expect(lnSumExp([-Infinity, 0])).toBe(0);
    expect(lnSumExp([])).toBe(-Infinity);
    expect(lnSumExp([9, 1, 2, 9], [1, 1], 1, 2)).toBeCloseTo(Math.log(Math.E + Math.E ** 2), 12);
    expect(lnSumExp([5000, 1], [0, 1])).toBe(1);
  });

  test('an average lies between the smallest and the largest', () => {
    fc.assert(
      fc.property(logs, (values) => {
        const average = lnAverage(values);
        expect(average).toBeGreaterThanOrEqual(Math.min(...values) - 1e-12);
        expect(average).toBeLessThanOrEqual(Math.max(...values) + 1e-12);
        const direct = values.reduce((sum, x) => sum + Math.exp(x), 0) / values.length;
        expect(average).toBeCloseTo(Math.log(direct), 10);
      }),
    );
  });

  // The promise: fair bets at 1.5 or 0.5, watched at all times, and the average of two that share their coin.
  test('a product and an average of dependent e-processes reach 1 / alpha with probability at most alpha', () => {
    const random = randomState(11);
    const runs = 4_000;
    let product = 0;
    let average = 0;
    for (let run = 0; run < runs; run += 1) {
      const both = [0, 0];
      let multiplied = false;
      let averaged = false;
      for (let i = 0; i < 100; i += 1) {
        const heads = uniform(random) < 0.5;
        both[0]! += Math.log(heads ? 1.5 : 0.5);
        both[1]! += Math.log(heads ? 1.2 : 0.8);
        if (pValueOf(both[0]!) <= 0.1) multiplied = true;
        if (pValueOf(lnAverage(both)) <= 0.1) averaged = true;
      }
      if (multiplied) product += 1;
      if (averaged) average += 1;
    }
    for (const hits of [product, average]) {
      expect(hits / runs).toBeLessThan(0.1 + 4 * Math.sqrt(0.09 / runs));
      expect(hits / runs).toBeGreaterThan(0.02);
    }
  });

  test('refuses an average of nothing', () => {
    expect(() => lnAverage([])).toThrow('weights: expected a sum above 0, got 0');
  });
});
