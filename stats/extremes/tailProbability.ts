/**
 * How probable a score at least as large is, by the scores before it: counted among them where there are enough, beyond by a
 * generalized Pareto law.
 *
 * The scores may have incidents among them that nobody has recognized: up to `trimmed` of them do not matter, because the law is
 * laid through two quantiles below, with a shape that is given. While there are few scores, Student's law with four degrees of
 * freedom is taken for theirs, whose tail is heavier than that of most standardised deviations.
 *
 * Source: peaks over threshold as in Pickands 1975; from quantiles as in Castillo & Hadi 1997.
 */

import { lowerBound } from '../lowerBound.ts';
import { studentTTail } from '../special/studentT.ts';

export interface TailProbabilityState {
  /** The last scores, as a ring: score i at i modulo the length. */
  readonly scores: Float64Array;
  count: number;
  /** Those of the last fit, ascending; empty while there are too few scores. */
  sorted: Float64Array;
  /** Above it the law holds. */
  threshold: number;
  scale: number;
}

export interface TailProbabilityOptions {
  /** Scores that are remembered. */
  readonly memory: number;
  /** Part of them above which the law holds, in (0, 1). */
  readonly share: number;
  /** Part of them that may be incidents, in (0, share). */
  readonly trimmed: number;
  /** Of the law: 0 exponential, above 0 a heavier tail. */
  readonly shape: number;
}

/** Scores from which the law is fitted, and how often. */
const scoresMin = 1_000;
const fitEvery = 500;
const earlyFreedom = 4;

export function tailProbability({ memory, share, trimmed, shape }: TailProbabilityOptions) {
  /** Excess of the law that is passed with a probability, in units of its scale. */
  const excessAt = (probability: number) =>
    shape < 1e-9 ? -Math.log(probability) : Math.expm1(-shape * Math.log(probability)) / shape;
  const span = excessAt(trimmed / share);

  function fit(state: TailProbabilityState): void {
    const sorted = state.scores.slice(0, Math.min(state.count, memory)).sort();
    const at = (part: number) => sorted[Math.floor((1 - part) * (sorted.length - 1))]!;
    state.sorted = sorted;
    state.threshold = at(share);
    state.scale = (at(trimmed) - state.threshold) / span;
  }

  return {
    initial: (): TailProbabilityState => ({
      scores: new Float64Array(memory),
      count: 0,
      sorted: new Float64Array(0),
      threshold: Number.NaN,
      scale: Number.NaN,
    }),

    /** @param score ≥ 0; others are not taken */
    step(state: TailProbabilityState, score: number): void {
      if (!(score >= 0 && score < Number.POSITIVE_INFINITY)) return;
      state.scores[state.count % memory] = score;
      state.count += 1;
      if (state.count >= scoresMin && state.count % fitEvery === 0) fit(state);
    },

    /** There are enough scores for a law of their own. */
    isFitted: ({ scale }: TailProbabilityState): boolean => scale > 0,

    /** Probability of a score at least as large, in (0, 1]. */
    of({ sorted, threshold, scale }: TailProbabilityState, score: number): number {
      if (!(score > 0)) return 1;
      if (!(scale > 0)) return 2 * studentTTail(score, earlyFreedom);
      if (score <= threshold) return (sorted.length - lowerBound(sorted, score)) / sorted.length;
      const beyond = (score - threshold) / scale;
      const logs = shape < 1e-9 ? -beyond : -Math.log1p(shape * beyond) / shape;
      return share * Math.exp(logs);
    },
  };
}
