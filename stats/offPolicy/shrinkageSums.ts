/**
 * Exact sums for choosing how much weights are shrunk: for each λ, of the estimator's terms and of the bias it takes on.
 *
 * A term is ŵ (r − q̂) + Σ π q̂, its bias (w − ŵ)(r − q̂) in the mean over the log. `clip` is the clipped IPS and knows no
 * predictions; the others are doubly robust, and without predictions become IPS with smaller weights.
 */
import type { Fold } from '../../contracts/fold.ts';
import {
  addInteger,
  addProduct,
  exactSums,
  mergeSums,
  readExactly,
  readSum,
} from '../exact/exactSum.ts';
import { checkGrid, type Grid, toGrid } from '../exact/grid.ts';
import type { WeighedReward } from './loggedDecision.ts';
import { usualGrid } from './policyMoments.ts';
import { type Shrinkage, shrinkages, shrunkWeight, usualLambdas } from './shrunkWeight.ts';

export interface ShrinkageSumsState {
  /** Decisions seen. */
  count: number;
  /** Of each candidate in turn Σ term, Σ term², Σ bias, then Σ w²; in grid steps, two limbs each. */
  readonly sums: Float64Array;
  /** Largest weight. */
  largest: number;
  /** Of each candidate: decisions whose weight was changed. */
  readonly changed: Float64Array;
}

/** What is known of one family at one λ. */
export interface ShrinkageCandidate {
  readonly family: Shrinkage;
  readonly lambda: number;
  readonly count: number;
  /** Mean of the terms: the estimate. */
  readonly mean: number;
  /** Unbiased variance of the terms. */
  readonly variance: number;
  /** Mean of (w − ŵ)(r − q̂). */
  readonly bias: number;
  /** Mean square of w, and the largest w: the same for every candidate. */
  readonly weightSquare: number;
  readonly weightLargest: number;
  /** Share of decisions whose weight was changed: for `clip` and `switch` those with w > λ. */
  readonly changed: number;
}

const each = 3;

/** `step` throws RangeError, leaving the state as it was, for a term that the grid does not reach. */
export function shrinkageSums(
  lambdas: Readonly<Record<Shrinkage, readonly number[]>> = usualLambdas,
  grid: Grid = usualGrid,
) {
  checkGrid(grid);
  const { perUnit } = grid;
  const candidates = shrinkages.flatMap((family) =>
    lambdas[family].map((lambda) => ({ family, lambda })),
  );
  const terms = new Float64Array(candidates.length); // these three written and read within one step
  const biases = new Float64Array(candidates.length);
  const changes = new Uint8Array(candidates.length);
  return {
    initial: () => ({
      count: 0,
      sums: exactSums(each * candidates.length + 1),
      largest: 0,
      changed: new Float64Array(candidates.length),
    }),

    step(state, { weight, reward, prediction, expectation }) {
      const weightSteps = toGrid(weight, grid);
      for (let i = 0; i < candidates.length; i += 1) {
        const { family, lambda } = candidates[i]!;
        const shrunk = shrunkWeight(family, weight, lambda);
        const residual = family === 'clip' ? reward : reward - prediction;
        const offset = family === 'clip' ? 0 : expectation;
        terms[i] = toGrid(shrunk * residual + offset, grid);
        biases[i] = toGrid((weight - shrunk) * residual, grid);
        changes[i] = shrunk === weight ? 0 : 1;
      }
      state.count += 1;
      for (let i = 0; i < candidates.length; i += 1) {
        const term = terms[i]!;
        addInteger(state.sums, each * i, term);
        addProduct(state.sums, each * i + 1, term, term);
        addInteger(state.sums, each * i + 2, biases[i]!);
        state.changed[i]! += changes[i]!;
      }
      addProduct(state.sums, each * candidates.length, weightSteps, weightSteps);
      state.largest = Math.max(state.largest, weight);
    },

    /** Every candidate, families in the order of `shrinkages`, each λ in the order given. */
    read({ count, sums, largest, changed }): ShrinkageCandidate[] {
      const weightSquare = readSum(sums, each * candidates.length) / (perUnit * perUnit * count);
      return candidates.map(({ family, lambda }, i) => {
        const sum = readExactly(sums, each * i);
        const spread = BigInt(count) * readExactly(sums, each * i + 1) - sum * sum;
        return {
          family,
          lambda,
          count,
          mean: readSum(sums, each * i) / (perUnit * count),
          variance: Number(spread) / (count * (count - 1) * perUnit * perUnit),
          bias: readSum(sums, each * i + 2) / (perUnit * count),
          weightSquare,
          weightLargest: largest,
          changed: changed[i]! / count,
        };
      });
    },

    merge(state, other) {
      state.count += other.count;
      mergeSums(state.sums, other.sums);
      state.largest = Math.max(state.largest, other.largest);
      for (let i = 0; i < candidates.length; i += 1) {
        state.changed[i]! += other.changed[i]!;
      }
    },
  } satisfies Fold<ShrinkageSumsState, WeighedReward, ShrinkageCandidate[]>;
}
