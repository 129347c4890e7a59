import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asymptoticBoundary,
  normalMixtureBoundary,
  rightHaarBoundary,
} from '../../../stats/planning/boundary.ts';
import { designBasedBoundary } from '../../../stats/planning/designBasedBoundary.ts';
import { expectRelative } from '../../support/relative.ts';

const at = (units: number, information = 1) => ({
  day: units / 1000,
  units,
  pairs: units / 4,
  information,
});

describe('boundary', () => {
  // Golden: the formula of Waudby-Smith et al. 2024, 2103.06476, evaluated with Python 3.11; best 3.04 at 5,000.
  test.each([
    [100, 6.69438861706604],
    [500, 3.8550546335303104],
    [1000, 3.363887725782781],
    [5000, 3.0352089903762534],
    [20000, 3.1271141436879906],
    [100000, 3.336857533786599],
    [1000000, 3.6565364661848068],
  ])('the asymptotic sequence at %i units', (units, expected) => {
    expectRelative(asymptoticBoundary(0.05, 5000)(at(units)), expected, 1e-12);
  });

  test('the asymptotic sequence and the normal mixture are one boundary', () => {
    // τ² = ρ² × the variance of the estimate × units.
    const square = (-2 * Math.log(0.05) + Math.log1p(-2 * Math.log(0.05))) / 5000;
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 1e6 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (units, variance) => {
          const mixture = normalMixtureBoundary(0.05, square * variance);
          const asymptotic = asymptoticBoundary(0.05, 5000);
          expectRelative(mixture(at(units, units / variance)), asymptotic(at(units)), 1e-11);
        },
      ),
    );
  });

  test('at the right Haar boundary the e-value is 1 / alpha', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 500 }),
        fc.double({ min: 0.2, max: 10, noNaN: true }),
        (units, prior) => {
          const t = rightHaarBoundary(0.05, prior)(at(units));
          fc.pre(t < Infinity);
          const freedom = units - 2;
          const r = prior / (prior + units / 4);
          // Lindon et al. 2022, 2210.08589.
          const lnE =
            0.5 * Math.log(r) +
            0.5 *
              (freedom + 1) *
              (Math.log1p((t * t) / freedom) - Math.log1p((r * t * t) / freedom));
          expectRelative(lnE, -Math.log(0.05), 1e-9);
        },
      ),
    );
    expect(rightHaarBoundary(0.05, 1)(at(2))).toBe(Infinity);
    expect(rightHaarBoundary(0.05, 1)(at(4))).toBe(Infinity);
  });

  test('the design-based mixture of one small effect is that of two normal bets', () => {
    // ½ (e^{bz − b²/2} + e^{−bz − b²/2}) = 1 / alpha, b = δ √v; the rest is of the order of the effect.
    const effect = 0.02;
    const boundary = designBasedBoundary({
      alpha: 0.05,
      portfolio: { effects: Float64Array.of(effect), weights: Float64Array.of(1) },
      metric: { kind: 'binary', rate: 0.5 },
      effect: { kind: 'absolute', size: 0.01 },
      traffic: [{ days: 1, unitsPerDay: 40_000, treatmentShare: 0.5 }],
    });
    const b = effect * Math.sqrt(10_000);
    const z = boundary({ day: 1, units: 40_000, pairs: 10_000, information: 1 });
    const evidence = 0.5 * Math.exp(-0.5 * b * b) * (Math.exp(b * z) + Math.exp(-b * z));
    expect(Math.abs(Math.log(evidence) - Math.log(20))).toBeLessThan(0.01);
    // An effect downwards is the mirror image.
    const down = designBasedBoundary({
      alpha: 0.05,
      portfolio: { effects: Float64Array.of(effect), weights: Float64Array.of(1) },
      metric: { kind: 'binary', rate: 0.5 },
      effect: { kind: 'absolute', size: -0.01 },
      traffic: [{ days: 1, unitsPerDay: 40_000, treatmentShare: 0.5 }],
    });
    expectRelative(down({ day: 1, units: 40_000, pairs: 10_000, information: 1 }), z, 1e-9);
  });

  test('refuses what is out of range', () => {
    expect(() => asymptoticBoundary(0, 5000)).toThrow('alpha: expected in (0, 1), got 0');
    expect(() => asymptoticBoundary(0.05, 0)).toThrow('bestUnits: expected above 0, got 0');
    expect(() => normalMixtureBoundary(0.05, 0)(at(100))).toThrow(
      'priorVariance: expected above 0, got 0',
    );
    expect(() => rightHaarBoundary(0.05, 0)(at(100))).toThrow('precision: expected above 0, got 0');
  });
});
