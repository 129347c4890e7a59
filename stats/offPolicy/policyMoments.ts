/**
 * Exact sums of what the estimators need of several policies, judged on the same decisions: bit-equal under any merge.
 *
 * Five figures of each policy, with all their products, between policies as well: a difference of two policies is paired.
 * Each figure goes onto a grid (`exact/grid`), 2¹⁸ steps to the unit unless told otherwise: it moves by 2 millionths at most,
 * and may be up to 16,384 in size. For smaller chances in the log, or rewards of a larger unit, choose a coarser grid.
 */
import type { Fold } from '../../contracts/fold.ts';
import type { CrossMoments } from '../exact/crossMoments.ts';
import { type ExactCrossMomentsState, exactCrossMoments } from '../exact/exactCrossMoments.ts';
import { addInteger, exactSums, mergeSums, readSum } from '../exact/exactSum.ts';
import { checkGrid, type Grid, toGrid } from '../exact/grid.ts';
import type { WeighedReward } from './loggedDecision.ts';

/** Places of a policy's figures; those of policy p begin at p × `figuresEach`. */
export const figure = {
  /** w. */
  weight: 0,
  /** w r. */
  weightedReward: 1,
  /** r: the same for every policy. */
  reward: 2,
  /** w (r − q̂). */
  weightedResidual: 3,
  /** Σ π q̂. */
  expectation: 4,
} as const;

export const figuresEach = 5;

/** The usual grid of weights and rewards. */
export const usualGrid: Grid = { perUnit: 2 ** 18 };

export interface PolicyMomentsState {
  readonly moments: ExactCrossMomentsState;
  /** Largest weight of each policy. */
  readonly largest: Float64Array;
  /** Σ of the unsupported chance of each policy in grid steps, two limbs each. */
  readonly unsupported: Float64Array;
}

export interface PolicyMoments {
  readonly moments: CrossMoments;
  /** Largest weight of each policy; 0 before the first decision. */
  readonly largest: Float64Array;
  /** Mean chance that each policy gives to actions without a chance in the log; NaN before the first decision. */
  readonly unsupported: Float64Array;
}

/**
 * The fold for `policies` policies; `step` takes what `weigh` says of one decision for each of them. It throws RangeError,
 * leaving the state as it was, for a figure that the grid does not reach.
 *
 * @throws RangeError when policies is not an integer above 0
 */
export function policyMoments(policies = 1, grid: Grid = usualGrid) {
  if (!(Number.isSafeInteger(policies) && policies > 0)) {
    throw new RangeError(`policies: expected an integer above 0, got ${policies}`);
  }
  checkGrid(grid);
  const fold = exactCrossMoments(Array.from({ length: figuresEach * policies }, () => grid));
  const figures = new Float64Array(figuresEach * policies); // written and read within one step
  return {
    initial: () => ({
      moments: fold.initial(),
      largest: new Float64Array(policies),
      unsupported: exactSums(policies),
    }),

    step({ moments, largest, unsupported }, decisions) {
      for (let p = 0; p < policies; p += 1) {
        const { weight, reward, prediction, expectation } = decisions[p]!;
        const at = p * figuresEach;
        figures[at + figure.weight] = weight;
        figures[at + figure.weightedReward] = weight * reward;
        figures[at + figure.reward] = reward;
        figures[at + figure.weightedResidual] = weight * (reward - prediction);
        figures[at + figure.expectation] = expectation;
      }
      fold.step(moments, figures);
      for (let p = 0; p < policies; p += 1) {
        const { weight, unsupported: mass } = decisions[p]!;
        if (weight > largest[p]!) largest[p] = weight;
        if (mass > 0) addInteger(unsupported, p, toGrid(mass, grid));
      }
    },

    read: ({ moments, largest, unsupported }) => ({
      moments: fold.read(moments),
      largest: largest.slice(),
      unsupported: largest.map((_, p) => readSum(unsupported, p) / (grid.perUnit * moments.count)),
    }),

    merge(state, other) {
      fold.merge(state.moments, other.moments);
      mergeSums(state.unsupported, other.unsupported);
      for (let p = 0; p < policies; p += 1) {
        state.largest[p] = Math.max(state.largest[p]!, other.largest[p]!);
      }
    },
  } satisfies Fold<PolicyMomentsState, readonly WeighedReward[], PolicyMoments>;
}
