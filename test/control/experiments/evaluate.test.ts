/** From counts to a verdict: what is decided, what is not, and how it is told. */
import { expect, test } from 'vitest';
import type { ExperimentInput } from '../../../contracts/experiment.ts';
import type { ExperimentMetric } from '../../../contracts/experimentMetric.ts';
import type { ExperimentRecord } from '../../../contracts/experimentRecord.ts';
import { ExperimentResult } from '../../../contracts/experimentResult.ts';
import { evaluateExperiment } from '../../../control/experiments/evaluate.ts';
import { noCounts } from '../../../control/experiments/experimentCounts.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { type CountedUnit, CountedUnits } from '../../support/countedUnits.ts';
import { makeExperiment, makeMetric, makeRunning } from '../../support/experiments.ts';

const at = 1_000;
const solved = makeMetric();
const minutes = makeMetric({
  ...{ key: 'minutes', name: 'Minutes', kind: 'continuous', cap: [0, 60] },
  measure: { of: 'value', field: 'value' },
  direction: 'decrease',
});
const share = makeMetric({
  ...{ key: 'share', name: 'Share right', kind: 'ratio', cap: [0, 100] },
  measure: { of: 'count' },
  denominator: { filter: { field: 'type', is: 'answered' }, measure: { of: 'count' } },
});
const latency = makeMetric({
  ...{ key: 'latency', name: 'Latency', kind: 'quantile', level: 0.9 },
  measure: { of: 'value', field: 'value' },
  direction: 'decrease',
});
const all: ExperimentMetric[] = [solved, minutes, share, latency];

function recordOf(
  input: Partial<ExperimentInput> = {},
  stages?: Parameters<typeof makeRunning>[1],
): ExperimentRecord {
  return { revision: 3, experiment: makeRunning(input, stages), metrics: all };
}

/** `units` at random, made by `unit` from a variant's place and a source of chance. */
function counted(
  record: ExperimentRecord,
  units: number,
  unit: (treated: boolean, random: ReturnType<typeof randomState>, i: number) => object,
  { seed = 1, share: treatedShare = 0.5 } = {},
): CountedUnits {
  const random = randomState(seed);
  const counts = new CountedUnits(record);
  for (let i = 0; i < units; i += 1) {
    const treated = uniform(random) < treatedShare;
    const period = Math.floor((4 * i) / units);
    const hour = Math.floor((48 * i) / units);
    const made = unit(treated, random, i) as Partial<CountedUnit>;
    counts.add({ variant: Number(treated), period, hour, outcomes: {}, ...made });
  }
  return counts;
}

