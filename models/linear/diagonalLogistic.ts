/**
 * Logistic regression learnt online as a Gaussian with independent weights: dimension, not dimension², a step.
 *
 * Each observation is taken in at the exact mode under the belief before it; then its curvature is added to each weight's
 * precision. The row holds precision × mean and precision of each weight, without the prior's; they add, so that merged means are
 * averages weighted by precision.
 *
 * Merge: approximate, and somewhat more so than that of `onlineLogistic`, whose advice holds here too. The belief itself is an
 * approximation: correlated features are thought to be known better than they are.
 *
 * Source: Chapelle & Li 2011, algorithm 3, with batches of one.
 */
import { sigmoid } from '../features.ts';
import { decayClock } from './decayClock.ts';
import { fadingRow, rowAt } from './fadingRow.ts';
import { expectedLabel, modeScore } from './logisticStep.ts';
import { checkRidge, type Regression, type RegressionOptions } from './regression.ts';

/** @throws RangeError when an option is out of range */
export function diagonalLogistic(
  dimension: number,
  { ridge, halfLifeMs }: RegressionOptions,
): Regression {
  checkRidge(ridge);
  if (!(Number.isInteger(dimension) && dimension > 0)) {
    throw new RangeError(`dimension: expected an integer above 0, got ${dimension}`);
  }
  const clock = decayClock(halfLifeMs);
  const momentsAt = rowAt.own;
  const precisionsAt = momentsAt + dimension;
  const width = precisionsAt + dimension;
  const row = fadingRow(clock, width);

  /** λ in the unit of the stored sums, as of the tick of a time; for a late observation, as of the landmark. */
  function priorAt(values: Float64Array, at: number, time: number): number {
    const weight = clock.weight(clock.tick(time), values[at + rowAt.landmark]!);
    return ridge * Math.max(1, weight);
  }

  return {
    dimension,
    width,
    mergeClass: 'approximate',
    learn(values, at, x, label, weight, time) {
      if (x.length !== dimension) {
        throw new RangeError(`x: expected ${dimension} features, got ${x.length}`);
      }
      let total = 0;
      for (let i = 0; i < dimension; i += 1) total += x[i]!;
      if (!Number.isFinite(total)) throw new RangeError('x: expected finite features');
      if (!(label >= 0 && label <= 1)) {
        throw new RangeError(`reward: expected in [0, 1], got ${label}`);
      }
      if (!(weight >= 0 && weight < Infinity)) {
        throw new RangeError(`weight: expected finite and at least 0, got ${weight}`);
      }
      row.advance(values, at, time);
      const prior = priorAt(values, at, time);
      const gain = weight * clock.weight(time, values[at + rowAt.landmark]!);
      const moments = at + momentsAt;
      const precisions = at + precisionsAt;
      let mean = 0;
      let leverage = 0;
      for (let i = 0; i < dimension; i += 1) {
        const xi = x[i]!;
        const precision = prior + values[precisions + i]!;
        mean += (xi * values[moments + i]!) / precision;
        leverage += (xi * xi) / precision;
      }
      const p = sigmoid(modeScore(mean, gain * leverage, label));
      const step = gain * (label - p);
      const curvature = gain * p * (1 - p);
      for (let i = 0; i < dimension; i += 1) {
        const xi = x[i]!;
        if (xi === 0) continue;
        const before = prior + values[precisions + i]!;
        const moved = (values[moments + i]! + step * xi) / before;
        const after = before + curvature * xi * xi;
        values[precisions + i] = after - prior;
        values[moments + i] = moved * after;
      }
      values[at + rowAt.count]! += 1;
      values[at + rowAt.weight]! += gain;
      values[at + rowAt.rewards]! += gain * label;
      values[at + rowAt.squares]! += gain * label * label;
    },
    merge: row.merge,
    posterior(values, at, time) {
      const scale = 1 / clock.weight(clock.tick(time), values[at + rowAt.landmark]!);
      const weights = new Float64Array(dimension);
      const covariance = new Float64Array(dimension);
      const factor = new Float64Array(dimension);
      for (let i = 0; i < dimension; i += 1) {
        const precision = ridge + scale * values[at + precisionsAt + i]!;
        weights[i] = (scale * values[at + momentsAt + i]!) / precision;
        covariance[i] = 1 / precision;
        factor[i] = Math.sqrt(precision);
      }
      return { weights, covariance, factor, isDiagonal: true };
    },
    reward: expectedLabel,
  };
}
