/**
 * What is known of all users together: how each kind of signal usually comes out, how each value is usually liked, and how much
 * users differ. All of it sums, so populations of several partitions add up.
 *
 * How much users differ is read off products of an outcome with what the same user had said before: two noises that are
 * independent do not correlate, so such a product has the expectation of the variance between users alone. With d an outcome's
 * deviation from the usual one of its value, and m̄ the mean of the user's earlier deviations,
 *
 *   E[d m̄] in the same value = level² + own²,   E[d m̄] in other values = level²,   E[w d²] = w (level² + own²) + noise².
 *
 * Source: moments of a two-level random-effects model, Searle, Casella & McCulloch 1992, "Variance components", ch. 3 and 11,
 * here over a stream.
 */
import type { DecayClock } from '../linear/decayClock.ts';
import { type FadingRow, fadingRow, rowAt } from '../linear/fadingRow.ts';

/** Numbers of a signal's row and of a value's row: count, landmark, Σ w, Σ w r, Σ w r². */
export const plainWidth = rowAt.own;

/** Users by how many outcomes were known of them before: 0, 1, 2–3, 4–7, …, 64 and more. */
export const experienceLevels = [0, 1, 2, 4, 8, 16, 32, 64] as const;

/** The row of the whole population: of deviations d, then these. */
export const wholeAt = {
  /** Σ g d m̄ and Σ g by pairs within a value; the same across values. */
  sameProducts: rowAt.own,
  samePairs: rowAt.own + 1,
  otherProducts: rowAt.own + 2,
  otherPairs: rowAt.own + 3,
  /** Faded number of outcomes. */
  outcomes: rowAt.own + 4,
  /** By experience: outcomes, Σ squared error of the prediction, Σ squared deviation from the usual. */
  experience: rowAt.own + 5,
} as const;
export const experienceWidth = 3;
export const wholeWidth = wholeAt.experience + experienceLevels.length * experienceWidth;

/** Numbered from 0 in the order of first appearance. */
export interface Population {
  readonly values: Float64Array[];
  readonly signals: Float64Array[];
  readonly whole: Float64Array;
}

export interface PopulationSums {
  readonly plain: FadingRow;
  readonly whole: FadingRow;
}

export function populationSums(clock: DecayClock): PopulationSums {
  return { plain: fadingRow(clock, plainWidth), whole: fadingRow(clock, wholeWidth) };
}

export function emptyPopulation(signals: number): Population {
  return {
    values: [],
    signals: Array.from({ length: signals }, () => new Float64Array(plainWidth)),
    whole: new Float64Array(wholeWidth),
  };
}

/** Variances, in the unit of outcomes squared. */
export interface Spread {
  /** Of users' levels: how much one likes everything more than another. */
  level: number;
  /** Of a user's liking of one value beyond the own level. */
  own: number;
  /** Of one outcome of weight 1 around the user's liking. */
  noise: number;
  /** Of all together. */
  total: number;
}

/** Pairs and outcomes in place of which the usual spread counts. */
const priorPairs = 20;
/** Shares of the total that are assumed of level and own until they are known. */
const priorShare = 0.1;
/** Variance of an outcome in [−1, 1] that is assumed until it is known. */
const priorTotal = 0.25;
/** No variance is below this share of the total, so that nothing is ever certain by accident. */
const leastShare = 1e-3;

/**
 * The variances that the sums tell.
 *
 * @param whole sums of the whole population
 * @param scale by what they are multiplied to be those of now
 * @param into  overwritten
 */
export function readSpread(whole: Float64Array, scale: number, into: Spread): void {
  const outcomes = whole[wholeAt.outcomes]! * scale;
  const squares = whole[rowAt.squares]! * scale;
  const weight = whole[rowAt.weight]! * scale;
  const total = (squares + priorPairs * priorTotal) / (outcomes + priorPairs);
  const least = leastShare * total;
  const otherPairs = whole[wholeAt.otherPairs]! * scale;
  const samePairs = whole[wholeAt.samePairs]! * scale;
  const prior = priorPairs * priorShare * total;
  const level = (whole[wholeAt.otherProducts]! * scale + prior) / (otherPairs + priorPairs);
  const same = (whole[wholeAt.sameProducts]! * scale + 2 * prior) / (samePairs + priorPairs);
  into.level = Math.max(least, level);
  into.own = Math.max(least, same - into.level);
  const meanWeight = outcomes > 0 ? weight / outcomes : 1;
  into.noise = Math.max(least, total - meanWeight * (into.level + into.own));
  into.total = total;
}

/** Observations in place of which a new value counts as liked as usual, in weight. */
export const valuePrior = 10;
/** The same of a new signal and its declared usual outcome. */
export const signalPrior = 1;

/** Deviation of a value from the usual: Σ w r / Σ w, drawn to 0 while little is known of it. */
export function usualOf(row: Float64Array | undefined, scale: number): number {
  if (row === undefined) return 0;
  return (row[rowAt.rewards]! * scale) / (row[rowAt.weight]! * scale + valuePrior);
}

/** Index in `experienceLevels` of a user of whom `events` outcomes are known. */
export function experienceOf(events: number): number {
  let level = 0;
  while (level + 1 < experienceLevels.length && experienceLevels[level + 1]! <= events) level += 1;
  return level;
}
