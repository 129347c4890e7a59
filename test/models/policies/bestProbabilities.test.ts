import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestProbabilities } from '../../../models/policies/bestProbabilities.ts';
import { normal, randomState } from '../../../stats/random.ts';
import { normalCdf, normalDensity } from '../../../stats/special/normal.ts';

function best(means: readonly number[], deviations: readonly number[], scale = 1): number[] {
  const into = new Float64Array(means.length);
  const eligible = new Uint8Array(means.length).fill(1);
  bestProbabilities(eligible, Float64Array.from(means), Float64Array.from(deviations), scale, into);
  return [...into];
}

const score = fc.record({
  mean: fc.double({ min: -3, max: 3, noNaN: true }),
  // Over four orders of magnitude.
  deviation: fc.double({ min: -3, max: 1, noNaN: true }).map((power) => 10 ** power),
});

describe('bestProbabilities', () => {
  // Golden: scipy 1.17, quad of norm.pdf × ∏ norm.cdf between quantiles of all, epsabs 1e-14.
  test.each([
    [
      [0, 0.2, 0.5],
      [1, 0.5, 0.1],
      [0.2828979622896475, 0.21628556072232663, 0.5008164769880252],
    ],
    [
      [0, 0, 0, 1],
      [1, 1, 2, 0.001],
      [0.11310013983088708, 0.11310013983088708, 0.2843404678519077, 0.48945925248630273],
    ],
    [
      [0.1, 0.11, 0.12, 0.3, 0.25],
      [0.02, 0.001, 0.03, 0.1, 0.00001],
      [1.0138411579214574e-14, 0, 2.4338706175991404e-6, 0.6914622922472414, 0.3085352738822934],
    ],
    [
      [3, 0, 0],
      [0.1, 1, 1],
      [0.9971674820610477, 0.0014162589694756494, 0.0014162589694756494],
    ],
  ])('means %j, deviations %j', (means, deviations, expected) => {
    for (const [i, probability] of best(means, deviations).entries()) {
      expect(Math.abs(probability - expected[i]!)).toBeLessThan(1e-11);
    }
  });

  // Both parts of the error bound: the total is that of a distribution before it is made so, and a third action that
  // cannot win changes nothing about two whose chance is known in closed form.
  test('agrees with the closed form of two to 1e-9 where a third is hopeless', () => {
    fc.assert(
      fc.property(score, score, (one, other) => {
        const span = 12 * (one.deviation + other.deviation) + 8;
        const third = Math.min(one.mean, other.mean) - span;
        const [first, second, last] = best(
          [one.mean, other.mean, third],
          [one.deviation, other.deviation, 1e-3],
        );
        const z = (one.mean - other.mean) / Math.hypot(one.deviation, other.deviation);
        expect(Math.abs(first! - normalCdf(z))).toBeLessThan(1e-9);
        expect(Math.abs(second! - normalCdf(-z))).toBeLessThan(1e-9);
        expect(last).toBeLessThan(1e-12);
      }),
    );
  });

  test('equal beliefs share evenly', () => {
    for (const count of [2, 3, 7, 20, 50]) {
      const means = Array.from({ length: count }, () => 0.3);
      const deviations = Array.from({ length: count }, () => 0.2);
      for (const probability of best(means, deviations)) {
        expect(Math.abs(probability - 1 / count)).toBeLessThan(1e-10);
      }
    }
  });

  // The trapezoid rule on a fine grid: for Gaussians no wider step than half a deviation it is exact to rounding.
  test('agrees with the plain trapezoid rule', () => {
    const wide = fc.record({
      mean: fc.double({ min: -1, max: 1, noNaN: true }),
      deviation: fc.double({ min: 0.1, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(wide, { minLength: 3, maxLength: 8 }), (list) => {
        const sums = list.map(() => 0);
        const step = 0.02;
        for (let x = -11; x <= 11; x += step) {
          const cdfs = list.map(({ mean, deviation }) => normalCdf((x - mean) / deviation));
          for (const [i, { mean, deviation }] of list.entries()) {
            let product = (step * normalDensity((x - mean) / deviation)) / deviation;
            for (const [j, cdf] of cdfs.entries()) if (j !== i) product *= cdf;
            sums[i]! += product;
          }
        }
        const means = list.map(({ mean }) => mean);
        const deviations = list.map(({ deviation }) => deviation);
        for (const [i, probability] of best(means, deviations).entries()) {
          expect(Math.abs(probability - sums[i]!)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('is a distribution, follows a permutation, and does not depend on the unit', () => {
    const scores = fc.array(score, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(scores, (list) => {
        const means = list.map(({ mean }) => mean);
        const deviations = list.map(({ deviation }) => deviation);
        const straight = best(means, deviations);
        expect(straight.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...straight)).toBeGreaterThanOrEqual(0);
        const turned = best([...means].reverse(), [...deviations].reverse()).reverse();
        const scaled = best(
          means.map((mean) => 100 + 7 * mean),
          deviations,
          7,
        );
        for (let i = 0; i < list.length; i += 1) {
          expect(Math.abs(straight[i]! - turned[i]!)).toBeLessThan(1e-12);
          expect(Math.abs(straight[i]! - scaled[i]!)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  test('is a distribution whatever it is given', () => {
    const any = fc.record({
      mean: fc.double({ min: -1e300, max: 1e300, noNaN: true }),
      deviation: fc.oneof(
        fc.double({ min: 0, max: 1e300, noNaN: true }),
        fc.double({ min: -320, max: 300, noNaN: true }).map((power) => 10 ** power),
      ),
    });
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 6 }), (list) => {
        const found = best(
          list.map(({ mean }) => mean),
          list.map(({ deviation }) => deviation),
        );
        expect(found.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
      }),
    );
    // A large mean beside a small deviation.
    for (const mean of [0, 1e3, 1e15]) {
      for (const probability of best([mean, mean, mean], [1e-20, 1e-20, 1e-20])) {
        expect(probability).toBeCloseTo(1 / 3, 12);
      }
    }
  });

  test('certain scores: the largest, ties split, and against uncertain ones', () => {
    expect(best([1, 3, 3, 2], [0, 0, 0, 0])).toEqual([0, 0.5, 0.5, 0]);
    expect(best([2], [0])).toEqual([1]);
    const [certain, uncertain, lesser] = best([0, 0.5, -1], [0, 1, 0]);
    expect(certain).toBeCloseTo(normalCdf(-0.5), 12);
    expect(uncertain).toBeCloseTo(normalCdf(0.5), 12);
    expect(lesser).toBe(0);
  });

  test('who is not eligible has none and does not matter', () => {
    const into = new Float64Array(3);
    const means = Float64Array.of(0, 9, 1);
    const deviations = Float64Array.of(1, 1, 1);
    bestProbabilities(Uint8Array.of(1, 0, 1), means, deviations, 1, into);
    expect(into[1]).toBe(0);
    expect(into[2]).toBeCloseTo(normalCdf(1 / Math.SQRT2), 12);
    const none = new Uint8Array(3);
    expect(() => bestProbabilities(none, means, deviations, 1, into)).toThrow(
      'eligible: expected at least one action',
    );
    expect(() => best([NaN, 1], [1, 1])).toThrow('scores[0]: expected finite');
  });

  test('many actions, and scales far apart, take no longer than they must', () => {
    const many = best(
      Array.from({ length: 2_000 }, (_, i) => Math.sin(i) / 5),
      Array.from({ length: 2_000 }, (_, i) => 0.1 + (i % 7) / 20),
    );
    expect(many.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12);
    const scales = [1e-9, 1e-6, 1e-3, 1, 1e3, 1e6, 1e9];
    const began = performance.now();
    const found = best(
      scales.map(() => 0),
      scales,
    );
    // Half of the time the widest wins; below 0, the next, and so on.
    for (const [i, probability] of [
      1 / 64,
      1 / 64,
      1 / 32,
      1 / 16,
      1 / 8,
      1 / 4,
      1 / 2,
    ].entries()) {
      expect(Math.abs(found[i]! - probability)).toBeLessThan(1e-3);
    }
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  // The promise: the probabilities are the frequencies of Thompson's draws.
  test('are the frequencies with which draws are best', () => {
    const means = [0.2, 0.25, 0.1, 0.3, -1];
    const deviations = [0.1, 0.02, 0.4, 0.05, 0.6];
    const exact = best(means, deviations, 1.5);
    const random = randomState(21);
    const counts = means.map(() => 0);
    const draws = 100_000;
    for (let draw = 0; draw < draws; draw += 1) {
      const drawn = means.map((mean, i) => mean + 1.5 * deviations[i]! * normal(random));
      counts[drawn.indexOf(Math.max(...drawn))]! += 1;
    }
    for (const [i, probability] of exact.entries()) {
      const error = Math.sqrt((probability * (1 - probability)) / draws);
      expect(Math.abs(counts[i]! / draws - probability)).toBeLessThan(4 * error);
    }
  });
});
