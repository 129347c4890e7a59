/**
 * The planner's promise: experiments simulated unit by unit have the power that was planned.
 *
 * Each design is simulated on the days on which its planned power first reaches one half and 80 %; its error is the larger
 * difference. With 20,000 runs the noise of one figure is 0.35 points (a standard deviation), that of the worst of eighty
 * near 0.9.
 */
import { plannedPrecision } from '../control/experiments/clusterPrecision.ts';
import { engineBets } from '../control/experiments/compareByDesign.ts';
import {
  asymptoticBoundary,
  type Boundary,
  normalMixtureBoundary,
  rightHaarBoundary,
} from '../stats/planning/boundary.ts';
import { designBasedTest } from '../stats/planning/designBasedBoundary.ts';
import { planCurve } from '../stats/planning/planCurve.ts';
import type { PlannedDesign } from '../stats/planning/plannedDesign.ts';
import { plannedArms } from '../stats/planning/plannedMetric.ts';
import { daysToPower, powerByDay } from '../stats/planning/readCurve.ts';
import { type OutcomeBelief, vagueBelief } from '../stats/sequential/predictGroups.ts';
import { spendingBounds } from '../stats/testing/groupSequential.ts';
import {
  obrienFlemingSpending,
  pocockSpending,
  powerSpending,
  type Spending,
} from '../stats/testing/spending.ts';
import { designBets } from './support/designBets.ts';
import { engineClusters } from './support/engineClusters.ts';
import {
  clusters,
  counts,
  exponentialTable,
  gaussianTable,
  outcomes,
  type PlannedExperiment,
  ratioDeviation,
  ratios,
  scaled,
  simulate,
  welchExcludes,
  yesOrNo,
  yesOrNoClusters,
} from './support/plannedExperiments.ts';

const alpha = 0.05;
const half = (unitsPerDay: number) => [{ days: 1, unitsPerDay, treatmentShare: 0.5 }];
const split = (unitsPerDay: number, treatmentShare: number) => [
  { days: 1, unitsPerDay, treatmentShare },
];
/** Two days at 5 %, two at a fifth, then half and half. */
const ramp = (unitsPerDay: number) => [
  { days: 2, unitsPerDay: unitsPerDay / 4, treatmentShare: 0.05 },
  { days: 2, unitsPerDay: unitsPerDay / 2, treatmentShare: 0.2 },
  { days: 1, unitsPerDay, treatmentShare: 0.5 },
];

type Common = Omit<PlannedDesign, 'test' | 'daysMax'> & Pick<PlannedExperiment, 'draw' | 'name'>;

function fixed({ name, draw, ...design }: Common): PlannedExperiment {
  return {
    name: `fixed, ${name}`,
    design: { ...design, test: { kind: 'fixed', alpha }, daysMax: 60 },
    draw,
    excludes: welchExcludes(alpha),
  };
}

/** Excludes 0 at the sequence's own boundary, from what was seen. */
function sequence(
  kind: string,
  boundary: Boundary,
  { name, draw, ...design }: Common,
): PlannedExperiment {
  const known = new Map<number, number>();
  const byUnits = kind === 'asymptotic';
  return {
    name: `${kind}, ${name}`,
    design: { ...design, test: { kind: 'sequence', boundary }, daysMax: 60 },
    draw,
    excludes: ({ treatment, control, day, effect, variance }) => {
      const units = treatment[0]! + control[0]!;
      let bound = byUnits ? known.get(units) : undefined;
      if (bound === undefined) {
        const pairs = (treatment[0]! * control[0]!) / units;
        bound = boundary({ day, units, pairs, information: 1 / variance });
        if (byUnits) known.set(units, bound);
      }
      return effect * effect >= bound * bound * variance;
    },
  };
}

const asymptotic = (bestUnits: number, common: Common) =>
  sequence('asymptotic', asymptoticBoundary(alpha, bestUnits), common);

/** The engine's own comparison of class means, each class counting alike. */
function engineClasses(
  planned: number,
  { name, draw, ...design }: Common & Required<Pick<Common, 'clusters'>>,
): PlannedExperiment {
  const share = design.traffic[0]!.treatmentShare;
  const boundary = rightHaarBoundary(alpha, plannedPrecision(planned, share, alpha));
  return {
    name: `engine’s clusters, ${name}`,
    design: {
      ...design,
      clustersCount: 'alike',
      test: { kind: 'sequence', boundary },
      daysMax: 60,
    },
    draw,
    ...engineClusters({ alpha, planned, share }),
  };
}

