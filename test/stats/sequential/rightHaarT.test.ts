import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import {
  bestPrecision,
  lnRightHaarT,
  rightHaarRadius,
} from '../../../stats/sequential/rightHaarT.ts';
import { expectRelative } from '../../support/relative.ts';

const design = fc.record({
  freedom: fc.integer({ min: 1, max: 2_000 }),
  information: fc.double({ min: 0.1, max: 1_000, noNaN: true }),
});

describe('rightHaarT', () => {
  // Golden: the Bayes factors themselves, integrated over σ (and the common mean) by scipy 1.17.1 with relative error 1e-13:
  // one sample 1.2, .3, 2.1, .9, 1.6 with g = 1.5; two arms of 4 and 6 with g = 2.
  test('is the integral over the nuisance parameters', () => {
    const one = { freedom: 4, information: 5 };
    expectRelative(lnRightHaarT(3.9919619451224997, one, 1.5), 1.6523898115179427, 1e-12);
    const two = { freedom: 8, information: 2.4 };
    expectRelative(lnRightHaarT(2.8834120265741188, two, 2), 1.0714172973227625, 1e-12);
  });

  // Golden: savvi 0.3.1, linear_regression.log_bf.
  test('agrees with the reference implementation', () => {
    const small = { freedom: 10, information: 12 };
    expectRelative(lnRightHaarT(3, small, 1), 1.8795545405043013, 1e-13);
    const classes = { freedom: 58, information: 15 };
    expectRelative(lnRightHaarT(1.7, classes, 3.5), 0.32517234196138, 1e-12);
    expectRelative(rightHaarRadius(classes, 3.5, 0.05), 3.200527043199557, 1e-12);
    expectRelative(rightHaarRadius(small, 1, 0.05), 3.7596301181404996, 1e-12);
  });

  // Golden: scipy 1.17.1, bounded minimisation of the radius over ln g.
  test.each([
    [58, 15, 0.05, 1.6867303022994042, 3.1453052644555064],
    [8, 2.4, 0.1, 0.22349905365622316, 3.4261203276267493],
    [998, 250, 0.01, 21.12952685057896, 3.582147784066517],
  ])('%i degrees of freedom have their best prior', (freedom, information, alpha, g, radius) => {
    const planned = { freedom, information };
    expectRelative(bestPrecision(planned, alpha), g, 1e-5);
    const shortest = rightHaarRadius(planned, bestPrecision(planned, alpha), alpha);
    expectRelative(shortest, radius, 1e-10);
  });

  test('excludes an effect exactly where its evidence reaches 1 / alpha', () => {
    const level = fc.double({ min: 1e-4, max: 0.5, noNaN: true });
    fc.assert(
      fc.property(design, fc.double({ min: 0.01, max: 100, noNaN: true }), level, (d, g, alpha) => {
        const radius = rightHaarRadius(d, g, alpha);
        if (radius === Infinity) {
          expect(lnRightHaarT(1e8, d, g)).toBeLessThan(-Math.log(alpha) + 1e-3);
        } else if (radius < 1e6) {
          expect(lnRightHaarT(radius, d, g)).toBeCloseTo(-Math.log(alpha), 6);
        }
        expect(rightHaarRadius(d, bestPrecision(d, alpha), alpha)).toBeLessThanOrEqual(
          radius * (1 + 1e-9),
        );
      }),
    );
  });

  // The promise: 60 classes of two arms, watched after each; units of a class's outcome and its mean do not matter.
  test('at most alpha of experiments with few classes ever reject', () => {
    const alpha = 0.1;
    const runs = 2_000;
    const precision = bestPrecision({ freedom: 58, information: 15 }, alpha);
    const random = randomState(21);
    let rejected = 0;
    for (let run = 0; run < runs; run += 1) {
      const n = [0, 0];
      const sum = [0, 0];
      let squares = 0;
      const scale = Math.exp(2 * normal(random));
      for (let i = 0; i < 60; i += 1) {
        const arm = uniform(random) < 0.5 ? 1 : 0;
        const y = scale * (5 + normal(random));
        n[arm]! += 1;
        sum[arm]! += y;
        squares += y * y;
        if (n[0]! < 2 || n[1]! < 2) continue;
        const within = squares - sum[0]! ** 2 / n[0]! - sum[1]! ** 2 / n[1]!;
        const freedom = n[0]! + n[1]! - 2;
        const information = (n[0]! * n[1]!) / (n[0]! + n[1]!);
        const t = (sum[1]! / n[1]! - sum[0]! / n[0]!) / Math.sqrt(within / freedom / information);
        if (lnRightHaarT(t, { freedom, information }, precision) < -Math.log(alpha)) continue;
        rejected += 1;
        break;
      }
    }
    expect(rejected / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
    expect(rejected / runs).toBeGreaterThan(alpha / 10);
  });

  test('refuses arguments outside their range', () => {
    expect(() => lnRightHaarT(1, { freedom: 0, information: 1 }, 1)).toThrow('freedom: expected');
    expect(() => lnRightHaarT(1, { freedom: 1, information: 0 }, 1)).toThrow('information:');
    expect(() => lnRightHaarT(1, { freedom: 1, information: 1 }, 0)).toThrow('precision:');
    expect(() => bestPrecision({ freedom: 1, information: 1 }, 1)).toThrow('alpha: expected');
  });
});
