import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import {
  lnNormalMixture,
  lnOneSidedNormalMixture,
  mixtureWidth,
  normalMixtureBound,
  oneSidedNormalMixtureBound,
  oneSidedNormalMixtureClosedBound,
} from '../../../stats/sequential/normalMixture.ts';
import { expectRelative } from '../../support/relative.ts';

const time = fc.double({ min: 0.01, max: 1e7, noNaN: true });
const level = fc.double({ min: 1e-6, max: 0.49, noNaN: true });

describe('normalMixture', () => {
  // Golden: confseq 0.0.11, test/uniform_boundaries_unittest.cpp (there from a separate R version) and its compiled module.
  test('agrees with the reference implementation', () => {
    const two = mixtureWidth(100, 0.05);
    const one = mixtureWidth(100, 0.1);
    expect(two).toBeCloseTo(12.60056, 5);
    expectRelative(normalMixtureBound(100, 0.05, two), 30.35208990376253, 1e-13);
    expectRelative(oneSidedNormalMixtureBound(100, 0.05, one), 27.660708830694603, 1e-11);
    expectRelative(lnNormalMixture(10, 100, two), -0.6510051600071821, 1e-12);
    expectRelative(lnOneSidedNormalMixture(10, 100, one), -0.06502391242901154, 1e-12);
    const later = mixtureWidth(500, 0.05);
    expectRelative(normalMixtureBound(5_000, 0.01, later), 262.37572693983554, 1e-13);
    const laterOne = mixtureWidth(500, 0.1);
    expectRelative(oneSidedNormalMixtureBound(5_000, 0.01, laterOne), 246.75272272659754, 1e-11);
    const early = mixtureWidth(50, 0.2);
    expectRelative(lnOneSidedNormalMixture(-40, 300, early), -2.8693353733069187, 1e-12);
  });

  test('a bound is where its mixture reaches 1 / alpha', () => {
    fc.assert(
      fc.property(time, time, level, (v, best, alpha) => {
        const width = mixtureWidth(best, alpha);
        const target = -Math.log(alpha);
        expectRelative(lnNormalMixture(normalMixtureBound(v, alpha, width), v, width), target);
        const one = oneSidedNormalMixtureBound(v, alpha, width);
        expectRelative(lnOneSidedNormalMixture(one, v, width), target, 1e-9);
        expect(one).toBeLessThanOrEqual(normalMixtureBound(v, alpha, width));
        const closed = oneSidedNormalMixtureClosedBound(v, alpha, width);
        expect(closed).toBeGreaterThan(one * (1 - 1e-12));
        if (alpha <= 0.05) expect(closed).toBeLessThan(one * 1.03);
      }),
    );
  });

  test('the width chosen for a time is nearly the best at it', () => {
    fc.assert(
      fc.property(
        time,
        level,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (v, alpha, factor) => {
          const width = mixtureWidth(v, alpha);
          const bound = normalMixtureBound(v, alpha, width);
          expect(normalMixtureBound(v, alpha, width * factor)).toBeGreaterThan(0.97 * bound);
        },
      ),
    );
  });

  // The promise itself: 2 000 fair-coin walks, each watched after every one of 2 000 steps.
  test('at most alpha of the walks ever cross, either boundary', () => {
    const alpha = 0.1;
    const walks = 2_000;
    const two = mixtureWidth(500, alpha);
    const one = mixtureWidth(500, 2 * alpha);
    const bounds = Float64Array.from({ length: 2_001 }, (_, n) =>
      normalMixtureBound(n, alpha, two),
    );
    const upper = bounds.map((_, n) => oneSidedNormalMixtureBound(n, alpha, one));
    const random = randomState(42);
    const crossed = [0, 0];
    for (let walk = 0; walk < walks; walk += 1) {
      const seen = [0, 0];
      for (let sum = 0, n = 1; n <= 2_000; n += 1) {
        sum += uniform(random) < 0.5 ? -1 : 1;
        if (Math.abs(sum) >= bounds[n]!) seen[0] = 1;
        if (sum >= upper[n]!) seen[1] = 1;
      }
      crossed[0]! += seen[0]!;
      crossed[1]! += seen[1]!;
    }
    const error = Math.sqrt((alpha * (1 - alpha)) / walks);
    for (const count of crossed) {
      expect(count / walks).toBeLessThan(alpha + 4 * error);
      expect(count / walks).toBeGreaterThan(alpha / 10);
    }
  });

  test('refuses arguments outside their range', () => {
    expect(() => mixtureWidth(0, 0.05)).toThrow('bestTime: expected above 0, got 0');
    expect(() => normalMixtureBound(1, 1.2, 1)).toThrow('alpha: expected in (0, 1), got 1.2');
    expect(() => normalMixtureBound(-1, 0.1, 1)).toThrow('time: expected at least 0, got -1');
    expect(() => normalMixtureBound(1, 0.1, 0)).toThrow('width: expected above 0, got 0');
    expect(() => oneSidedNormalMixtureBound(1, 0.5, 1)).toThrow('alpha: expected in (0, 0.5)');
  });
});
