/** Readings beside the evidence: effects adjusted by covariates, and what to believe of them. */
import { expect, test } from 'vitest';
import type { ExperimentInput } from '../../../contracts/experiment.ts';
import type { ExperimentRecord } from '../../../contracts/experimentRecord.ts';
import { ExperimentResult, type Reading } from '../../../contracts/experimentResult.ts';
import { adjustedEffect } from '../../../control/experiments/adjustedEffect.ts';
import { evaluateExperiment } from '../../../control/experiments/evaluate.ts';
import { prepareExperiment } from '../../../control/experiments/preparedExperiment.ts';
import { betaPosterior, betaPrior } from '../../../stats/bayes/betaPosterior.ts';
import {
  credibleDifference,
  expectedLoss,
  probabilityToBeBest,
} from '../../../stats/bayes/comparison.ts';
import { exactCrossMoments } from '../../../stats/exact/exactCrossMoments.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { CountedUnits } from '../../support/countedUnits.ts';
import { makeMetric, makeRunning } from '../../support/experiments.ts';

const past = { of: 'past' } as const;
const metrics = [
  makeMetric(),
  makeMetric({
    ...{ key: 'minutes', name: 'Minutes', kind: 'continuous', cap: [0, 64] },
    measure: { of: 'value' },
  }),
  makeMetric({
    ...{ key: 'share', name: 'Share', kind: 'ratio', cap: [0, 256], measure: { of: 'value' } },
    denominator: { filter: { field: 'type', is: 'answered' }, measure: { of: 'count' } },
  }),
  makeMetric({
    ...{ key: 'latency', name: 'Latency', kind: 'quantile', level: 0.5 },
    ...{ measure: { of: 'value' }, direction: 'decrease' },
  }),
];

function recordOf(
  uses: ExperimentInput['metrics'],
  stages?: Parameters<typeof makeRunning>[1],
  more: Partial<ExperimentInput> = {},
): ExperimentRecord {
  return { revision: 1, experiment: makeRunning({ ...more, metrics: uses }, stages), metrics };
}

