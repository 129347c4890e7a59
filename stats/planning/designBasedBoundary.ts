/**
 * Where the design-based mixture of bets excludes 0, for a planned experiment.
 *
 * Unit by unit the bet on effect s δ multiplies its wealth by 1 + s λ D, D = W (Y − m) with E D = τ, λ = δ π (1 − π) / σ up to
 * a largest stake. Let S = Σ π (1 − π) D, whose mean is τ v and whose variance is Ω. Given S the logarithm of the wealth of a
 * bet is nearly linear,
 *
 *     Σ n E ln(1 + s λ D) + (S − τ v) Σ n π (1 − π) Cov(ln(1 + s λ D), D) / Ω,
 *
 * sums over the stages of the traffic; the boundary is the S / √Ω at which the mixture of the bets reaches 1 / alpha. Growth
 * and covariance are those of the planned outcomes, so that skewness, uneven splits and stakes count. Where a belief is given,
 * m and σ are what `predictGroups` makes of it and of the units expected before each period; otherwise those of the control.
 *
 * Source: for the bets, Waudby-Smith & Ramdas 2024, 2010.09686, and Ham et al. 2022, 2210.08639.
 */
import type { BetPortfolio } from '../sequential/betPortfolio.ts';
import { bracketedRoot } from '../special/bracketedRoot.ts';
import type { Boundary } from './boundary.ts';
import type { SequenceTest } from './plannedDesign.ts';
import {
  type PlannedArms,
  type PlannedEffect,
  type PlannedMetric,
  plannedArms,
} from './plannedMetric.ts';
import { type Accrued, accruedBy, type TrafficStage } from './trafficPlan.ts';

/** Of the bets, as `periodOf` has them. */
const firstPeriodDays = 1 / 24;
const periodGrowth = 1.3;
/** Grid points of an outcome that is no yes or no, as `outcomeScale` has them. */
const gridBins = 64;
/** Of the arms' means to the common one, as `predictGroups` has it. */
const shrinkage = 100;

/** What is believed of an outcome before the first one, in the unit of the metric. */
export interface PlannedBelief {
  readonly mean: number;
  /** > 0. */
  readonly deviation: number;
  /** Units that it counts as much as, > 0. */
  readonly weight: number;
}

export interface DesignBasedOptions {
  readonly alpha: number;
  readonly portfolio: BetPortfolio;
  readonly metric: PlannedMetric;
  readonly effect: PlannedEffect;
  readonly traffic: readonly TrafficStage[];
  /** Days from exposure to outcome; 0 by default. */
  readonly outcomeDays?: number;
  /** Least and largest outcome of a metric that is no yes or no: they limit the bets. Absent: nothing does. */
  readonly cap?: readonly [least: number, largest: number];
  /** Largest part of its wealth that a bet may lose at one unit; 0.9 by default. */
  readonly stake?: number;
  /** Absent: m and σ are right from the first unit on. */
  readonly belief?: PlannedBelief;
}

/** Values of an outcome less the centre, and their probabilities. */
interface Outcomes {
  readonly values: readonly number[];
  readonly chances: readonly number[];
}

/** Two values for a rate; otherwise three with the moments of a normal outcome up to the fifth. */
function outcomesOf(binary: boolean, mean: number, variance: number, centre: number): Outcomes {
  if (binary) return { values: [-centre, 1 - centre], chances: [1 - mean, mean] };
  const apart = Math.sqrt(3 * variance);
  const middle = mean - centre;
  return { values: [middle - apart, middle, middle + apart], chances: [1 / 6, 2 / 3, 1 / 6] };
}

/** Of one bet at one split: mean of ln(1 + s λ D) and its covariance with D. */
interface Growth {
  readonly mean: number;
  readonly covariance: number;
}

function growthOf(
  signedBet: number,
  share: number,
  treatment: Outcomes,
  control: Outcomes,
  tau: number,
): Growth {
  let mean = 0;
  let product = 0;
  const add = ({ values, chances }: Outcomes, arm: number, weight: number): void => {
    values.forEach((value, i) => {
      const score = weight * value;
      // A bet that an impossible normal outcome would ruin keeps a thousandth.
      const log = Math.log(Math.max(1e-3, 1 + signedBet * score));
      mean += arm * chances[i]! * log;
      product += arm * chances[i]! * log * (score - tau);
    });
  };
  add(treatment, share, 1 / share);
  add(control, 1 - share, -1 / (1 - share));
  return { mean, covariance: product };
}

