import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betaPosterior, betaPrior } from '../../../stats/bayes/betaPosterior.ts';
import {
  credibleDifference,
  differenceCdf,
  expectedLoss,
  probabilityToBeBest,
} from '../../../stats/bayes/comparison.ts';
import { meanPosterior, normalPosterior } from '../../../stats/bayes/normalPosterior.ts';
import { normal, randomState } from '../../../stats/random.ts';
import { normalCdf, normalDensity } from '../../../stats/special/normal.ts';
import { welford } from '../../../stats/welford.ts';
import { expectRelative } from '../../support/relative.ts';

/** The beta distribution with these parameters, as the posterior of a uniform prior. */
const beta = (a: number, b: number) => betaPosterior({ successes: a - 1, count: a + b - 2 });
const gaussian = (estimate: number, variance: number) =>
  normalPosterior({ estimate, variance, freedom: Infinity });

describe('comparison', () => {
  // Golden, here and in the next two: mpmath 1.4.1, quadrature at 30 digits; the third by hand.
  test.each([
    [8, 4, 6, 6, 0.193498452012384, 0.187721541705927],
    [121, 881, 101, 901, 0.0768165610264402, 0.0204446937666758],
    [1, 1, 3, 1, 0.75, 0.05],
  ])('Beta(%d, %d) against Beta(%d, %d)', (a, b, c, d, best, loss) => {
    const arms = [beta(a, b), beta(c, d)];
    expectRelative(probabilityToBeBest(arms)[1]!, best, 1e-9);
    expectRelative(expectedLoss(arms)[1]!, loss, 1e-9);
    // What one loses more than the other is the difference of their means.
    const [first, second] = expectedLoss(arms);
    expect(second! - first!).toBeCloseTo(arms[0]!.mean - arms[1]!.mean, 10);
  });

  test('of three arms', () => {
    const best = probabilityToBeBest([beta(8, 4), beta(6, 6), beta(9, 5)]);
    [0.507812649652403, 0.0931506495329186, 0.399036700814678].forEach((p, arm) => {
      expectRelative(best[arm]!, p, 1e-9);
    });
    const loss = expectedLoss([beta(8, 4), beta(6, 6), beta(9, 5)]);
    [0.0681445121615572, 0.234811178828224, 0.0919540359710811].forEach((mean, arm) => {
      expectRelative(loss[arm]!, mean, 1e-9);
    });
    expect(probabilityToBeBest([beta(2, 2)])).toEqual(Float64Array.of(1));
    expect(expectedLoss([beta(2, 2)])).toEqual(Float64Array.of(0));
    expect(() => probabilityToBeBest([])).toThrow('arms: expected at least one, got none');
  });

  // Golden: scipy 1.17.1, brentq on the quadrature of the two densities.
  test('the credible interval of a difference of rates', () => {
    const { lower, upper } = credibleDifference(beta(121, 881), beta(101, 901), 0.95);
    expect(Math.abs(lower + 0.007470692707561444)).toBeLessThan(1e-9);
    expect(Math.abs(upper - 0.047469692724238476)).toBeLessThan(1e-9);
  });

  test('normal arms, of very different spread, have closed forms', () => {
    const arm = fc.tuple(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: 1e-4, max: 4, noNaN: true }),
    );
    fc.assert(
      fc.property(arm, arm, ([m, v], [k, w]) => {
        const deviation = Math.sqrt(v + w);
        const z = (m - k) / deviation;
        const arms = [gaussian(m, v), gaussian(k, w)];
        expect(Math.abs(probabilityToBeBest(arms)[0]! - normalCdf(z))).toBeLessThan(1e-9);
        const loss = deviation * (normalDensity(z) - z * normalCdf(-z));
        expect(Math.abs(expectedLoss(arms)[0]! - loss)).toBeLessThan(1e-9);
        const cdf = differenceCdf(arms[0]!, arms[1]!, 0.7);
        expect(Math.abs(cdf - normalCdf((0.7 - m + k) / deviation))).toBeLessThan(1e-9);
        const { lower, upper } = credibleDifference(arms[0]!, arms[1]!, 0.9);
        expect(Math.abs((upper - lower) / 2 - 1.6448536269514722 * deviation)).toBeLessThan(1e-7);
      }),
      { numRuns: 30 },
    );
  });

  test('chances add up to 1 whatever the arms', () => {
    const shape = fc.double({ min: 0.5, max: 300, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(shape, shape), { minLength: 2, maxLength: 5 }), (shapes) => {
        const arms = shapes.map(([successes, failures]) =>
          betaPosterior({ successes: 0, count: 0 }, { successes, failures }),
        );
        const best = probabilityToBeBest(arms);
        expect(best.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
        expect(Math.min(...expectedLoss(arms))).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 20 },
    );
  });

  // The promise: effects drawn from the prior lie in their 80 % interval 80 % of the time, and the chance to be best is one.
  test('is calibrated when the prior is the truth', () => {
    const random = randomState(51);
    const prior = { mean: 1, variance: 0.25 };
    const trials = 1_500;
    let covered = 0;
    let chances = 0;
    let firsts = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const effects = [0, 1].map(() => prior.mean + 0.5 * normal(random));
      const arms = effects.map((effect) =>
        normalPosterior(
          { estimate: effect + 0.7 * normal(random), variance: 0.49, freedom: Infinity },
          prior,
        ),
      );
      const difference = effects[0]! - effects[1]!;
      const below = differenceCdf(arms[0]!, arms[1]!, difference);
      if (below > 0.1 && below < 0.9) covered += 1; // within the 80 % interval
      chances += probabilityToBeBest(arms)[0]!;
      if (difference > 0) firsts += 1;
    }
    expect(Math.abs(covered / trials - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / trials));
    expect(Math.abs(chances - firsts) / trials).toBeLessThan(4 * Math.sqrt(0.25 / trials));
  });
});

