import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal, randomState } from '../../../stats/random.ts';
import {
  lnMixtureSprt,
  mixtureSprtRadius,
  sprtPriorVariance,
} from '../../../stats/sequential/mixtureSprt.ts';
import { expectRelative } from '../../support/relative.ts';

const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });

describe('mixtureSprt', () => {
  // Golden: closed form by hand, and the density ratio it stands for: N(2; 0, .25 + .75) / N(2; 0, .25).
  test('is the ratio of two normal densities', () => {
    expectRelative(lnMixtureSprt(2, 0.25, 0.75), 6 - Math.LN2, 1e-14);
    const density = (x: number, variance: number) =>
      -0.5 * ((x * x) / variance + Math.log(2 * Math.PI * variance));
    fc.assert(
      fc.property(fc.double({ min: -9, max: 9, noNaN: true }), positive, positive, (x, v, tau) => {
        const expected = density(x, v + tau) - density(x, v);
        const tolerance = 1e-12 * (1 + Math.abs(density(x, v)));
        expect(Math.abs(lnMixtureSprt(x, v, tau) - expected)).toBeLessThan(tolerance);
      }),
    );
  });

  // Golden: with τ² = z² · 2 V at α = .05 the multiplier of the standard error is constant.
  test('has the constant multiplier of the split-by-variance prior', () => {
    const prior = 1.959963984540054 ** 2;
    const radius = mixtureSprtRadius(1, prior, 0.05);
    expectRelative(
      radius,
      Math.sqrt(((1 + prior) / prior) * (Math.log(1 + prior) + 2 * Math.log(20))),
    );
  });

  test('reaches 1 / alpha at its radius', () => {
    const level = fc.double({ min: 1e-6, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(positive, positive, level, (variance, prior, alpha) => {
        const radius = mixtureSprtRadius(variance, prior, alpha);
        expectRelative(lnMixtureSprt(radius, variance, prior), -Math.log(alpha), 1e-9);
      }),
    );
  });

  // The promise, with known variance: 1 000 walks of 2 000 steps.
  test('at most alpha of the tests ever reject', () => {
    const alpha = 0.1;
    const runs = 1_000;
    const prior = sprtPriorVariance(1 / 500, alpha);
    const random = randomState(4);
    let rejected = 0;
    for (let run = 0; run < runs; run += 1) {
      for (let sum = 0, n = 1; n <= 2_000; n += 1) {
        sum += normal(random);
        if (lnMixtureSprt(sum / n, 1 / n, prior) < -Math.log(alpha)) continue;
        rejected += 1;
        break;
      }
    }
    expect(rejected / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
    expect(rejected / runs).toBeGreaterThan(alpha / 10);
  });

  test('refuses arguments outside their range', () => {
    expect(() => lnMixtureSprt(1, 0, 1)).toThrow('variance: expected above 0, got 0');
    expect(() => lnMixtureSprt(1, 1, -1)).toThrow('priorVariance: expected above 0, got -1');
    expect(() => mixtureSprtRadius(1, 1, 1)).toThrow('alpha: expected in (0, 1), got 1');
    expect(() => sprtPriorVariance(1, 0)).toThrow('alpha: expected in (0, 1), got 0');
  });
});
