/**
 * Experiments as they are planned, and their simulation unit by unit: what the planner's power is measured against.
 *
 * Outcomes come from tables of equally likely values, so that mean and variance are known exactly and a draw is one random
 * number. Clusters and ratios are pairs (sum, size), and their estimate is the ratio of sums.
 */
import { armUnitsFirst, type PlannedDesign } from '../../stats/planning/plannedDesign.ts';
import { normal, type RandomState, randomState, uint32, uniform } from '../../stats/random.ts';
import { normalQuantile } from '../../stats/special/normal.ts';
import { studentTTwoSided } from '../../stats/special/studentT.ts';
import { satterthwaite } from '../../stats/testing/estimate.ts';

/** Writes (outcome, 1), or (sum, size) of a cluster, into `unit`. */
export type Draw = (random: RandomState, treated: boolean, unit: Float64Array) => void;

/** Sums of one arm: units, ΣN, ΣD, ΣN², ΣND, ΣD². */
export type ArmSums = Float64Array;

/** What an experiment looks like to its test. */
export interface Seen {
  readonly treatment: ArmSums;
  readonly control: ArmSums;
  readonly day: number;
  /** Treatment − control, or the lift. */
  readonly effect: number;
  readonly variance: number;
}

export interface PlannedExperiment {
  readonly name: string;
  readonly design: PlannedDesign;
  readonly draw: Draw;
  /** Whether the test excludes 0 at a look. */
  readonly excludes: (seen: Seen) => boolean;
  /** Called before each run, for tests with a memory. */
  readonly reset?: () => void;
  /** Called for every unit of such a test; `day` of its exposure, with a fraction. */
  readonly take?: (treated: boolean, unit: Float64Array, share: number, day: number) => void;
}

const tableLength = 4096;

/** Quantiles of a distribution at the middles of equal shares. */
export function tableOf(quantile: (p: number) => number): Float64Array {
  return Float64Array.from({ length: tableLength }, (_, i) => quantile((i + 0.5) / tableLength));
}

/** The table with this mean and deviation. */
export function scaled(table: Float64Array, mean: number, deviation: number): Float64Array {
  const own = table.reduce((sum, y) => sum + y, 0) / table.length;
  const squares = table.reduce((sum, y) => sum + (y - own) ** 2, 0) / table.length;
  return table.map((y) => mean + ((y - own) * deviation) / Math.sqrt(squares));
}

export const gaussianTable = tableOf(normalQuantile);
export const exponentialTable = tableOf((p) => -Math.log(1 - p));

function pick(random: RandomState, table: Float64Array): number {
  return table[uint32(random) & (tableLength - 1)]!;
}

/** One outcome a unit, from a table for each arm. */
export function outcomes(control: Float64Array, treatment: Float64Array): Draw {
  return (random, treated, unit) => {
    unit[0] = pick(random, treated ? treatment : control);
    unit[1] = 1;
  };
}

export function yesOrNo(control: number, treatment: number): Draw {
  return (random, treated, unit) => {
    unit[0] = uint32(random) < 2 ** 32 * (treated ? treatment : control) ? 1 : 0;
    unit[1] = 1;
  };
}

/** Poisson counts with a gamma-like rate: a rate of one of two values makes the dispersion. */
export function counts(control: number, treatment: number, dispersion: number): Draw {
  // Rates mean (1 ± c) with equal chance: variance = mean + c² mean².
  return (random, treated, unit) => {
    const mean = treated ? treatment : control;
    const c = Math.sqrt((dispersion - 1) / mean);
    let left = mean * (uint32(random) & 1 ? 1 + c : 1 - c);
    let count = -1;
    for (; left >= 0; count += 1) left += Math.log(1 - uniform(random));
    unit[0] = count;
    unit[1] = 1;
  };
}

/** Clusters of outcomes with a normal effect of their own; sizes equally likely. */
export function clusters(
  sizes: readonly number[],
  correlation: number,
  effect: number,
  deviation: number,
): Draw {
  const own = deviation * Math.sqrt(correlation);
  const rest = deviation * Math.sqrt(1 - correlation);
  return (random, treated, unit) => {
    const size = sizes[uint32(random) % sizes.length]!;
    const mean = (treated ? effect : 0) + own * normal(random);
    unit[0] = size * mean + Math.sqrt(size) * rest * normal(random);
    unit[1] = size;
  };
}

/** Clusters of yes or no, each with a rate of one of two values around its arm's. */
export function yesOrNoClusters(
  sizes: readonly number[],
  correlation: number,
  control: number,
  treatment: number,
): Draw {
  return (random, treated, unit) => {
    const size = sizes[uint32(random) % sizes.length]!;
    const mean = treated ? treatment : control;
    const apart = Math.sqrt(correlation * mean * (1 - mean));
    const rate = mean + (uint32(random) & 1 ? apart : -apart);
    let sum = 0;
    for (let i = 0; i < size; i += 1) if (uint32(random) < 2 ** 32 * rate) sum += 1;
    unit[0] = sum;
    unit[1] = size;
  };
}

