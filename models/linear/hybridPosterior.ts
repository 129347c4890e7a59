/**
 * The hybrid linear model, solved from sums: weights β over features that all actions share, and weights θ of each action over
 * the context.
 *
 * Each action's sums are those of its joint vectors (x, z), context first, so they merge as all linear sums do. Eliminating
 * the actions one by one (a Schur complement each) leaves a system of the size of z, whatever the number of actions. The
 * result is the ridge regression over (β, θ₁, θ₂, …) to rounding.
 *
 * Source: Li, Chu, Langford & Schapire 2010, algorithm 2; λ for the identity there.
 */
import { packedLength } from '../../stats/exact/packedSymmetric.ts';
import { addDiagonal, factorize, invertFactor, solveLower, solveUpper } from './cholesky.ts';
import { rowAt } from './fadingRow.ts';
import type { GaussianPosterior } from './gaussianPosterior.ts';
import type { LinearSums } from './linearSums.ts';

/** Where a row of sums lies. */
export interface RowPlace {
  readonly values: Float64Array;
  readonly at: number;
}

export interface HybridAction {
  /** Of θ given β: means at the mean of β, and the covariance that is left. */
  readonly own: GaussianPosterior;
  /** A⁻¹B, context × shared, row-major: how θ leans on β. */
  readonly lean: Float64Array;
}

export interface HybridPosterior {
  /** Of β. */
  readonly shared: GaussianPosterior;
  /** In the order of the rows. */
  readonly actions: readonly HybridAction[];
}

/**
 * @param sums  over context + shared features
 * @param rows  of each action; undefined where nothing has been observed
 * @param ridge λ, > 0
 * @param time  as of which the sums are solved
 */
export function hybridPosterior(
  sums: LinearSums,
  contextSize: number,
  rows: readonly (RowPlace | undefined)[],
  ridge: number,
  time: number,
): HybridPosterior {
  const sharedSize = sums.dimension - contextSize;
  const factor = new Float64Array(packedLength(sharedSize));
  const weights = new Float64Array(sharedSize);
  addDiagonal(factor, 0, sharedSize, ridge);
  const parts = rows.map((row) => eliminate(sums, contextSize, row, ridge, time, factor, weights));
  factorize(factor, 0, sharedSize);
  solveLower(factor, 0, weights);
  solveUpper(factor, 0, weights);
  for (const { own, lean } of parts) {
    for (let j = 0; j < contextSize; j += 1) {
      for (let i = 0; i < sharedSize; i += 1) {
        own.weights[j]! -= lean[j * sharedSize + i]! * weights[i]!;
      }
    }
  }
  const covariance = factor.slice();
  invertFactor(covariance, 0, sharedSize);
  return { shared: { weights, covariance, factor, isDiagonal: false }, actions: parts };
}

/** Solves one action given β = 0, and takes what it says of β into the shared system. */
function eliminate(
  sums: LinearSums,
  contextSize: number,
  row: RowPlace | undefined,
  ridge: number,
  time: number,
  system: Float64Array,
  right: Float64Array,
): HybridAction {
  const sharedSize = sums.dimension - contextSize;
  const ownLength = packedLength(contextSize);
  const factor = new Float64Array(ownLength);
  const weights = new Float64Array(contextSize);
  const lean = new Float64Array(contextSize * sharedSize);
  if (row !== undefined) {
    const { values, at } = row;
    const scale = sums.scale(values, at, time);
    const products = at + sums.productsAt;
    const moments = at + rowAt.own;
    for (let i = 0; i < ownLength; i += 1) factor[i] = scale * values[products + i]!;
    addDiagonal(factor, 0, contextSize, ridge);
    factorize(factor, 0, contextSize);
    for (let j = 0; j < contextSize; j += 1) weights[j] = scale * values[moments + j]!;
    solveLower(factor, 0, weights);
    solveUpper(factor, 0, weights);
    const column = new Float64Array(contextSize);
    let rowOfShared = products + ownLength;
    let place = 0;
    for (let i = 0; i < sharedSize; i += 1) {
      // Row i of z: Σ z_i x first, then Σ z_i z_h for h ≤ i.
      for (let j = 0; j < contextSize; j += 1) column[j] = scale * values[rowOfShared + j]!;
      right[i]! += scale * values[moments + contextSize + i]!;
      for (let j = 0; j < contextSize; j += 1) right[i]! -= column[j]! * weights[j]!;
      solveLower(factor, 0, column);
      solveUpper(factor, 0, column);
      for (let j = 0; j < contextSize; j += 1) lean[j * sharedSize + i] = column[j]!;
      for (let h = 0; h <= i; h += 1) {
        let sum = values[rowOfShared + contextSize + h]!;
        for (let j = 0; j < contextSize; j += 1) {
          sum -= values[rowOfShared + j]! * lean[j * sharedSize + h]!;
        }
        system[place]! += scale * sum;
        place += 1;
      }
      rowOfShared += contextSize + i + 1;
    }
  } else {
    addDiagonal(factor, 0, contextSize, Math.sqrt(ridge));
  }
  const covariance = factor.slice();
  invertFactor(covariance, 0, contextSize);
  return { own: { weights, covariance, factor, isDiagonal: false }, lean };
}
