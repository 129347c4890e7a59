/** Effects of rates and of means under priors: against quadrature, closed forms, and the promise of a calibrated belief. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { betaPosterior, betaPrior } from '../../../stats/bayes/betaPosterior.ts';
import {
  credibleDifference,
  differenceCdf,
  expectedLoss,
} from '../../../stats/bayes/comparison.ts';
import { normalEffect } from '../../../stats/bayes/normalEffect.ts';
import { rateEffect } from '../../../stats/bayes/rateEffect.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';

const counts = fc
  .tuple(fc.integer({ min: 1, max: 20_000 }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([count, share]) => ({ count, successes: Math.round(count * share) }));

test('a flat prior gives what quadrature over both posteriors gives', () => {
  fc.assert(
    fc.property(counts, counts, (first, second) => {
      const [control, treatment] = [betaPosterior(first), betaPosterior(second)];
      const found = rateEffect(treatment, control);
      const scale = Math.hypot(control.deviation, treatment.deviation);
      expect(Math.abs(found.mean - (treatment.mean - control.mean))).toBeLessThan(2e-3 * scale);
      expect(Math.abs(found.above - (1 - differenceCdf(treatment, control, 0)))).toBeLessThan(2e-3);
      const [lossOfControl, lossOfTreatment] = expectedLoss([control, treatment]);
      expect(Math.abs(found.lossOfControl - lossOfControl!)).toBeLessThan(2e-3 * scale);
      expect(Math.abs(found.lossOfTreatment - lossOfTreatment!)).toBeLessThan(2e-3 * scale);
      const { lower, upper } = credibleDifference(treatment, control, 0.95);
      expect(Math.abs(found.lower - lower)).toBeLessThan(0.02 * scale);
      expect(Math.abs(found.upper - upper)).toBeLessThan(0.02 * scale);
    }),
    { numRuns: 60 },
  );
});

test('many units: rates and means under one prior agree', () => {
  const rate = (successes: number, count: number) => betaPosterior({ successes, count });
  const arm = ({ mean, deviation }: { mean: number; deviation: number }) => ({
    ...{ estimate: mean, variance: deviation ** 2, freedom: Infinity },
  });
  const [control, treatment] = [rate(30_000, 100_000), rate(30_900, 100_000)];
  const effect = { mean: 0, variance: 0.002 ** 2 };
  const exact = rateEffect(treatment, control, effect);
  const close = normalEffect(arm(treatment), arm(control), { effect });
  for (const key of ['mean', 'lower', 'upper', 'lossOfTreatment', 'lossOfControl'] as const) {
    expect(exact[key]).toBeCloseTo(close[key], 5);
  }
  expect(exact.above).toBeCloseTo(close.above, 3);
});

test('a prior that is far from few outcomes holds the effect back', () => {
  const [control, treatment] = [2, 9].map((successes) => betaPosterior({ successes, count: 10 }));
  const flat = rateEffect(treatment!, control!);
  const sceptical = rateEffect(treatment!, control!, { mean: 0, variance: 0.02 ** 2 });
  expect(flat.mean).toBeGreaterThan(0.5);
  expect(sceptical.mean).toBeGreaterThan(0);
  expect(sceptical.mean).toBeLessThan(0.01);
  // A prior that excludes what was seen: the effect is where the prior is.
  const stubborn = rateEffect(treatment!, control!, { mean: -0.3, variance: 1e-6 });
  expect(stubborn.mean).toBeCloseTo(-0.3, 3);
});

// By hand: control's posterior N(½, ½); effect seen 1.5 with variance 1; prior N(0, 1) halves both.
test('means: the two priors enter as they should', () => {
  const found = normalEffect(
    { estimate: 2, variance: 0.5, freedom: Infinity },
    { estimate: 1, variance: 1, freedom: Infinity },
    { baseline: { mean: 0, variance: 1 }, effect: { mean: 0, variance: 1 } },
  );
  expect(found.mean).toBeCloseTo(0.75, 12);
  expect((found.upper - found.lower) / 2).toBeCloseTo(1.959964 * Math.SQRT1_2, 5);
  expect(found.lossOfControl - found.lossOfTreatment).toBeCloseTo(found.mean, 12);
});

// The promise: drawn from the prior, effects lie in their 95 % intervals 95 times of 100, and chances are what they say.
test('beliefs are calibrated when the prior is true', () => {
  const random = randomState(7);
  const runs = 400;
  let inside = 0;
  let chance = 0;
  let positive = 0;
  const prior = betaPrior(0.3, 50);
  for (let run = 0; run < runs; run += 1) {
    const base = prior.successes / (prior.successes + prior.failures) + 0.064 * normal(random);
    const effect = 0.03 * normal(random);
    const draw = (rate: number) => {
      let successes = 0;
      for (let i = 0; i < 300; i += 1) successes += uniform(random) < rate ? 1 : 0;
      return { successes, count: 300 };
    };
    const control = betaPosterior(draw(base), prior);
    const treatment = betaPosterior(draw(base + effect));
    const found = rateEffect(treatment, control, { mean: 0, variance: 0.03 ** 2 });
    if (found.lower <= effect && effect <= found.upper) inside += 1;
    chance += found.above;
    if (effect > 0) positive += 1;
  }
  const error = Math.sqrt((0.05 * 0.95) / runs);
  expect(Math.abs(inside / runs - 0.95)).toBeLessThan(4 * error);
  expect(Math.abs(chance - positive) / runs).toBeLessThan(4 * Math.sqrt(0.25 / runs));
});

// What the reading is labelled with: 300 experiments without an effect, looked at 50 times each.
test('who stops when a chance of 95 % is seen declares false effects far more often than in 5 %', () => {
  const random = randomState(31);
  const runs = 300;
  let declared = 0;
  for (let run = 0; run < runs; run += 1) {
    let sum = 0;
    for (let look = 1; look <= 50; look += 1) {
      for (let i = 0; i < 20; i += 1) sum += normal(random);
      const count = 20 * look;
      const arm = (estimate: number) => ({ estimate, variance: 0.5 / count, freedom: Infinity });
      const { above } = normalEffect(arm(sum / count), arm(0));
      if (above < 0.95 && above > 0.05) continue;
      declared += 1;
      break;
    }
  }
  expect(declared / runs).toBeGreaterThan(0.3);
});

test('a level outside (0, 1) is refused', () => {
  const arm = { estimate: 0, variance: 1, freedom: Infinity };
  expect(() => normalEffect(arm, arm, {}, 1)).toThrow('level: expected in (0, 1), got 1');
  const rate = betaPosterior({ successes: 1, count: 2 });
  expect(() => rateEffect(rate, rate, undefined, 0)).toThrow(RangeError);
});