/** People with a number of views each and clicks among them; clicks follow a rate of their own around the arm's. */
export function ratios(control: number, treatment: number, spread: number): Draw {
  return (random, treated, unit) => {
    const views = 1 + (uint32(random) % 9);
    const rate = (treated ? treatment : control) * (uint32(random) & 1 ? 1 + spread : 1 - spread);
    let clicks = 0;
    for (let i = 0; i < views; i += 1) if (uint32(random) < 2 ** 32 * rate) clicks += 1;
    unit[0] = clicks;
    unit[1] = views;
  };
}

/** Deviation of (N − R D) / D̄ for {@link ratios}: E D = 5, E D² = 95 / 3. */
export function ratioDeviation(ratio: number, spread: number): number {
  const within = 5 * (ratio - ratio * ratio * (1 + spread * spread));
  const between = (95 / 3) * ratio * ratio * spread * spread;
  return Math.sqrt(within + between) / 5;
}

function ratioVariance(sums: ArmSums, ratio: number): number {
  const [units, , size] = sums as unknown as [number, number, number];
  const squares = sums[3]! - 2 * ratio * sums[4]! + ratio * ratio * sums[5]!;
  return ((squares / size) * (units / (units - 1))) / size;
}

function look(treatment: ArmSums, control: ArmSums, day: number, lift: boolean): Seen {
  const t = treatment[1]! / treatment[2]!;
  const c = control[1]! / control[2]!;
  const vt = ratioVariance(treatment, t);
  const vc = ratioVariance(control, c);
  if (!lift) return { treatment, control, day, effect: t - c, variance: vt + vc };
  const ratio = t / c;
  return {
    treatment,
    control,
    day,
    effect: (t - c) / Math.abs(c),
    variance: (vt + ratio * ratio * vc) / (c * c),
  };
}

/** Welch's test with the arms' clusters or units. */
export function welchExcludes(alpha: number): PlannedExperiment['excludes'] {
  return ({ treatment, control, effect, variance }) => {
    const vt = ratioVariance(treatment, treatment[1]! / treatment[2]!);
    const vc = ratioVariance(control, control[1]! / control[2]!);
    const freedom = satterthwaite(vt, treatment[0]! - 1, vc, control[0]! - 1);
    return effect * effect >= studentTTwoSided(alpha, freedom) ** 2 * variance;
  };
}

function add(sums: ArmSums, unit: Float64Array): void {
  const n = unit[0]!;
  const d = unit[1]!;
  sums[0]! += 1;
  sums[1]! += n;
  sums[2]! += d;
  sums[3]! += n * n;
  sums[4]! += n * d;
  sums[5]! += d * d;
}

/**
 * Shares of simulated runs that have excluded 0 by each of the days.
 *
 * @param days ascending
 */
export function simulate(
  { design, draw, excludes, reset, take }: PlannedExperiment,
  days: readonly number[],
  runs: number,
  seed: number,
): number[] {
  const { traffic, test, clusters: clustered, watched, analysis, outcomeDays = 0 } = design;
  const size = clustered?.clusterSize ?? 1;
  const random = randomState(seed);
  const unit = new Float64Array(2);
  const treatment = new Float64Array(6);
  const control = new Float64Array(6);
  const daysMax = days.at(-1)!;
  const hits = days.map(() => 0);
  const planned = test.kind === 'groupSequential' ? test.days : days;
  const everyDay = test.kind === 'sequence';
  const continuously = everyDay && watched === 'continuously';
  const first = everyDay ? armUnitsFirst(design) : 2;
  const excluded = (day: number): boolean =>
    treatment[0]! >= first &&
    control[0]! >= first &&
    excludes(look(treatment, control, day, analysis === 'lift'));
  for (let run = 0; run < runs; run += 1) {
    treatment.fill(0);
    control.fill(0);
    reset?.();
    let stopped = Infinity;
    for (let day = 1, stage = 0, left = traffic[0]!.days; day <= daysMax; day += 1) {
      // The day's units have their outcomes `outcomeDays` later; a sequence sees them then.
      if (day > outcomeDays) {
        if (left <= 0 && stage < traffic.length - 1) {
          stage += 1;
          left = traffic[stage]!.days;
        }
        left -= 1;
        const { unitsPerDay, treatmentShare } = traffic[stage]!;
        const threshold = 2 ** 32 * treatmentShare;
        const units = Math.round(unitsPerDay / size);
        for (let i = 0; i < units && stopped === Infinity; i += 1) {
          const treated = uint32(random) < threshold;
          draw(random, treated, unit);
          add(treated ? treatment : control, unit);
          take?.(treated, unit, treatmentShare, day - 1 - outcomeDays + i / units);
          if (continuously && excluded(day)) stopped = day;
        }
      }
      if (stopped === Infinity && (everyDay || planned.includes(day)) && excluded(day)) {
        if (test.kind === 'fixed') hits[days.indexOf(day)]! += 1;
        else stopped = day;
      }
      if (stopped < Infinity) break;
    }
    if (test.kind !== 'fixed') {
      days.forEach((day, at) => {
        if (stopped <= day) hits[at]! += 1;
      });
    }
  }
  return hits.map((count) => count / runs);
}