/** As `predictGroups` does from the counts that are expected before a period. */
function predicted(
  arms: PlannedArms,
  { mean: believed, deviation, weight }: PlannedBelief,
  share: number,
  { treatment, control }: Pick<Accrued, 'treatment' | 'control'>,
  bounds: readonly [number, number] | undefined,
): { readonly centre: number; readonly deviation: number } {
  const units = weight + treatment + control;
  const mean = (weight * believed + treatment * arms.treatment + control * arms.control) / units;
  const ofArm = (count: number, own: number): number =>
    (shrinkage * mean + count * own) / (shrinkage + count);
  const squares =
    weight * (deviation * deviation + believed * believed) +
    treatment * (arms.treatmentVariance + arms.treatment ** 2) +
    control * (arms.controlVariance + arms.control ** 2);
  return {
    centre: (1 - share) * ofArm(treatment, arms.treatment) + share * ofArm(control, arms.control),
    deviation: rounded(Math.sqrt(squares / units - mean * mean), bounds),
  };
}

/** To a power of 2^¼ where outcomes are in [0, 1], as `predictGroups` does. */
function rounded(deviation: number, bounds: readonly [number, number] | undefined): number {
  if (bounds === undefined) return deviation;
  const width = bounds[1] - bounds[0];
  return width * 2 ** (Math.round(4 * Math.log2(deviation / width)) / 4);
}

/** Every bet at one split: effects in order, first on an increase, then on a decrease. */
interface Split {
  readonly growths: readonly Growth[];
  readonly variance: number;
}

/** Of a bet on increases or decreases, as `betsOf` has it. */
function largestBet(
  [least, largest]: readonly [number, number],
  centre: number,
  share: number,
  sign: number,
  stake: number,
): number {
  const place = (centre - least) / (largest - least);
  const nearer = sign === 1 ? place : 1 - place;
  const worst = Math.max(nearer / share, (1 - nearer) / (1 - share));
  return stake / (1 + worst) / (largest - least);
}

/** What rounding at random to the grid adds to the variance of an outcome: f (1 − f) of a step, f uniform. */
function roundingVariance([least, largest]: readonly [number, number]): number {
  return ((largest - least) / (gridBins - 1)) ** 2 / 6;
}

/** Sums of the units so far. */
interface Sums {
  /** Σ n E ln(1 + s λ D) of every bet. */
  readonly means: Float64Array;
  /** Σ n π (1 − π) Cov(ln(1 + s λ D), D) of every bet. */
  readonly slopes: Float64Array;
  /** Ω. */
  total: number;
  /** Σ n π (1 − π). */
  weight: number;
}

/** A part of a stage with the same bets. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly unitsPerDay: number;
  readonly share: number;
  readonly split: Split;
}

function add(sums: Sums, { unitsPerDay, share, split }: Piece, days: number): void {
  const units = unitsPerDay * days;
  const pair = share * (1 - share);
  sums.total += units * pair * pair * split.variance;
  sums.weight += units * pair;
  split.growths.forEach(({ mean, covariance }, bet) => {
    sums.means[bet]! += units * mean;
    sums.slopes[bet]! += units * pair * covariance;
  });
}

/** The parts of the traffic one after the other: stages cut by the periods of the bets. */
function* piecesOf(
  traffic: readonly TrafficStage[],
  isLearnt: boolean,
  splitOf: (share: number, periodFrom: number) => Split,
): Generator<Piece, never> {
  let length = isLearnt ? firstPeriodDays : Infinity;
  let periodFrom = 0;
  let periodTo = length;
  let stageTo = traffic[0]!.days;
  let from = 0;
  for (let stage = 0; ; ) {
    const { unitsPerDay, treatmentShare: share } = traffic[stage]!;
    const isLast = stage === traffic.length - 1;
    const to = Math.min(periodTo, isLast ? Infinity : stageTo);
    yield { from, to, unitsPerDay, share, split: splitOf(share, periodFrom) };
    from = to;
    if (!isLast && to >= stageTo) {
      stage += 1;
      stageTo += traffic[stage]!.days;
    }
    if (to >= periodTo) {
      length *= periodGrowth;
      periodFrom = periodTo;
      periodTo += length;
    }
  }
}

/**
 * The test of one planned experiment: its boundary depends on effect, traffic and belief as the bets do.
 *
 * @throws RangeError when alpha is outside (0, 1), or metric and effect do not fit
 */