describe('posteriors', () => {
  // Golden: numpy and scipy 1.17.1, the formulas of Murphy 2007, section 5, written out; scipy.stats.t for the rest.
  test('a mean with unknown variance is Student’s', () => {
    const state = welford.initial();
    for (const y of [2.1, 3.3, 1.7, 2.8, 4]) welford.step(state, y);
    const prior = { mean: 1, weight: 2, shape: 3, scale: 4 };
    const posterior = meanPosterior(welford.read(state), prior);
    expectRelative(posterior.mean, 2.271428571428572, 1e-13);
    expectRelative(posterior.deviation, 0.5026009448365243, 1e-12);
    expectRelative(posterior.cdf(2), 0.28128223948118525, 1e-11);
    expectRelative(posterior.tail(2), 1 - 0.28128223948118525, 1e-11);
    expectRelative(posterior.quantile(0.9), 2.891270799028688, 1e-12);
    expectRelative(posterior.density(2), 0.708439082764352, 1e-12);
    // Without outcomes it is the prior.
    const before = meanPosterior(welford.read(welford.initial()), prior);
    expect(before.mean).toBe(1);
    expectRelative(before.deviation, Math.sqrt((4 / (3 * 2)) * (6 / 4)), 1e-13);
  });

  test('prior and estimate are weighed by their precision', () => {
    const posterior = normalPosterior(
      { estimate: 2, variance: 1, freedom: Infinity },
      { mean: 0, variance: 1 },
    );
    expect(posterior.mean).toBe(1);
    expectRelative(posterior.deviation, Math.SQRT1_2, 1e-15);
    // Next to an estimate that says nothing, the prior stays.
    const vague = normalPosterior(
      { estimate: 0, variance: 1e30, freedom: Infinity },
      { mean: 5, variance: 4 },
    );
    expect(vague.mean).toBe(5);
    expectRelative(vague.deviation, 2, 1e-15);
    expect(gaussian(2, 1).mean).toBe(2);
    expect(gaussian(2, 1).deviation).toBe(1);
  });

  test('a rate has the prior’s successes and failures besides its own', () => {
    const posterior = betaPosterior({ successes: 7, count: 10 }, betaPrior(0.2, 50));
    expectRelative(posterior.mean, 17 / 60, 1e-14);
    expectRelative(posterior.deviation, Math.sqrt((17 * 43) / (3600 * 61)), 1e-14);
    expect(posterior.cdf(0)).toBe(0);
    expect(posterior.tail(1)).toBe(0);
    expect(posterior.cdf(posterior.quantile(0.1))).toBeCloseTo(0.1, 12);
  });

  test('refuse what is no belief', () => {
    expect(() => betaPosterior({ successes: 3, count: 2 })).toThrow(
      'successes: expected in [0, 2], got 3',
    );
    expect(() => betaPrior(1, 2)).toThrow('mean: expected in (0, 1), got 1');
    expect(() => gaussian(0, 0)).toThrow('variance: expected above 0, got 0');
    const none = { count: 0, mean: NaN, variance: NaN };
    expect(() => meanPosterior(none, { mean: 0, weight: 0, shape: 1, scale: 1 })).toThrow(
      'weight: expected above 0, got 0',
    );
  });
});