function groupSequential(
  kind: string,
  days: readonly number[],
  spending: Spending,
  { name, draw, ...design }: Common,
): PlannedExperiment {
  const planned: PlannedDesign = {
    ...design,
    test: { kind: 'groupSequential', days, spending },
    daysMax: days.at(-1)!,
  };
  // The traffic of these designs is even: information is in proportion to the days.
  const bounds = spendingBounds({
    information: days,
    informationMax: days.at(-1)!,
    spending,
    sides: 2,
  });
  return {
    name: `${kind}, ${name}`,
    design: planned,
    draw,
    excludes: ({ day, effect, variance }) =>
      effect * effect >= bounds[days.indexOf(day)]! ** 2 * variance,
  };
}

interface Bets {
  /** Whether the experiment has the planned mean and deviation as its baseline. */
  readonly baseline: boolean;
  /** Of an outcome that is no yes or no. */
  readonly cap?: readonly [number, number];
}

/** The engine's own design-based test. */
function bets(
  { baseline, cap = [0, 1] }: Bets,
  { name, draw, ...design }: Common,
): PlannedExperiment {
  const { metric, effect } = design;
  const [least, largest] = cap;
  const width = largest - least;
  const { control, controlVariance } = plannedArms(metric, effect);
  const belief: OutcomeBelief = baseline
    ? {
        mean: (control - least) / width,
        deviation: Math.sqrt(controlVariance) / width,
        weight: 100,
      }
    : vagueBelief;
  const { mean, deviation, weight } = belief;
  const planned = { mean: least + width * mean, deviation: width * deviation, weight };
  return {
    name: `engine’s bets, ${name}, ${baseline ? 'baseline' : 'no baseline'}`,
    design: {
      ...design,
      comparison: 'within stages',
      test: designBasedTest({ ...design, alpha, portfolio: engineBets, belief: planned, cap }),
      daysMax: 90,
    },
    draw,
    ...designBets({ alpha, belief, cap, bins: metric.kind === 'binary' ? 2 : 64 }),
  };
}

const rateOf = (control: number, treatment: number) => ({
  metric: { kind: 'binary', rate: control } as const,
  effect: { kind: 'absolute', size: treatment - control } as const,
  draw: yesOrNo(control, treatment),
});
const real = (table: Float64Array, mean: number, deviation: number, lift: number) => ({
  metric: { kind: 'continuous', mean, deviation } as const,
  effect: { kind: 'relative', size: lift } as const,
  draw: outcomes(scaled(table, mean, deviation), scaled(table, mean * (1 + lift), deviation)),
});
const counted = (mean: number, dispersion: number, lift: number) => ({
  metric: { kind: 'count', mean, dispersion } as const,
  effect: { kind: 'relative', size: lift } as const,
  draw: counts(mean, mean * (1 + lift), dispersion),
});
const clicks = (ratio: number, spread: number, lift: number) => ({
  metric: {
    kind: 'ratio',
    ratio,
    deviation: Math.hypot(
      ratioDeviation(ratio, spread) * Math.SQRT1_2,
      ratioDeviation(ratio * (1 + lift), spread) * Math.SQRT1_2,
    ),
  } as const,
  effect: { kind: 'relative', size: lift } as const,
  draw: ratios(ratio, ratio * (1 + lift), spread),
});
const classes = (sizes: readonly number[], correlation: number, effect: number) => {
  const clusterSize = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const variance = sizes.reduce((sum, size) => sum + (size - clusterSize) ** 2, 0) / sizes.length;
  return {
    metric: { kind: 'continuous', mean: 0, deviation: 1 } as const,
    effect: { kind: 'absolute', size: effect } as const,
    clusters: { correlation, clusterSize, sizeVariation: Math.sqrt(variance) / clusterSize },
    draw: clusters(sizes, correlation, effect, 1),
  };
};
const even = [20];
const uneven = [10, 15, 20, 25, 30];
const passingClasses = {
  metric: { kind: 'binary', rate: 0.4 } as const,
  effect: { kind: 'absolute', size: 0.12 } as const,
  clusters: { correlation: 0.1, clusterSize: 20, sizeVariation: Math.sqrt(50) / 20 },
  draw: yesOrNoClusters(uneven, 0.1, 0.4, 0.52),
};