export function designBasedTest({
  alpha,
  portfolio: { effects, weights },
  metric,
  effect,
  traffic,
  outcomeDays = 0,
  stake = 0.9,
  belief,
  cap,
}: DesignBasedOptions): SequenceTest {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  const binary = metric.kind === 'binary';
  const bounds = binary ? ([0, 1] as const) : cap;
  const exact = plannedArms(metric, effect);
  const rounding = binary || bounds === undefined ? 0 : roundingVariance(bounds);
  const arms = {
    ...exact,
    treatmentVariance: exact.treatmentVariance + rounding,
    controlVariance: exact.controlVariance + rounding,
  };
  const tau = arms.treatment - arms.control;
  const bets = effects.length;

  const splitOf = (share: number, periodFrom: number): Split => {
    const { centre, deviation } =
      belief === undefined
        ? { centre: arms.control, deviation: Math.sqrt(arms.controlVariance) }
        : predicted(arms, belief, share, accruedBy(traffic, periodFrom), bounds);
    const treatment = outcomesOf(binary, arms.treatment, arms.treatmentVariance, centre);
    const control = outcomesOf(binary, arms.control, arms.controlVariance, centre);
    const pair = share * (1 - share);
    const growths: Growth[] = [];
    for (const sign of [1, -1]) {
      const largest =
        bounds === undefined ? Infinity : largestBet(bounds, centre, share, sign, stake);
      for (let j = 0; j < bets; j += 1) {
        const bet = Math.min((effects[j]! * pair) / deviation, largest);
        growths.push(growthOf(sign * bet, share, treatment, control, tau));
      }
    }
    const variance =
      (arms.treatmentVariance + (arms.treatment - centre) ** 2) / share +
      (arms.controlVariance + (arms.control - centre) ** 2) / (1 - share) -
      tau * tau;
    return { growths, variance };
  };
  const further = piecesOf(traffic, belief !== undefined, splitOf);
  const empty: Sums = {
    means: new Float64Array(2 * bets),
    slopes: new Float64Array(2 * bets),
    total: 0,
    weight: 0,
  };
  /** Each with the sums before it. */
  const pieces: { readonly piece: Piece; readonly before: Sums }[] = [
    { piece: further.next().value, before: empty },
  ];
  const copyOf = ({ means, slopes, total, weight }: Sums): Sums => {
    return { means: means.slice(), slopes: slopes.slice(), total, weight };
  };
  const sumsBy = (day: number): Sums => {
    for (let last = pieces.at(-1)!; last.piece.to < day; last = pieces.at(-1)!) {
      const before = copyOf(last.before);
      add(before, last.piece, last.piece.to - last.piece.from);
      pieces.push({ piece: further.next().value, before });
    }
    const { piece, before } = pieces.findLast((each) => each.piece.from <= day) ?? pieces[0]!;
    const sums = copyOf(before);
    add(sums, piece, Math.max(0, day - piece.from));
    return sums;
  };

  const target = -Math.log(alpha);
  const boundary: Boundary = ({ day }) => {
    const { means, slopes, total, weight } = sumsBy(day - outcomeDays);
    const drift = weight * tau;
    const root = Math.sqrt(total);
    const side = tau > 0 ? 1 : -1;
    /** ln wealth − ln 1 / alpha at S = side × z × √Ω. */
    const excess = (z: number): number => {
      const apart = (side * z * root - drift) / total;
      let largest = -Infinity;
      for (let bet = 0; bet < 2 * bets; bet += 1) {
        largest = Math.max(largest, means[bet]! + slopes[bet]! * apart);
      }
      let sum = 0;
      for (let bet = 0; bet < 2 * bets; bet += 1) {
        const log = means[bet]! + slopes[bet]! * apart;
        sum += 0.5 * weights[bet % bets]! * Math.exp(log - largest);
      }
      return largest + Math.log(sum) - target;
    };
    let high = 4;
    while (excess(high) < 0 && high < 1e6) high *= 2;
    if (high >= 1e6) return Infinity;
    return excess(0) >= 0 ? 0 : bracketedRoot(excess, 0, high, 1e-9);
  };
  if (belief === undefined) return { kind: 'sequence', boundary };
  const information = (day: number): number => {
    const { total, weight } = sumsBy(day - outcomeDays);
    return (weight * weight) / total;
  };
  return { kind: 'sequence', boundary, information };
}

/** Only the boundary of {@link designBasedTest}. */
export function designBasedBoundary(options: DesignBasedOptions): Boundary {
  return designBasedTest(options).boundary;
}