/** Evaluates, and holds the result against the contract. */
function evaluated(record: ExperimentRecord, counts?: CountedUnits): ExperimentResult {
  const result = evaluateExperiment(record, counts?.read() ?? noCounts, at);
  expect(ExperimentResult.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  return result;
}

const binary = (rate: number, random: ReturnType<typeof randomState>) =>
  Number(uniform(random) < rate);

test('before there is anything the sentence says what is missing', () => {
  const draft = { ...recordOf(), experiment: makeExperiment() };
  expect(evaluated(draft).verdict).toEqual({
    word: 'keep running',
    variant: null,
    sentence: 'Not started yet: there is nothing to judge.',
    daysLeft: null,
  });
  const record = recordOf();
  expect(evaluated(record).verdict.sentence).toBe('Keep running: nobody has been exposed yet.');
  const young = counted(record, 40, () => ({}));
  const { verdict, metrics, exposed } = evaluated(record, young);
  expect(exposed).toBe(40);
  expect(verdict.sentence).toBe(
    'Keep running: 40 units exposed, none old enough to be scored: “Solved” is taken 24 h after the exposure.',
  );
  expect(metrics[0]!.arms.map(({ immature }) => immature).reduce((a, b) => a + b)).toBe(40);
  const paused = recordOf({ state: 'paused' });
  expect(evaluated(paused, young).verdict.sentence).toMatch(/It is paused: nobody enters\.$/);
});

test('a planted effect is found, with its size, and shipped', () => {
  const record = recordOf({
    metrics: [
      { metric: 'solved', role: 'primary' },
      { metric: 'minutes', role: 'guardrail' },
    ],
  });
  const counts = counted(record, 12_000, (treated, random) => ({
    outcomes: {
      solved: binary(treated ? 0.56 : 0.5, random),
      minutes: Math.min(60, -10 * Math.log(1 - uniform(random))),
    },
  }));
  const { verdict, metrics } = evaluated(record, counts);
  expect(verdict.word).toBe('ship');
  expect(verdict.variant).toBe('with');
  expect(verdict.sentence).toMatch(
    /^Ship “With hints”: “Solved” rose by \d(\.\d)? points? \(between \d(\.\d)? and \d\d?(\.\d)? points\) against “Without hints”\.$/,
  );
  const [comparison] = metrics[0]!.comparisons;
  expect(comparison).toMatchObject({ method: 'design-based', decided: true, direction: 'good' });
  const { effect, asymptotic, relative, detectable } = comparison!;
  expect(effect.low!).toBeGreaterThan(0);
  expect(effect.low!).toBeLessThan(0.06);
  expect(effect.high!).toBeGreaterThan(0.06);
  // Exact sums and bins are the same units: the estimates agree, and the two intervals nearly.
  expect(asymptotic.estimate).toBeCloseTo(effect.estimate!, 3);
  expect(asymptotic.low!).toBeCloseTo(effect.low!, 2);
  expect(relative.estimate).toBeCloseTo(effect.estimate! / metrics[0]!.arms[0]!.mean!, 2);
  expect(detectable!).toBeGreaterThan(0.02);
  expect(detectable!).toBeLessThan(0.05);
});

test('a decrease that is wanted is told as a fall', () => {
  const record = recordOf({ metrics: [{ metric: 'minutes', role: 'primary' }] });
  const counts = counted(record, 8_000, (treated, random) => ({
    outcomes: { minutes: Math.min(60, -(treated ? 8 : 10) * Math.log(1 - uniform(random))) },
  }));
  expect(evaluated(record, counts).verdict.sentence).toMatch(
    /^Ship “With hints”: “Minutes” fell by [12](\.\d)? \(between [01]?\.\d+ and [23](\.\d)?\) against/,
  );
});

test('a primary metric that gets worse stops', () => {
  const record = recordOf();
  const counts = counted(record, 10_000, (treated, random) => ({
    outcomes: { solved: binary(treated ? 0.4 : 0.5, random) },
  }));
  const { verdict } = evaluated(record, counts);
  expect(verdict.word).toBe('stop');
  expect(verdict.sentence).toMatch(
    /^Stop: with “With hints” “Solved” fell by 1?\d(\.\d)? points \(.*\), which is harm\.$/,
  );
});

test('a guardrail that is harmed stops, also where the primary metric is better', () => {
  const record = recordOf({
    metrics: [
      { metric: 'solved', role: 'primary' },
      { metric: 'minutes', role: 'guardrail' },
    ],
  });
  const counts = counted(record, 10_000, (treated, random) => ({
    outcomes: {
      solved: binary(treated ? 0.6 : 0.5, random),
      minutes: Math.min(60, -(treated ? 13 : 10) * Math.log(1 - uniform(random))),
    },
  }));
  const { verdict, metrics } = evaluated(record, counts);
  expect(metrics[0]!.comparisons[0]!.direction).toBe('good');
  expect(verdict.word).toBe('stop');
  expect(verdict.sentence).toMatch(
    /^Stop: the guardrail “Minutes” was harmed by “With hints”: it rose by [23](\.\d)? \(between/,
  );
});

test('no effect that matters is possible any more: stop, and say so', () => {
  const record = recordOf({ minimumEffect: 0.05 });
  const counts = counted(record, 20_000, (_, random) => ({
    outcomes: { solved: binary(0.5, random) },
  }));
  const { verdict } = evaluated(record, counts);
  expect(verdict.word).toBe('stop');
  expect(verdict.sentence).toMatch(
    /^Stop: no effect of 5 points or more is possible any more in “Solved”: that of “With hints” lies between −?\d(\.\d+)? and \d(\.\d+)? points\.$/,
  );
});

test('an effect below what matters, and none above it possible', () => {
  const record = recordOf({
    minimumEffect: 0.02,
    metrics: [{ metric: 'solved', role: 'primary' }],
  });
  const counts = counted(record, 16_000, (treated, random) => ({
    outcomes: { solved: binary(treated ? 0.47 : 0.5, random) },
  }));
  const { verdict, metrics } = evaluated(record, counts);
  const { low, high } = metrics[0]!.comparisons[0]!.effect;
  expect(low!).toBeLessThan(-0.02);
  expect(high!).toBeLessThan(0.02);
  expect(verdict.sentence).toMatch(
    /^Stop: no improvement of 2 points or more is possible any more/,
  );
});

test('units that do not come as assigned make it invalid, whatever the effect', () => {
  const record = recordOf();
  const counts = counted(
    record,
    10_000,
    (treated, random) => ({ outcomes: { solved: binary(treated ? 0.6 : 0.5, random) } }),
    { share: 0.54 },
  );
  const { verdict, sampleRatio } = evaluated(record, counts);
  expect(sampleRatio.alarm).toBe(true);
  expect(verdict.word).toBe('invalid');
  expect(verdict.sentence).toMatch(
    /^Invalid: the units do not come as they were assigned \(4,\d{3} : 5,\d{3} where 1 : 1 was planned\), so no effect/,
  );
});

test('units that are scored count as exposed before their exposures show: lost ones do not pass for harm', () => {
  const record = recordOf({
    metrics: [
      { metric: 'minutes', role: 'guardrail' },
      { metric: 'solved', role: 'primary' },
    ],
  });
  const counts = counted(record, 5_000, (treated, random) => ({
    variant: Number(treated && uniform(random) < 0.7),
    period: 0,
    outcomes: { solved: binary(0.1, random), minutes: 3 },
  }));
  const whole = evaluated(record, counts);
  const early = evaluateExperiment(record, { ...counts.read(), exposures: [] }, at);
  expect(early.exposed).toBe(0);
  // The comparison itself is deceived.
  expect(early.metrics[0]!.comparisons[0]!.direction).toBe('bad');
  expect(early.verdict).toEqual(whole.verdict);
  expect(early.verdict.word).toBe('invalid');
  expect(early.sampleRatio).toEqual(whole.sampleRatio);
});

test('what the engine has paused for its sample ratio stays invalid until somebody resumes it', () => {
  const sentence = 'Invalid: the units do not come as they were assigned.';
  const held = recordOf({ state: 'paused', hold: { at: 1_772_438_400_000, sentence } });
  const fair = (record: ExperimentRecord) =>
    counted(record, 4_000, (_, random) => ({ outcomes: { solved: binary(0.5, random) } }));
  const { verdict, sampleRatio } = evaluated(held, fair(held));
  expect(verdict).toMatchObject({ word: 'invalid', sentence });
  expect(sampleRatio.alarm).toBe(true);
  const resumed = recordOf();
  expect(evaluated(resumed, fair(resumed)).verdict.word).toBe('keep running');
});

test('through a ramp each stage is held against its own weights', () => {
  const stages = [
    { traffic: 0.1, weights: [0.9, 0.1] },
    { traffic: 1, weights: [0.5, 0.5] },
  ];
  const record = recordOf({}, stages);
  const units = (wrong: boolean) => {
    const random = randomState(3);
    const counts = new CountedUnits(record);
    for (let i = 0; i < 8_000; i += 1) {
      const stage = i < 4_000 ? 1 : 2;
      const treated = uniform(random) < (stage === 1 || wrong ? 0.1 : 0.5);
      // The baseline drifts from 20 % to 60 %: a comparison over all units would see an effect.
      const solvedNow = binary(stage === 1 ? 0.2 : 0.6, random);
      counts.add({
        variant: Number(treated),
        stage,
        period: stage,
        outcomes: { solved: solvedNow },
      });
    }
    return counts;
  };
  const { sampleRatio, metrics, verdict } = evaluated(record, units(false));
  expect(sampleRatio.alarm).toBe(false);
  expect(sampleRatio.arms[1]!.expected).toBeCloseTo(0.3, 10);
  const { effect, asymptotic, decided } = metrics[0]!.comparisons[0]!;
  expect(decided).toBe(false);
  const [without, with_] = metrics[0]!.arms.map(({ mean }) => mean!) as [number, number];
  expect(with_ - without).toBeGreaterThan(0.15);
  expect(Math.abs(effect.estimate!)).toBeLessThan(0.03);
  expect(Math.abs(asymptotic.estimate!)).toBeLessThan(0.03);
  expect(verdict.word).toBe('keep running');
  const bad = evaluated(record, units(true));
  expect(bad.verdict.sentence).toMatch(/where 5,6\d\d : 2,4\d\d were planned|where 5,600 : 2,400/);
});

test('days left follow from the rate and the variance', () => {
  const record = recordOf();
  const few = counted(record, 2_000, (_, random) => ({
    outcomes: { solved: binary(0.5, random) },
  }));
  const { verdict } = evaluated(record, few);
  expect(verdict.word).toBe('keep running');
  // An effect of .02 / .5 deviations takes some 14.5 / .04² pairs, 36,000 units, of which 1,000 come a day.
  expect(verdict.daysLeft!).toBeGreaterThan(28);
  expect(verdict.daysLeft!).toBeLessThan(40);
  expect(verdict.sentence).toMatch(
    /^Keep running: the effect of “With hints” on “Solved” lies between −\d+(\.\d)? and \d+(\.\d)? points, not yet decided; about 3\d days left at the present rate\.$/,
  );
});

test('a ratio and a quantile are judged by rank', () => {
  const record = recordOf({
    metrics: [
      { metric: 'share', role: 'primary' },
      { metric: 'latency', role: 'secondary' },
    ],
  });
  const counts = counted(record, 6_000, (treated, random) => {
    const answers = 1 + Math.floor(10 * uniform(random));
    const skill = uniform(random);
    const right = Math.round(answers * Math.min(1, skill + (treated ? 0.08 : 0)));
    const slow = Math.exp(5 + normal(random) + (treated ? 0.4 : 0));
    return { outcomes: { share: [right, answers], latency: slow } };
  });
  const { metrics, verdict } = evaluated(record, counts);
  const [ratio] = metrics[0]!.comparisons;
  expect(ratio).toMatchObject({ method: 'label-betting', decided: true, direction: 'good' });
  expect(ratio!.effect).toEqual(ratio!.asymptotic);
  expect(ratio!.effect.estimate!).toBeCloseTo(0.07, 1);
  expect(verdict.word).toBe('ship');
  const [slower] = metrics[1]!.comparisons;
  expect(slower).toMatchObject({ method: 'label-betting', decided: true, direction: 'bad' });
  // The ninth decile of exp(N(5, 1)) is 535, of exp(N(5.4, 1)) 798.
  expect(metrics[1]!.arms[0]!.mean!).toBeGreaterThan(480);
  expect(metrics[1]!.arms[0]!.mean!).toBeLessThan(590);
  expect(slower!.effect.low!).toBeLessThan(263);
  expect(slower!.effect.high!).toBeGreaterThan(263);
});

test('clusters are compared by their means', () => {
  const record = recordOf({ unit: 'class' });
  const random = randomState(5);
  const counts = new CountedUnits(record);
  for (let cluster = 0; cluster < 60; cluster += 1) {
    const variant = cluster % 2;
    const rate = 0.5 + 0.08 * normal(random) + 0.2 * variant;
    for (let member = 0; member < 25; member += 1) {
      counts.add({
        ...{ variant, cluster: `c${cluster}` },
        outcomes: { solved: Number(uniform(random) < rate) },
      });
    }
  }
  const { metrics, sampleRatio, exposed } = evaluated(record, counts);
  const [comparison] = metrics[0]!.comparisons;
  expect(comparison).toMatchObject({ method: 'clusters', decided: true, direction: 'good' });
  expect(metrics[0]!.arms.map(({ units }) => units)).toEqual([30, 30]);
  expect(sampleRatio.arms.map(({ units }) => units)).toEqual([30, 30]);
  expect(exposed).toBe(1_500);
  expect(comparison!.effect.low!).toBeGreaterThan(0);
  expect(comparison!.asymptotic.low).toBeNull();
});

test('of several variants the best one is shipped, each at its part of the level', () => {
  const variants = ['without', 'with', 'more'].map((key) => ({ key, name: key, weight: 1 / 3 }));
  const weights = variants.map(({ weight }) => weight);
  const record = recordOf({ variants }, [{ traffic: 1, weights }]);
  const random = randomState(8);
  const counts = new CountedUnits(record);
  for (let i = 0; i < 15_000; i += 1) {
    const variant = Math.floor(3 * uniform(random));
    const outcomes = { solved: binary([0.5, 0.56, 0.6][variant]!, random) };
    counts.add({ variant, period: Math.floor(i / 5_000), outcomes });
  }
  const { verdict, metrics } = evaluated(record, counts);
  expect(verdict).toMatchObject({ word: 'ship', variant: 'more' });
  expect(metrics[0]!.comparisons.map(({ variant }) => variant)).toEqual(['with', 'more']);
});

test('segments are shown apart, small ones not, nor what they would follow from', () => {
  const record = recordOf({ segments: ['grade', 'school'] });
  const counts = counted(record, 3_000, (treated, random, i) => ({
    outcomes: { solved: binary(treated ? 0.6 : 0.5, random) },
    segments: [
      `grade=${i % 1_000 === 0 ? 'rare' : i % 5 === 0 ? 'five' : i % 2 === 0 ? 'even' : 'odd'}`,
      `school=${i % 2}`,
    ],
  }));
  const { segments, suppressed } = evaluated(record, counts);
  expect(segments.map(({ segment }) => segment)).toEqual([
    'grade=even',
    'grade=odd',
    'school=0',
    'school=1',
  ]);
  expect(suppressed).toBe(2);
});

test('units seen in several variants raise an alarm that the sentence tells', () => {
  const record = recordOf();
  const counts = counted(record, 1_000, (_, random, i) => ({
    crossed: i % 50 === 0,
    outcomes: { solved: binary(0.5, random) },
  }));
  const { crossed, crossedAlarm, verdict } = evaluated(record, counts);
  expect([crossed, crossedAlarm]).toEqual([20, true]);
  expect(verdict.sentence).toMatch(
    /Beware: 2 % of the units were seen in more than one variant\.$/,
  );
});

test('the order of cells and their division into partitions leave no trace', () => {
  const stages = [
    { traffic: 0.1, weights: [0.9, 0.1] },
    { traffic: 0.3, weights: [0.7, 0.3] },
    { traffic: 1, weights: [0.5, 0.5] },
  ];
  const roles = all.map(({ key }, i) => ({
    metric: key,
    role: (['primary', 'guardrail', 'secondary', 'secondary'] as const)[i]!,
  }));
  const record = recordOf({ metrics: roles, segments: ['grade'] }, stages);
  /** The same units in so many parts, begun at another place. */
  const resultOf = (parts: number, from: number): string => {
    const split = Array.from({ length: parts }, () => new CountedUnits(record));
    const random = randomState(12);
    const units = Array.from({ length: 1_500 }, (_, i): CountedUnit => {
      const stage = 1 + Math.floor(i / 500);
      const treated = uniform(random) < stages[stage - 1]!.weights[1]!;
      return {
        ...{ variant: Number(treated), stage, period: Math.floor(i / 150), hour: i % 30 },
        segments: [`grade=${i % 3}`],
        outcomes: {
          // On the grid: where a unit is rounded to is not what is asked here.
          minutes: (60 / 63) * Math.floor(64 * uniform(random) ** 2),
          solved: binary(0.4, random),
          share: [Math.floor(4 * uniform(random)), 3],
          latency: Math.exp(4 + normal(random)),
        },
      };
    });
    units.forEach((_, i) => {
      const unit = units[(i + from) % units.length]!;
      split[i % parts]!.add(unit);
    });
    const [first, ...others] = split.map((each) => each.read());
    const counts = {
      ...first!,
      exposures: [first!, ...others].flatMap((each) => each.exposures),
      outcomes: [first!, ...others].flatMap((each) => each.outcomes),
    };
    return JSON.stringify(evaluateExperiment(record, counts, at));
  };
  const whole = resultOf(1, 0);
  expect(whole).toContain('"segment":"grade=2"');
  for (const [parts, from] of [
    [1, 700],
    [2, 0],
    [5, 333],
  ] as const) {
    expect(resultOf(parts, from)).toBe(whole);
  }
});

// 300 experiments without any effect, each looked at 20 times: primary metric, guardrail and sample ratio.
test('null experiments are rarely decided, however often one looks', () => {
  const record = recordOf({
    alpha: 0.1,
    minimumEffect: 1e-6,
    metrics: [
      { metric: 'solved', role: 'primary' },
      { metric: 'minutes', role: 'guardrail' },
    ],
  });
  const runs = 300;
  let decidedEver = 0;
  let alarmed = 0;
  for (let run = 0; run < runs; run += 1) {
    const random = randomState(1_000 + run);
    const counts = new CountedUnits(record);
    let wasDecided = false;
    let wasAlarmed = false;
    for (let look = 0; look < 20; look += 1) {
      for (let i = 0; i < 50; i += 1) {
        const outcomes = { solved: binary(0.2, random), minutes: 60 * uniform(random) ** 3 };
        counts.add({ variant: Number(uniform(random) < 0.5), period: look >> 1, outcomes });
      }
      const { verdict, sampleRatio } = evaluateExperiment(record, counts.read(), at);
      wasDecided ||= verdict.word !== 'keep running';
      wasAlarmed ||= sampleRatio.alarm;
    }
    decidedEver += Number(wasDecided);
    alarmed += Number(wasAlarmed);
  }
  // The primary metric and the guardrail err with a probability of .1 each at most.
  expect(decidedEver / runs).toBeLessThan(0.2);
  expect(decidedEver).toBeGreaterThan(0);
  expect(alarmed).toBeLessThanOrEqual(3);
});