export const experiments: readonly PlannedExperiment[] = [
  fixed({ name: 'rate .10 to .13', ...rateOf(0.1, 0.13), traffic: half(500) }),
  fixed({ name: 'rate .30 to .36 at 15/85', ...rateOf(0.3, 0.36), traffic: split(400, 0.15) }),
  fixed({ name: 'rate, lift', ...rateOf(0.2, 0.25), traffic: half(300), analysis: 'lift' }),
  fixed({ name: 'exponential', ...real(exponentialTable, 1, 1, 0.12), traffic: half(250) }),
  fixed({
    name: 'exponential, lift',
    ...real(exponentialTable, 2, 2, 0.12),
    traffic: half(250),
    analysis: 'lift',
  }),
  fixed({ name: 'normal, 4 a day', ...real(gaussianTable, 5, 2, 0.3), traffic: half(4) }),
  fixed({ name: 'counts', ...counted(3, 1.5, 0.07), traffic: half(300) }),
  fixed({ name: 'ratio', ...clicks(0.3, 0.4, 0.08), traffic: half(200) }),
  fixed({ name: 'ramp', ...rateOf(0.1, 0.13), traffic: ramp(600) }),
  fixed({
    name: 'outcomes after 3 days',
    ...rateOf(0.2, 0.24),
    traffic: half(400),
    outcomeDays: 3,
  }),
  fixed({ name: 'classes', ...classes(even, 0.15, 0.35), traffic: half(80) }),
  fixed({ name: 'uneven classes', ...classes(uneven, 0.1, 0.22), traffic: half(120) }),
  fixed({ name: 'classes that pass', ...passingClasses, traffic: half(120) }),

  asymptotic(5000, { name: 'rate', ...rateOf(0.1, 0.13), traffic: half(500) }),
  asymptotic(5000, {
    name: 'rate, always watched',
    ...rateOf(0.1, 0.14),
    traffic: half(500),
    watched: 'continuously',
  }),
  asymptotic(1000, { name: 'rate at 15/85', ...rateOf(0.3, 0.38), traffic: split(400, 0.15) }),
  asymptotic(5000, {
    name: 'exponential',
    ...real(exponentialTable, 1, 1, 0.12),
    traffic: half(300),
  }),
  asymptotic(2000, {
    name: 'normal, always watched',
    ...real(gaussianTable, 1, 1, 0.15),
    traffic: half(200),
    watched: 'continuously',
  }),
  asymptotic(2000, { name: 'ramp', ...rateOf(0.2, 0.25), traffic: ramp(400) }),
  asymptotic(2000, {
    name: 'ramp, always watched',
    ...rateOf(0.2, 0.26),
    traffic: ramp(400),
    watched: 'continuously',
  }),
  asymptotic(2000, {
    name: 'rate, lift',
    ...rateOf(0.3, 0.36),
    traffic: half(200),
    analysis: 'lift',
  }),
  asymptotic(2000, { name: 'counts', ...counted(3, 1.5, 0.09), traffic: half(200) }),
  asymptotic(2000, { name: 'ratio', ...clicks(0.3, 0.4, 0.1), traffic: half(150) }),
  asymptotic(2000, {
    name: 'outcomes after 3 days',
    ...rateOf(0.3, 0.36),
    traffic: half(200),
    outcomeDays: 3,
  }),
  asymptotic(200, { name: 'uneven classes', ...classes(uneven, 0.1, 0.2), traffic: half(200) }),
  asymptotic(200, { name: 'classes that pass', ...passingClasses, traffic: half(200) }),

  sequence('normal mixture', normalMixtureBoundary(alpha, 0.03 ** 2), {
    name: 'rate',
    ...rateOf(0.1, 0.13),
    traffic: half(500),
  }),
  sequence('normal mixture', normalMixtureBoundary(alpha, 0.1 ** 2), {
    name: 'exponential, always watched',
    ...real(exponentialTable, 1, 1, 0.15),
    traffic: half(200),
    watched: 'continuously',
  }),
  sequence('normal mixture', normalMixtureBoundary(alpha, 0.05 ** 2), {
    name: 'ramp',
    ...rateOf(0.2, 0.25),
    traffic: ramp(400),
  }),

  engineClasses(40, {
    name: 'after each',
    ...classes(even, 0.15, 0.6),
    traffic: half(40),
    armUnitsFirst: 3,
  }),
  engineClasses(60, {
    name: '5 a day',
    ...classes(even, 0.15, 0.4),
    traffic: half(100),
    armUnitsFirst: 3,
  }),
  engineClasses(40, {
    name: 'half of what is needed planned',
    ...classes(even, 0.1, 0.3),
    traffic: half(100),
    armUnitsFirst: 3,
  }),
  engineClasses(100, {
    name: 'uneven, 10 a day',
    ...classes(uneven, 0.1, 0.25),
    traffic: half(200),
    armUnitsFirst: 3,
  }),
  engineClasses(80, {
    name: 'one in four treated',
    ...classes(even, 0.2, 0.5),
    traffic: split(100, 0.25),
    armUnitsFirst: 3,
  }),
  engineClasses(80, {
    name: 'classes that pass',
    ...passingClasses,
    traffic: half(120),
    armUnitsFirst: 4,
  }),

  groupSequential('O’Brien–Fleming', [2, 4, 6, 8, 10], obrienFlemingSpending(alpha / 2), {
    name: 'rate',
    ...rateOf(0.1, 0.13),
    traffic: half(350),
  }),
  groupSequential('Pocock', [3, 6, 9, 12], pocockSpending(alpha / 2), {
    name: 'exponential',
    ...real(exponentialTable, 1, 1, 0.12),
    traffic: half(220),
  }),
  groupSequential('power family', [1, 2, 4, 7, 12], powerSpending(alpha / 2, 2), {
    name: 'rate at 15/85',
    ...rateOf(0.3, 0.36),
    traffic: split(400, 0.15),
  }),
  groupSequential('O’Brien–Fleming', [4, 8, 12], obrienFlemingSpending(alpha / 2), {
    name: 'classes that pass',
    ...passingClasses,
    traffic: half(200),
  }),

  ...[true, false].flatMap((baseline) => [
    bets({ baseline }, { name: 'rate .50 to .56', ...rateOf(0.5, 0.56), traffic: half(300) }),
    bets({ baseline }, { name: 'rate .10 to .13', ...rateOf(0.1, 0.13), traffic: half(500) }),
    bets({ baseline }, { name: 'rate .03 to .09', ...rateOf(0.03, 0.09), traffic: half(120) }),
    bets(
      { baseline },
      {
        name: 'rate .30 to .38 at 20/80',
        ...rateOf(0.3, 0.38),
        traffic: split(300, 0.2),
      },
    ),
    bets({ baseline }, { name: 'ramp', ...rateOf(0.2, 0.25), traffic: ramp(400) }),
    bets(
      { baseline, cap: [0, 120] },
      {
        name: 'minutes of [0, 120]',
        ...real(gaussianTable, 40, 10, 0.06),
        traffic: half(80),
      },
    ),
  ]),
];

