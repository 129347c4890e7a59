/**
 * Mean outcome in which an answer's weight halves every half-life of event time.
 *
 * Order does not matter: a late answer enters with the weight it would have by now.
 * Source: Cormode, Shkapenyuk, Srivastava & Xu 2009, "Forward decay".
 */
import { usualRate } from './rows.ts';

/** Answers for which the usual rate counts. */
const priorWeight = 5;

/**
 * @param values     the rows
 * @param at         position of three numbers: Σ weight × (outcome − usual rate), Σ weight, their time in ms
 * @param time       event time, ms
 * @param halfLifeMs > 0
 */
export function stepDecayedRate(
  values: Float64Array,
  at: number,
  outcome: number,
  time: number,
  halfLifeMs: number,
): void {
  const weight = values[at + 1]!;
  const age = weight === 0 ? 0 : time - values[at + 2]!;
  const kept = age > 0 ? Math.exp((-Math.LN2 * age) / halfLifeMs) : 1;
  const added = age < 0 ? Math.exp((Math.LN2 * age) / halfLifeMs) : 1;
  values[at]! = values[at]! * kept + added * (outcome - usualRate);
  values[at + 1] = weight * kept + added;
  if (age >= 0) values[at + 2] = time;
}

/** Distance of the decayed mean from the usual rate, drawn to 0 while the weight is small. */
export function readDecayedRate(values: Float64Array, at: number): number {
  return values[at]! / (values[at + 1]! + priorWeight);
}

/** Answers, each with the weight that it has at `time`. @param time of now, ms; before the last answer it counts as then */
export function readDecayedWeight(
  values: Float64Array,
  at: number,
  time: number,
  halfLifeMs: number,
): number {
  const weight = values[at + 1]!;
  const age = weight === 0 ? 0 : time - values[at + 2]!;
  return age > 0 ? weight * Math.exp((-Math.LN2 * age) / halfLifeMs) : weight;
}
