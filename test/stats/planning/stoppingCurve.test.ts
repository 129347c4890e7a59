import { describe, expect, test } from 'vitest';
import { boundOf, marginalPower, shiftOf } from '../../../stats/planning/marginalPower.ts';
import { stoppingCurve } from '../../../stats/planning/stoppingCurve.ts';
import { normal, randomState } from '../../../stats/random.ts';
import { normalTail } from '../../../stats/special/normal.ts';
import { studentTTwoSided } from '../../../stats/special/studentT.ts';
import { expectRelative } from '../../support/relative.ts';

describe('stoppingCurve', () => {
  test('one look is the normal tail on both sides', () => {
    const curve = stoppingCurve([{ information: 4, units: 100, bound: 2.5 }], {
      effect: -0.9,
      continuously: false,
    });
    expectRelative(curve[0]!, normalTail(2.5 - 1.8) + normalTail(2.5 + 1.8), 1e-13);
  });

  // Golden: P(max |W| over [0, 1] ≥ b) = 4 Σ (−1)ᵏ P(Z > (2k + 1) b), and P(max W ≥ b) with drift, both by reflection.
  test('a grid watched all the time is Brownian motion', () => {
    const b = 1.8;
    const looks: { information: number; units: number; bound: number }[] = [];
    for (let information = 1e-3; information < 1; information *= 1.025) {
      looks.push({ information, units: 1e9, bound: b / Math.sqrt(information) });
    }
    looks.push({ information: 1, units: 1e9, bound: b });
    const still = stoppingCurve(looks, { effect: 0, continuously: true }).at(-1)!;
    const exact = 4 * (normalTail(b) - normalTail(3 * b) + normalTail(5 * b));
    expect(Math.abs(still - exact)).toBeLessThan(0.002);
    const drifting = stoppingCurve(looks, { effect: 2, continuously: true }).at(-1)!;
    const above = normalTail(b - 2) + Math.exp(4 * b) * normalTail(b + 2);
    expect(Math.abs(drifting - above)).toBeLessThan(0.005);
    // Without the correction the grid misses more than a point.
    const grid = stoppingCurve(looks, { effect: 2, continuously: false }).at(-1)!;
    expect(above - grid).toBeGreaterThan(0.01);
  });

  test('ascends from look to look, and a bound out of reach stops nothing', () => {
    const looks = [1, 2, 3, 4, 5].map((information) => ({ information, units: 10, bound: 2.5 }));
    const curve = stoppingCurve(looks, { effect: 0.7, continuously: false });
    curve.forEach((power, at) => {
      expect(power).toBeGreaterThan(curve[at - 1] ?? 0);
    });
    const never = looks.map((look) => ({ ...look, bound: Infinity }));
    expect([...stoppingCurve(never, { effect: 5, continuously: false })]).toEqual([0, 0, 0, 0, 0]);
    expect(() => stoppingCurve([looks[1]!, looks[0]!], { effect: 1, continuously: false })).toThrow(
      'information: expected above 2, got 1',
    );
  });
});

describe('marginalPower', () => {
  const means = {
    treatment: 0.5,
    control: 0,
    treatmentVariance: 1 / 64,
    controlVariance: 1 / 64,
    variance: () => 1,
    range: { lower: -Infinity, upper: Infinity },
    analysis: 'difference' as const,
    freedom: 126,
  };

  // Golden: statsmodels 0.15.0, TTestIndPower().power(0.5, 64, 0.05) and, with 60 and 120 units, power(0.4, 60, 0.05, ratio=2).
  test('is the power of a t-test', () => {
    expectRelative(marginalPower(studentTTwoSided(0.05, 126), means), 0.8014595579222542, 1e-8);
    const uneven = {
      ...means,
      treatment: 0.4,
      treatmentVariance: 1 / 60,
      controlVariance: 1 / 120,
      freedom: 178,
    };
    expectRelative(marginalPower(studentTTwoSided(0.05, 178), uneven), 0.7109627299664851, 1e-8);
  });

  // The promise: a lift from .20 to .25 with 1,500 units an arm, where the formula with expected variances is 4 points off.
  test('knows that the standard error of a lift moves with the lift', () => {
    const look = {
      treatment: 0.25,
      control: 0.2,
      treatmentVariance: (0.25 * 0.75) / 1500,
      controlVariance: (0.2 * 0.8) / 1500,
      variance: (mean: number) => Math.max(0, mean * (1 - mean)),
      range: { lower: 0, upper: 1 },
      analysis: 'lift' as const,
      freedom: Infinity,
    };
    const random = randomState(81);
    const trials = 40_000;
    let outside = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const b = 0.25 + Math.sqrt(look.treatmentVariance) * normal(random);
      const a = 0.2 + Math.sqrt(look.controlVariance) * normal(random);
      const variance = (b * (1 - b) + (b / a) ** 2 * a * (1 - a)) / (1500 * a * a);
      if (Math.abs(b / a - 1) > 1.96 * Math.sqrt(variance)) outside += 1;
    }
    const power = marginalPower(1.96, look);
    const error = Math.sqrt(0.25 / trials);
    expect(Math.abs(power - outside / trials)).toBeLessThan(4 * error);
    const lift = (look.treatmentVariance + 1.25 ** 2 * look.controlVariance) / 0.04;
    const naive = normalTail(1.96 - 0.25 / Math.sqrt(lift));
    expect(Math.abs(power - naive)).toBeGreaterThan(0.03);
  });

  test('a rate of 0 by chance, with no variance of its own, does not count as a decision', () => {
    const early = {
      treatment: 0.14,
      control: 0.1,
      treatmentVariance: (0.14 * 0.86) / 50,
      controlVariance: (0.1 * 0.9) / 50,
      variance: (mean: number) => Math.max(0, mean * (1 - mean)),
      range: { lower: 0, upper: 1 },
      analysis: 'difference' as const,
      freedom: Infinity,
    };
    expect(marginalPower(6.7, early)).toBeLessThan(1e-3);
  });

  test('bounds and powers belong to each other', () => {
    for (const outside of [1e-6, 0.05, 0.5, 0.999]) {
      for (const shift of [0, 1, 4]) {
        const z = boundOf(outside, shift);
        expectRelative(normalTail(z - shift) + normalTail(z + shift), outside, 1e-6);
      }
    }
    expect(boundOf(0, 1)).toBe(Infinity);
    expect(boundOf(1, 1)).toBe(0);
    expect(marginalPower(Infinity, means)).toBe(0);
    expect(shiftOf(means)).toBeCloseTo(0.5 * Math.sqrt(32), 12);
  });
});
