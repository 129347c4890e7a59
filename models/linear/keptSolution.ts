/**
 * A solution that follows its sums event by event, in the same row: weights and inverse by Sherman–Morrison, made anew
 * from the sums before rounding adds up.
 *
 * The inverse is kept, not the Cholesky factor. At 32 features a rank-one change of inverse and weights took 1.5 µs; one of the
 * factor took 0.9 µs, and the two triangular solutions for the weights 1.0 µs more; and scores cost 1.4 times as much by the
 * factor. What the inverse lacks in stability the sums give back: it is made anew after 1, 2, 4, 8 … observations, while
 * it still changes much with each, then after every {@link solveEvery}, and with each tick of the decay clock.
 *
 * Over a million updates weights stayed within 2e-12 of the fresh solution, relatively; variances of scores within 1e-10, where
 * features are nearly the same (condition 3e6) within 2e-9, of which a fresh inverse has 3e-10 itself (test `onlineRidge`).
 *
 * Being part of the row, it is copied by a checkpoint: a restored learner goes on to the same bits.
 *
 * Source: Sherman & Morrison 1950.
 */
import { packedLength } from '../../stats/exact/packedSymmetric.ts';
import { addDiagonal, factorize, invertFactor, solveLower, solveUpper } from './cholesky.ts';
import { rowAt } from './fadingRow.ts';
import type { LinearSums } from './linearSums.ts';
import { addOuter, dot, formOf, multiply } from './packedProducts.ts';

/** Most observations between two solutions. */
export const solveEvery = 512;

/** Behind the sums of a row. */
const tickAt = 0;
/** Observations since the solution was made, plus 1; 0 when there is none. */
const agesAt = 1;
const weightsAt = 2;

export interface KeptSolution {
  /** Numbers in a row, the sums and what follows them. */
  readonly width: number;
  /** Where in a row the weights lie. */
  readonly weightsAt: number;
  /** Makes the solution anew if it is due by a time; call it before each observation. */
  refresh(values: Float64Array, at: number, time: number): void;
  /** Adds the other row's sums to the first's and solves them, as of the later of their ticks. */
  merge(values: Float64Array, at: number, other: Float64Array, otherAt: number): void;
  mean(values: Float64Array, at: number, x: Float64Array): number;
  /** xᵀ A⁻¹ x. */
  variance(values: Float64Array, at: number, x: Float64Array): number;
  /** Puts B⁻¹x into `direction`, B = (λ/s) I + S with S as it is stored, and returns xᵀ B⁻¹ x. */
  leverage(values: Float64Array, at: number, x: Float64Array): number;
  /**
   * Follows an observation whose `leverage` was taken: weights += step × direction, and B += curvature × x xᵀ.
   *
   * @param leverage that was returned
   */
  follow(values: Float64Array, at: number, leverage: number, step: number, curvature: number): void;
}

/** @param ridge λ, > 0 */
export function keptSolution(sums: LinearSums, ridge: number): KeptSolution {
  const { dimension, productsAt } = sums;
  const keptAt = sums.width;
  const inverseAt = keptAt + weightsAt + dimension;
  const packed = packedLength(dimension);
  const direction = new Float64Array(dimension);

  function solve(values: Float64Array, at: number, tick: number): void {
    const kept = at + keptAt;
    const inverse = at + inverseAt;
    values.copyWithin(inverse, at + productsAt, at + productsAt + packed);
    addDiagonal(values, inverse, dimension, ridge / sums.scale(values, at, tick));
    factorize(values, inverse, dimension);
    for (let i = 0; i < dimension; i += 1) direction[i] = values[at + rowAt.own + i]!;
    solveLower(values, inverse, direction);
    solveUpper(values, inverse, direction);
    values.set(direction, kept + weightsAt);
    invertFactor(values, inverse, dimension);
    values[kept + tickAt] = tick;
    values[kept + agesAt] = 1;
  }

  return {
    width: inverseAt + packed,
    weightsAt: keptAt + weightsAt,
    refresh(values, at, time) {
      sums.advance(values, at, time);
      const kept = at + keptAt;
      const tick = Math.max(sums.clock.tick(time), values[kept + tickAt]!);
      const age = values[kept + agesAt]! - 1;
      const count = values[at + rowAt.count]!;
      const isDue = age >= solveEvery || (age > 0 && count <= solveEvery && isPowerOfTwo(count));
      if (age < 0 || isDue || tick > values[kept + tickAt]!) solve(values, at, tick);
    },
    merge(values, at, other, otherAt) {
      sums.merge(values, at, other, otherAt);
      const tick = Math.max(values[at + keptAt + tickAt]!, other[otherAt + keptAt + tickAt]!);
      if (values[at + rowAt.count]! > 0) solve(values, at, tick);
    },
    mean: (values, at, x) => dot(values, at + keptAt + weightsAt, x),
    variance(values, at, x) {
      const kept = at + keptAt;
      if (values[kept + agesAt] === 0) return dot(x, 0, x) / ridge;
      return formOf(values, at + inverseAt, x) / sums.scale(values, at, values[kept + tickAt]!);
    },
    leverage: (values, at, x) => multiply(values, at + inverseAt, x, direction),
    follow(values, at, leverage, step, curvature) {
      const kept = at + keptAt;
      const weights = kept + weightsAt;
      for (let i = 0; i < dimension; i += 1) values[weights + i]! += step * direction[i]!;
      addOuter(values, at + inverseAt, direction, -curvature / (1 + curvature * leverage));
      values[kept + agesAt]! += 1;
    },
  };
}

function isPowerOfTwo(count: number): boolean {
  return (count & (count - 1)) === 0;
}
