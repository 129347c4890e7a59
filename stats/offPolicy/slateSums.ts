/**
 * Off-policy evaluation of slates: several positions, each with its action, weight and reward; exact sums, the slate as unit.
 *
 * | estimator of Σ rewards | a slate's term | right if |
 * | --- | --- | --- |
 * | `standard` | Π w × Σ r | always; hopeless variance for long slates |
 * | `cascade` | Σ (w₁ … w_k) r_k | a reward depends on its position and those above |
 * | `independent` | Σ w_k r_k | a reward depends on its own position alone |
 * | `pseudoInverse` | (1 − K + Σ w_k) Σ r | the slate's reward is a sum of unknown parts by position |
 *
 * w_k is the chance of the action at position k under the target by that under the logging policy. The pseudo-inverse has this
 * simple form where the logging policy draws positions independently; `cascade` and `standard` take the weights as those
 * given the positions above.
 *
 * Source: Swaminathan et al. 2017, 1605.04812 (pseudo-inverse); Li, Abbasi-Yadkori, Kveton et al. 2018 (independent); McInerney,
 * Brost, Chandar, Mehrotra & Carterette 2020, 2007.12986 (cascade).
 */
import type { Fold } from '../../contracts/fold.ts';
import type { CrossMoments } from '../exact/crossMoments.ts';
import { type ExactCrossMomentsState, exactCrossMoments } from '../exact/exactCrossMoments.ts';
import type { Grid } from '../exact/grid.ts';
import type { Estimate } from '../testing/estimate.ts';
import { ratioEstimate } from '../testing/ratioMetric.ts';
import { linearEstimate } from './policyEstimate.ts';
import { usualGrid } from './policyMoments.ts';

export interface WeighedSlate {
  /** w_k by position, ≥ 0. */
  readonly weights: ArrayLike<number>;
  /** r_k by position. */
  readonly rewards: ArrayLike<number>;
}

export interface SlateEstimates {
  readonly slates: number;
  /** IPS of each position's reward. */
  readonly positions: readonly Estimate[];
  /** Self-normalized IPS of each position's reward. */
  readonly normalizedPositions: readonly Estimate[];
  readonly independent: Estimate;
  readonly cascade: Estimate;
  readonly pseudoInverse: Estimate;
  /** Pseudo-inverse by its mean weight. */
  readonly normalizedPseudoInverse: Estimate;
  readonly standard: Estimate;
}

/**
 * The fold for slates of `positions` positions.
 *
 * @throws RangeError when positions is not an integer above 0; `step` throws, leaving the state as it was, for a figure that
 *   the grid does not reach
 */
export function slateSums(positions: number, grid: Grid = usualGrid) {
  if (!(Number.isSafeInteger(positions) && positions > 0)) {
    throw new RangeError(`positions: expected an integer above 0, got ${positions}`);
  }
  // Weights by position, weighted rewards by position, then the figures of whole slates.
  const cascade = 2 * positions;
  const inverseWeight = cascade + 1;
  const inverse = cascade + 2;
  const standard = cascade + 3;
  const size = cascade + 4;
  const fold = exactCrossMoments(Array.from({ length: size }, () => grid));
  const figures = new Float64Array(size); // written and read within one step

  function total(moments: CrossMoments, places: readonly number[]): Estimate {
    const gradient = new Float64Array(size);
    let estimate = 0;
    for (const place of places) {
      gradient[place] = 1;
      estimate += moments.means[place]!;
    }
    return linearEstimate(estimate, gradient, moments);
  }

  return {
    initial: fold.initial,

    step(state, { weights, rewards }) {
      let product = 1;
      let excess = 0;
      let reward = 0;
      figures[cascade] = 0;
      for (let k = 0; k < positions; k += 1) {
        product *= weights[k]!;
        excess += weights[k]! - 1;
        reward += rewards[k]!;
        figures[k] = weights[k]!;
        figures[positions + k] = weights[k]! * rewards[k]!;
        figures[cascade]! += product * rewards[k]!;
      }
      figures[inverseWeight] = 1 + excess;
      figures[inverse] = (1 + excess) * reward;
      figures[standard] = product * reward;
      fold.step(state, figures);
    },

    read(state) {
      const moments = fold.read(state);
      const places = Array.from({ length: positions }, (_, k) => k);
      return {
        slates: moments.count,
        positions: places.map((k) => total(moments, [positions + k])),
        normalizedPositions: places.map((k) => ratioEstimate(moments, positions + k, k)),
        independent: total(
          moments,
          places.map((k) => positions + k),
        ),
        cascade: total(moments, [cascade]),
        pseudoInverse: total(moments, [inverse]),
        normalizedPseudoInverse: ratioEstimate(moments, inverse, inverseWeight),
        standard: total(moments, [standard]),
      };
    },

    merge: fold.merge,
  } satisfies Fold<ExactCrossMomentsState, WeighedSlate, SlateEstimates>;
}
