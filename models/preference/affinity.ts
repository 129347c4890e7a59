/**
 * How a user likes a value: the population's liking of it, the user's level, and what is the user's own, each as certain as the
 * data allow.
 *
 * Model: outcome = usual of signal + usual of value + level of user + own of user and value + noise / √w, all normal. Given the
 * variances this is the posterior mean and standard deviation, exactly; the liking of one who was never seen is the
 * population's, and draws away from it as outcomes come.
 *
 * Source: the best linear unbiased predictor, Robinson 1991, "That BLUP is a good thing"; empirical Bayes: Efron & Morris 1973.
 */
import { rowAt } from '../linear/fadingRow.ts';
import { type Population, type Spread, usualOf, valuePrior } from './population.ts';
import { entryAt, headAt, type UserRows } from './userRow.ts';

export interface Affinity {
  /** Expected outcome beyond the usual one of its signal: 0 is neither liked nor disliked. Population + level + own. */
  mean: number;
  standardError: number;
  /** How the value is liked by all. */
  population: number;
  /** How much the user likes everything. */
  level: number;
  /** How much the user likes this value beyond both. */
  own: number;
  /** Faded weight of the user's outcomes of this value. */
  weight: number;
}

export function emptyAffinity(): Affinity {
  return { mean: 0, standardError: 0, population: 0, level: 0, own: 0, weight: 0 };
}

/** The user's level: its posterior mean and variance. */
export interface Level {
  mean: number;
  variance: number;
}

/**
 * @param at    where the user's row begins; −1 for a user who is not known
 * @param scale of the user's row, see `UserRows.scale`
 * @param usualScale of the population's rows
 * @param into  overwritten
 */
export function readLevel(
  { width }: UserRows,
  rows: Float64Array,
  at: number,
  scale: number,
  population: Population,
  usualScale: (row: Float64Array) => number,
  spread: Spread,
  into: Level,
): void {
  let precision = 1 / spread.level;
  let sum = 0;
  if (at >= 0) {
    for (let entry = at + headAt.width; entry < at + width; entry += entryAt.width) {
      const weight = rows[entry + entryAt.weight]! * scale;
      if (!(weight > 0)) continue;
      const row = population.values[rows[entry]! - 1];
      const usual = row === undefined ? 0 : usualOf(row, usualScale(row));
      const certain = 1 / (spread.own + spread.noise / weight);
      precision += certain;
      sum += certain * ((rows[entry + entryAt.sum]! * scale) / weight - usual);
    }
    const rest = rows[at + headAt.restWeight]! * scale;
    if (rest > 0) {
      const certain = 1 / (spread.own + spread.noise / rest);
      precision += certain;
      sum += (certain * (rows[at + headAt.restSum]! * scale)) / rest;
    }
  }
  into.mean = sum / precision;
  into.variance = 1 / precision;
}

/**
 * The user's liking of one value, given the level.
 *
 * @param value of the population, undefined for one that was never seen
 * @param entry of the user, −1 when there is none
 */
export function readAffinity(
  rows: Float64Array,
  entry: number,
  scale: number,
  value: Float64Array | undefined,
  valueScale: number,
  spread: Spread,
  level: Level,
  into: Affinity,
): void {
  const usual = usualOf(value, valueScale);
  const known = value === undefined ? 0 : value[rowAt.weight]! * valueScale;
  const weight = entry < 0 ? 0 : rows[entry + entryAt.weight]! * scale;
  const share = weight > 0 ? spread.own / (spread.own + spread.noise / weight) : 0;
  const seen = weight > 0 ? (rows[entry + entryAt.sum]! * scale) / weight - usual : 0;
  into.population = usual;
  into.level = level.mean;
  into.own = share * (seen - level.mean);
  into.mean = usual + into.level + into.own;
  const variance =
    spread.own * (1 - share) +
    (1 - share) ** 2 * level.variance +
    ((1 - share) ** 2 * spread.total) / (known + valuePrior);
  into.standardError = Math.sqrt(variance);
  into.weight = weight;
}
