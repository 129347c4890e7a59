/**
 * Confidence sequence for the mean of outcomes in [0, 1] in closed form: wider than `bettingSequence`, but O(1) per outcome.
 *
 * Predictable plug-in empirical Bernstein: each outcome has a weight learnt from those before it; the interval surrounds the
 * weighted mean. The state depends on the order of outcomes and does not merge.
 *
 * Source: Waudby-Smith & Ramdas 2024, 2010.09686, theorem 2.
 */
import type { Fold } from '../../contracts/fold.ts';
import type { Interval } from '../interval.ts';

export interface EmpiricalBernsteinState {
  /** Outcomes seen. */
  count: number;
  sum: number;
  /** Σ (outcome − regularised mean then)². */
  squares: number;
  /** Σ λ. */
  weight: number;
  /** Σ λ × outcome. */
  weighted: number;
  /** Σ (outcome − mean before)² (−ln(1 − λ) − λ). */
  penalty: number;
}

export interface EmpiricalBernsteinOptions {
  /** In (0, 1). */
  readonly alpha: number;
  /** Largest weight λ of an outcome, in (0, 1). */
  readonly weightMax?: number;
}

/**
 * @throws RangeError when an option is outside its range; `step` throws when an outcome is outside [0, 1]
 */
export function empiricalBernstein({ alpha, weightMax = 0.5 }: EmpiricalBernsteinOptions) {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  if (!(weightMax > 0 && weightMax < 1)) {
    throw new RangeError(`weightMax: expected in (0, 1), got ${weightMax}`);
  }
  const threshold = Math.log(2 / alpha);
  return {
    initial: (): EmpiricalBernsteinState => ({
      count: 0,
      sum: 0,
      squares: 0,
      weight: 0,
      weighted: 0,
      penalty: 0,
    }),

    step(state, outcome) {
      if (!(outcome >= 0 && outcome <= 1)) {
        throw new RangeError(`outcome: expected in [0, 1], got ${outcome}`);
      }
      const next = state.count + 1;
      const mean = (0.5 + state.sum) / next;
      const variance = (0.25 + state.squares) / next;
      const best = Math.sqrt((2 * threshold) / (variance * next * Math.log(next + 1)));
      const weight = Math.min(best, weightMax);
      state.weight += weight;
      state.weighted += weight * outcome;
      state.penalty += (outcome - mean) ** 2 * (-Math.log1p(-weight) - weight);
      state.count = next;
      state.sum += outcome;
      state.squares += (outcome - (0.5 + state.sum) / (next + 1)) ** 2;
    },

    /** The interval at this time, within [0, 1]. */
    read({ count, weight, weighted, penalty }) {
      if (count === 0) return { lower: 0, upper: 1 };
      const centre = weighted / weight;
      const radius = (threshold + penalty) / weight;
      return { lower: Math.max(0, centre - radius), upper: Math.min(1, centre + radius) };
    },
  } satisfies Fold<EmpiricalBernsteinState, number, Interval>;
}
