/**
 * False discoveries in an endless row of experiments: each is decided when it ends, without knowing the later ones.
 *
 * The t-th e-value is rejected when it is at least 1 / (alpha γₜ (R + 1)), where R counts the rejections before and
 * γₜ = 1 / (t (t + 1)) sums to 1. Of the rejections, at most alpha are false on average, under any dependence.
 *
 * Source: Xu & Ramdas 2024, "Online multiple testing with e-values", 2311.06412.
 */
import type { Fold } from '../../contracts/fold.ts';

export interface ELondState {
  /** Experiments decided, integer ≥ 0. */
  tests: number;
  /** Of these, those that were rejected. */
  rejections: number;
  /** Whether the last one was. */
  rejected: boolean;
}

/** ln of what the next e-value must reach. */
export function lnELondThreshold(
  { tests, rejections }: Pick<ELondState, 'tests' | 'rejections'>,
  alpha: number,
): number {
  const next = tests + 1;
  return Math.log(next) + Math.log(next + 1) - Math.log(alpha) - Math.log(rejections + 1);
}

/**
 * The fold of ln e-values, in the order of the decisions, into whether the last was rejected.
 *
 * @param alpha in (0, 1)
 * @throws RangeError when alpha is outside its range; `step` throws when it is given NaN
 *
 * @example
 * const discoveries = eLond(0.05);
 * const state = discoveries.initial();
 * discoveries.step(state, Math.log(41)); // needs 40: rejected
 * discoveries.step(state, Math.log(59)); // needs 60: not rejected
 */
export function eLond(alpha: number) {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  return {
    initial: (): ELondState => ({ tests: 0, rejections: 0, rejected: false }),

    step(state, lnE) {
      if (Number.isNaN(lnE)) throw new RangeError('lnE: expected a number, got NaN');
      state.rejected = lnE >= lnELondThreshold(state, alpha);
      state.tests += 1;
      if (state.rejected) state.rejections += 1;
    },

    read: ({ rejected }) => rejected,
  } satisfies Fold<ELondState, number, boolean>;
}
