/**
 * All that a linear learner need remember of its observations: weighted sums, in one row of a typed array.
 *
 * Rows of equal layout merge by addition, whatever partition, machine or time they come from, and in any order (to
 * rounding). The regularization λI is not part of them: it is put in when they are solved, once, not once a part.
 *
 * Source: Li, Chu, Langford & Schapire 2010, "A contextual-bandit approach to personalized news article
 * recommendation" (A and b); forgetting: `decayClock`.
 */
import { packedLength } from '../../stats/exact/packedSymmetric.ts';
import { type DecayClock, decayClock } from './decayClock.ts';
import { type FadingRow, fadingRow, rowAt } from './fadingRow.ts';
import { addOuter } from './packedProducts.ts';

/** A row: what `rowAt` says, then Σ w r x, then the packed Σ w x xᵀ. */
export interface LinearSums extends FadingRow {
  /** Features of an observation. */
  readonly dimension: number;
  /** Numbers in a row; all 0 in a new one. */
  readonly width: number;
  /** Where in a row the packed Σ w x xᵀ begins. */
  readonly productsAt: number;
  readonly clock: DecayClock;
  /**
   * Takes one observation; nothing is allocated.
   *
   * @param at     where the row begins
   * @param x      features, `dimension` of them
   * @param weight importance, ≥ 0
   * @param time   event time, ms
   * @throws RangeError when reward, weight or a feature is not finite: it would spoil the sums for good
   */
  add(
    values: Float64Array,
    at: number,
    x: Float64Array,
    reward: number,
    weight: number,
    time: number,
  ): void;
  /**
   * Takes an observation whose part in Σ w x xᵀ and in Σ w r x is told apart, for learners that linearize.
   *
   * @param curvature × weight is added to the first, `slope` × weight to the second
   * @returns the observation's weight in the sums as they are stored: `weight` × 2^((time − landmark) / half-life)
   */
  addCurved(
    values: Float64Array,
    at: number,
    x: Float64Array,
    curvature: number,
    slope: number,
    reward: number,
    weight: number,
    time: number,
  ): number;
  /** By what the stored sums are to be multiplied to be those at `time`, 2^((landmark − time) / half-life). */
  scale(values: Float64Array, at: number, time: number): number;
}

/**
 * The sums over `dimension` features.
 *
 * @param halfLifeMs in which an observation's weight halves, whole ms of event time, or Infinity
 * @throws RangeError when dimension is not an integer above 0
 *
 * @example
 * const sums = linearSums(2);
 * const row = new Float64Array(sums.width);
 * sums.add(row, 0, Float64Array.of(1, 3), 0.5, 1, 0);
 * // count 1, landmark 0, weight 1, rewards 0.5, squares 0.25, moments 0.5 1.5, products 1 3 9
 */
export function linearSums(dimension: number, halfLifeMs = Infinity): LinearSums {
  if (!(Number.isInteger(dimension) && dimension > 0)) {
    throw new RangeError(`dimension: expected an integer above 0, got ${dimension}`);
  }
  const clock = decayClock(halfLifeMs);
  const productsAt = rowAt.own + dimension;
  const width = productsAt + packedLength(dimension);
  const row = fadingRow(clock, width);

  function addCurved(
    values: Float64Array,
    at: number,
    x: Float64Array,
    curvature: number,
    slope: number,
    reward: number,
    weight: number,
    time: number,
  ): number {
    if (x.length !== dimension) {
      throw new RangeError(`x: expected ${dimension} features, got ${x.length}`);
    }
    let total = 0;
    for (let i = 0; i < dimension; i += 1) total += x[i]!;
    // A sum is finite only if everything in it is; features near the largest number are no features.
    if (!Number.isFinite(total + reward * weight) || !(weight >= 0)) {
      refuse(x, reward, weight);
    }
    row.advance(values, at, time);
    const w = weight * clock.weight(time, values[at + rowAt.landmark]!);
    values[at + rowAt.count]! += 1;
    values[at + rowAt.weight]! += w;
    values[at + rowAt.rewards]! += w * reward;
    values[at + rowAt.squares]! += w * reward * reward;
    const moment = w * slope;
    const momentsAt = at + rowAt.own;
    for (let i = 0; i < dimension; i += 1) values[momentsAt + i]! += moment * x[i]!;
    addOuter(values, at + productsAt, x, w * curvature);
    return w;
  }

  return {
    dimension,
    width,
    productsAt,
    clock,
    add(values, at, x, reward, weight, time) {
      addCurved(values, at, x, 1, reward, reward, weight, time);
    },
    addCurved,
    merge: row.merge,
    advance: row.advance,
    scale: (values, at, time) => 1 / clock.weight(time, values[at + rowAt.landmark]!),
  };
}

function refuse(x: Float64Array, reward: number, weight: number): never {
  if (!(Number.isFinite(weight) && weight >= 0)) {
    throw new RangeError(`weight: expected finite and at least 0, got ${weight}`);
  }
  if (!Number.isFinite(reward)) throw new RangeError(`reward: expected finite, got ${reward}`);
  const place = x.findIndex((each) => !Number.isFinite(each));
  throw new RangeError(`x[${place}]: expected finite, got ${x[place]}`);
}
