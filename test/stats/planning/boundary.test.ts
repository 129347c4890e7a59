import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asymptoticBoundary,
  normalMixtureBoundary,
  rightHaarBoundary,
} from '../../../stats/planning/boundary.ts';
import {
  designBasedBoundary,
  designBasedTest,
} from '../../../stats/planning/designBasedBoundary.ts';
import { betPortfolio } from '../../../stats/sequential/betPortfolio.ts';
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

  const rate = {
    alpha: 0.05,
    portfolio: betPortfolio(),
    metric: { kind: 'binary', rate: 0.1 },
    effect: { kind: 'absolute', size: 0.03 },
    traffic: [
      { days: 2, unitsPerDay: 200, treatmentShare: 0.2 },
      { days: 1, unitsPerDay: 500, treatmentShare: 0.5 },
    ],
  } as const;
  const on = (day: number) => ({ ...at(400 * day), day });

  test('a firm and true belief is as good as knowing, another one costs information', () => {
    const known = designBasedTest(rate);
    const firm = designBasedTest({ ...rate, belief: { mean: 0.1, deviation: 0.3, weight: 1e9 } });
    const wrong = designBasedTest({ ...rate, belief: { mean: 0.6, deviation: 0.5, weight: 1e9 } });
    for (const day of [0.01, 0.5, 1, 2, 2.3, 8]) {
      // Deviations are rounded to powers of 2^¼, which moves the bets a little.
      expect(Math.abs(firm.boundary(on(day)) / known.boundary(on(day)) - 1)).toBeLessThan(0.02);
      expect(wrong.information!(day)).toBeLessThan(0.95 * firm.information!(day));
    }
    expect(wrong.information!(0.01)).toBeLessThan(0.4 * firm.information!(0.01));
    // Once there are counts, they say it.
    const vague = designBasedTest({ ...rate, belief: { mean: 0.5, deviation: 0.5, weight: 10 } });
    expect(Math.abs(vague.information!(20) / firm.information!(20) - 1)).toBeLessThan(0.02);
    expect(vague.information!(0.04)).toBeLessThan(0.6 * firm.information!(0.04));
  });

  // Golden: Σ n π (1 − π) squared by Σ n [π (1 − π)]² Var D, by hand: 400 units at .2 and 300 at .5, arms .13 and .10.
  test('its information is that of the differences within stages', () => {
    const belief = { mean: 0.1, deviation: 0.3, weight: 1e9 };
    const one = designBasedTest({ ...rate, traffic: rate.traffic.slice(1), belief });
    const treated = 0.13 * 0.87;
    const control = 0.1 * 0.9;
    // The centre is drawn to the arms' mean by a hundred units; on the first hour it is the belief.
    const variance = (treated + 0.03 ** 2) / 0.5 + control / 0.5 - 0.03 ** 2;
    expectRelative(one.information!(1 / 24), 500 / 24 / variance, 1e-9);
  });

  test('wide bounds limit the bets, and raise the boundary', () => {
    const minutes = {
      ...rate,
      metric: { kind: 'continuous', mean: 40, deviation: 10 },
      effect: { kind: 'absolute', size: 4 },
    } as const;
    const bounds = [undefined, [0, 80], [0, 400], [0, 4_000]] as const;
    const z = bounds.map((cap) =>
      designBasedTest({ ...minutes, ...(cap === undefined ? {} : { cap }) }).boundary(on(3)),
    );
    expect(z[2]!).toBeGreaterThan(z[1]!);
    expect(z[3]!).toBeGreaterThan(1.5 * z[0]!);
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