export interface Checked {
  readonly name: string;
  readonly days: readonly number[];
  readonly planned: readonly number[];
  readonly simulated: readonly number[];
  /** Largest difference, in points. */
  readonly error: number;
}

export function checkDesign(
  experiment: PlannedExperiment,
  powers: readonly number[],
  runs: number,
  seed: number,
): Checked {
  const curve = planCurve(experiment.design);
  const days = [...new Set(powers.map((power) => daysToPower(curve, power)))].filter(
    Number.isFinite,
  );
  if (days.length === 0) throw new Error(`${experiment.name}: never reaches the wanted power`);
  const planned = days.map((day) => powerByDay(curve, day));
  const simulated = simulate(experiment, days, runs, seed);
  const errors = planned.map((power, at) => 100 * Math.abs(power - simulated[at]!));
  return { name: experiment.name, days, planned, simulated, error: Math.max(...errors) };
}

export async function run({ full }: { full: boolean }): Promise<Record<string, number | string>> {
  const runs = full ? 20_000 : 400;
  const started = performance.now();
  const results = experiments.map((experiment, place) => {
    const result = checkDesign(experiment, [0.5, 0.8], runs, 1_000 + place);
    const percents = (shares: readonly number[]) =>
      shares.map((share) => (100 * share).toFixed(1)).join(' ');
    console.log(
      `  ${result.name.padEnd(44)} day ${result.days.join(' ').padEnd(6)} planned ` +
        `${percents(result.planned)}  seen ${percents(result.simulated)}`,
    );
    return result;
  });
  const worst = results.reduce((left, right) => (right.error > left.error ? right : left));
  const mean = results.reduce((sum, { error }) => sum + error, 0) / results.length;
  return {
    designs: results.length,
    runs,
    worst_error_points: worst.error,
    worst_design: worst.name,
    mean_error_points: mean,
    seconds: (performance.now() - started) / 1000,
  };
}
