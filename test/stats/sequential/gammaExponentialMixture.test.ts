import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import {
  gammaExponentialBound,
  lnGammaExponentialMixture,
} from '../../../stats/sequential/gammaExponentialMixture.ts';
import {
  mixtureWidth,
  oneSidedNormalMixtureBound,
} from '../../../stats/sequential/normalMixture.ts';
import { expectRelative } from '../../support/relative.ts';

describe('gammaExponentialMixture', () => {
  // Golden: confseq 0.0.11, compiled module.
  test('agrees with the reference implementation', () => {
    const width = mixtureWidth(100, 0.1);
    expectRelative(gammaExponentialBound(100, 0.05, width, 2), 33.020170220174805, 1e-11);
    expectRelative(lnGammaExponentialMixture(10, 100, width, 2), -0.24901647897554824, 1e-11);
    expectRelative(lnGammaExponentialMixture(-30, 500, width, 1), -2.6052100073020483, 1e-11);
    const later = mixtureWidth(200, 0.02);
    expectRelative(gammaExponentialBound(1_000, 0.01, later, 1), 114.07646818139483, 1e-11);
  });

  test('lies above the normal boundary, and comes to it as the range shrinks', () => {
    const time = fc.double({ min: 1, max: 1e6, noNaN: true });
    const level = fc.double({ min: 1e-4, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(time, time, level, (v, best, alpha) => {
        const width = mixtureWidth(best, 2 * alpha);
        const bound = gammaExponentialBound(v, alpha, width, 1);
        const target = -Math.log(alpha);
        expect(lnGammaExponentialMixture(bound, v, width, 1)).toBeCloseTo(target, 6);
        const normal = oneSidedNormalMixtureBound(v, alpha, width);
        expect(bound).toBeGreaterThan(normal);
        const scale = 1e-3 * Math.sqrt(Math.min(v, width));
        expectRelative(gammaExponentialBound(v, alpha, width, scale), normal, 0.01);
      }),
      { numRuns: 40 },
    );
  });

  // The promise: centred exponential increments are sub-exponential with c = 1 and variance 1.
  test('at most alpha of sums of exponential increments ever cross', () => {
    const alpha = 0.1;
    const runs = 2_000;
    const width = mixtureWidth(100, 2 * alpha);
    const bounds = Float64Array.from({ length: 501 }, (_, n) =>
      n > 0 ? gammaExponentialBound(n, alpha, width, 1) : Infinity,
    );
    const random = randomState(6);
    let crossed = 0;
    for (let run = 0; run < runs; run += 1) {
      for (let sum = 0, n = 1; n <= 500; n += 1) {
        sum += -Math.log(1 - uniform(random)) - 1;
        if (sum < bounds[n]!) continue;
        crossed += 1;
        break;
      }
    }
    expect(crossed / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
    expect(crossed / runs).toBeGreaterThan(alpha / 10);
  });

  test('refuses arguments outside their range', () => {
    expect(() => gammaExponentialBound(-1, 0.1, 1, 1)).toThrow('time: expected at least 0, got -1');
    expect(() => gammaExponentialBound(1, 0.1, 0, 1)).toThrow('width: expected above 0, got 0');
    expect(() => gammaExponentialBound(1, 0.1, 1, 0)).toThrow('scale: expected above 0, got 0');
    expect(() => gammaExponentialBound(1, 1, 1, 1)).toThrow('alpha: expected in (0, 1), got 1');
    expect(lnGammaExponentialMixture(-100, 1, 1, 1)).toBe(-Infinity);
  });
});