function readingOf(record: ExperimentRecord, counts: CountedUnits): Reading {
  const result = evaluateExperiment(record, counts.read(), 1);
  expect(ExperimentResult.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  return result.metrics[0]!.readings![0]!;
}

/** 100 treated, 60 not; covariates that explain most, one of them missing for every ninth. */
const units = Array.from({ length: 160 }, (_, i) => {
  const treated = (i * 7) % 16 < 10 ? 1 : 0;
  const before = i % 9 === 0 ? Number.NaN : ((i * 37) % 101) / 10;
  const grade = (i * 53) % 17;
  const explained = (Number.isNaN(before) ? 0 : 0.4 * before) + 0.3 * grade * (1 + 0.5 * treated);
  const outcome = 2 + 0.5 * treated + explained + ((i * 71) % 29) / 8;
  return { treated, before, grade, outcome: Math.round(outcome * 8) / 8, size: 1 + ((i * 29) % 7) };
});

// Golden: statsmodels 0.15.0, WLS of outcome on treatment, the two covariates and the indicator, each unit weighing
// 1 / (n (n − 1)) of its arm; the variance from the residuals within arms × 158 / (158 − 3).
test('agrees with the regression of a reference implementation', () => {
  const field = 'context.segments.grade';
  const record = recordOf([
    {
      metric: 'minutes',
      role: 'primary',
      covariates: [past, { of: 'exposure', field, cap: [0, 20] }],
    },
  ]);
  const counts = new CountedUnits(record);
  for (const { treated, before, grade: own, outcome } of units) {
    counts.add({
      variant: treated,
      outcomes: { minutes: outcome },
      covariates: { minutes: [before, own] },
    });
  }
  const { adjusted } = readingOf(record, counts);
  expect(adjusted!.effect.estimate).toBeCloseTo(1.8418405424303363, 6);
  expect(adjusted!.effect.low).toBeCloseTo(0.8833558632571538, 6);
  expect(adjusted!.effect.high).toBeCloseTo(2.800325221603519, 6);
  expect(adjusted!.removed).toBeCloseTo(0.8266022645609505, 6);
  expect(adjusted!.known).toBeCloseTo(1 - 18 / 160 / 2, 12);
});

// Golden: the same of the linearized ratio Σ (outcome × size) / Σ size; standard error 0.27311576145496946.
test('agrees with the regression of a linearized ratio', () => {
  const record = recordOf([{ metric: 'share', role: 'primary', covariates: [past] }]);
  const counts = new CountedUnits(record);
  for (const [i, { treated, before, grade, outcome, size }] of units.entries()) {
    counts.add({
      variant: treated,
      outcomes: { share: [outcome * size, size] },
      covariates: { share: [before, grade, ((i * 19) % 23) / 4] },
    });
  }
  const { adjusted } = readingOf(record, counts);
  const { estimate, low, high } = adjusted!.effect;
  expect(estimate).toBeCloseTo(2.2793458136562266, 6);
  expect((high! - low!) / 2 / 5.54087743531863).toBeCloseTo(0.27311576145496946, 6);
  expect(adjusted!.removed).toBeCloseTo(0.6066010937499716, 6);
});

test('without covariates, units or a covariate that varies there is nothing to adjust', () => {
  const plain = recordOf([{ metric: 'minutes', role: 'primary' }]);
  const bare = new CountedUnits(plain);
  for (const { treated, outcome } of units) {
    bare.add({ variant: treated, outcomes: { minutes: outcome } });
  }
  expect(readingOf(plain, bare).adjusted).toBeNull();
  const record = recordOf([{ metric: 'minutes', role: 'primary', covariates: [past] }]);
  expect(readingOf(record, new CountedUnits(record))).toEqual({
    ...{ variant: 'with', adjusted: null, bayesian: null },
  });
  const unknown = new CountedUnits(record);
  for (const { treated, outcome } of units) {
    unknown.add({ variant: treated, outcomes: { minutes: outcome } });
  }
  const { metrics: judged } = evaluateExperiment(record, unknown.read(), 1);
  const { adjusted } = judged[0]!.readings![0]!;
  expect(adjusted).toMatchObject({ removed: 0, known: 0 });
  const { asymptotic } = judged[0]!.comparisons[0]!;
  for (const end of ['estimate', 'low', 'high'] as const) {
    expect(adjusted!.effect[end]).toBeCloseTo(asymptotic[end]!, 9);
  }
});

// A baseline that rises while the weights change, and a covariate that rises with it: neither passes for an effect.
test('through the stages of a ramp units weigh by their probability', () => {
  const record = recordOf(
    [{ metric: 'minutes', role: 'primary', covariates: [past] }],
    [
      { traffic: 0.5, weights: [0.9, 0.1] },
      { traffic: 1, weights: [0.5, 0.5] },
    ],
  );
  const counts = new CountedUnits(record);
  const random = randomState(3);
  for (let i = 0; i < 4_000; i += 1) {
    const stage = i < 2_000 ? 1 : 2;
    const treated = uniform(random) < (stage === 1 ? 0.1 : 0.5);
    const before = 20 + 10 * (stage - 1) + 4 * normal(random);
    const outcome = before + 10 * (stage - 1) + 2 * normal(random);
    counts.add({
      ...{ variant: Number(treated), stage },
      outcomes: { minutes: Math.min(64, Math.max(0, outcome)) },
      covariates: { minutes: [before] },
    });
  }
  const { effect, removed } = readingOf(record, counts).adjusted!;
  expect(Math.abs(effect.estimate!)).toBeLessThan(0.3);
  expect(effect.low!).toBeLessThan(0);
  expect(effect.high!).toBeGreaterThan(0);
  expect(removed!).toBeGreaterThan(0.7);
});

// The promise: 150 experiments without an effect, each watched 15 times from 200 to 3 000 units; and what ρ² = 0.64 is worth.
test('the adjusted sequence keeps its level when watched, and the variance falls by what is explained', () => {
  const alpha = 0.1;
  const runs = 150;
  const record = recordOf(
    [{ metric: 'minutes', role: 'primary', covariates: [past] }],
    [{ traffic: 1, weights: [0.7, 0.3] }],
  );
  const prepared = prepareExperiment(record);
  const [metric, pair] = [prepared.metrics[0]!, prepared.pairs[0]!];
  const fold = exactCrossMoments(metric.covariates!.grids);
  const random = randomState(17);
  let crossed = 0;
  let removed = 0;
  for (let run = 0; run < runs; run += 1) {
    const arms = [fold.initial(), fold.initial()];
    const cell = (variant: number) => [
      { metric: 'minutes', variant, stage: 1, tallies: [arms[variant]!] },
    ];
    let isCrossed = false;
    for (let look = 0; look < 15; look += 1) {
      for (let i = 0; i < 200; i += 1) {
        const before = normal(random);
        const outcome = 32 + 4 * (0.8 * before + 0.6 * normal(random));
        const isKnown = uniform(random) < 0.8;
        const arm = arms[uniform(random) < 0.3 ? 1 : 0]!;
        fold.step(arm, [outcome, isKnown ? 32 + 8 * before : 0, isKnown ? 0 : 1]);
      }
      const found = adjustedEffect(cell(0), cell(1), metric, pair, alpha)!;
      const { low, high } = found.effect;
      if (low! > 0 || high! < 0) isCrossed = true;
      if (look === 14) removed += found.removed! / runs;
    }
    if (isCrossed) crossed += 1;
  }
  expect(crossed / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
  expect(crossed).toBeGreaterThan(0);
  // Known for 80 %, of whose variance 0.64 is explained.
  expect(removed).toBeGreaterThan(0.8 * 0.64 - 0.01);
  expect(removed).toBeLessThan(0.8 * 0.64 + 0.01);
}, 20_000);

function rates(record: ExperimentRecord, successes: readonly [number, number], count = 1_000) {
  const counts = new CountedUnits(record);
  for (const variant of [0, 1]) {
    for (let i = 0; i < count; i += 1) {
      counts.add({ variant, outcomes: { solved: Number(i < successes[variant]!) } });
    }
  }
  return readingOf(record, counts).bayesian!;
}

test('rates are believed as beta posteriors say', () => {
  const record = recordOf([{ metric: 'solved', role: 'primary' }]);
  const found = rates(record, [400, 430]);
  const [control, treatment] = [400, 430].map((successes) =>
    betaPosterior({ successes, count: 1_000 }),
  );
  const { lower, upper } = credibleDifference(treatment!, control!, 0.95);
  expect(found).toMatchObject({ method: 'beta', isInformed: false });
  expect(found.effect.low).toBeCloseTo(lower, 4);
  expect(found.effect.high).toBeCloseTo(upper, 4);
  expect(found.better).toBeCloseTo(probabilityToBeBest([control!, treatment!])[1]!, 3);
  expect(found.loss).toBeCloseTo(expectedLoss([control!, treatment!])[1]!, 5);
});

test('a prior on the baseline is that of the control, one on the effect holds it back', () => {
  const use = { metric: 'solved', role: 'primary' } as const;
  const baseline = { mean: 0.45, units: 2_000 };
  const informed = rates(recordOf([{ ...use, prior: { baseline } }]), [400, 430]);
  const control = betaPosterior({ successes: 400, count: 1_000 }, betaPrior(0.45, 2_000));
  expect(informed.isInformed).toBe(true);
  expect(informed.effect.estimate).toBeCloseTo(431 / 1_002 - control.mean, 4);
  const sceptical = rates(
    recordOf([{ ...use, prior: { effect: { deviation: 0.01 } } }]),
    [400, 430],
  );
  const flat = rates(recordOf([use]), [400, 430]);
  // Deviation of the effect 0.022: the prior of 0.01 has 83 % of the weight.
  expect(sceptical.effect.estimate! / flat.effect.estimate!).toBeCloseTo(0.17, 1);
  expect(sceptical.better!).toBeLessThan(flat.better!);
});

test('means, ratios and quantiles are believed by their standard errors, and less may be better', () => {
  const random = randomState(5);
  for (const [metric, method] of [
    ['minutes', 'normal'],
    ['share', 'normal'],
    ['latency', 'normal'],
  ] as const) {
    const prior = { effect: { deviation: 100 } };
    const record = recordOf([{ metric, role: 'primary', prior }]);
    const counts = new CountedUnits(record);
    for (let i = 0; i < 2_000; i += 1) {
      const variant = i % 2;
      const value = 20 + 2 * variant + 5 * normal(random);
      counts.add({ variant, outcomes: { [metric]: metric === 'share' ? [value * 3, 3] : value } });
    }
    const { bayesian } = readingOf(record, counts);
    expect(bayesian).toMatchObject({ method, isInformed: true });
    expect(bayesian!.effect.estimate!).toBeGreaterThan(1);
    expect(bayesian!.effect.low!).toBeGreaterThan(0);
    const isWorse = metric === 'latency';
    expect(bayesian!.better! > 0.5).toBe(!isWorse);
    if (isWorse) expect(bayesian!.loss).toBeCloseTo(bayesian!.effect.estimate!, 2);
    else expect(bayesian!.loss).toBeLessThan(0.01);
  }
});

test('clusters have neither: their members are not independent', () => {
  const record = recordOf([{ metric: 'minutes', role: 'primary' }], undefined, { unit: 'class' });
  const counts = new CountedUnits(record);
  counts.add({ variant: 0, cluster: '7b', outcomes: { minutes: 3 } });
  expect(evaluateExperiment(record, counts.read(), 1).metrics[0]!.readings).toEqual([]);
});
