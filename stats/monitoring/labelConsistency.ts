/**
 * Whether labels, once they come, are what the scores promised.
 *
 * Two tests, each with the variance of the labels and that of the promise: by groups of scores against any departure
 * (χ²), and of the log loss against losses that are larger (or smaller) than expected (z).
 *
 * Source: Hosmer & Lemeshow 1980; Spiegelhalter 1986.
 */
import { chiSquareTail } from '../special/chiSquare.ts';
import type { BinnedPositives } from './binaryPerformance.ts';
import { type CalibrationMap, promiseVariance } from './calibrationMap.ts';

export interface Consistency {
  /** P(a departure like this or larger) if scores mean what they meant; NaN without labels enough. */
  readonly consistencyP: number;
  /** Realised less expected log loss in standard deviations: above 0 it is worse than estimated; NaN without labels. */
  readonly lossZ: number;
}

/** Expected variance of the ones of a group below which it is tested together with the next. */
const varianceMin = 4;

/**
 * @param realised labelled predictions
 * @param meanings promised P(label = 1) by score bin
 */
export function labelConsistency(
  { counts, positives, scores }: BinnedPositives,
  meanings: Float64Array,
  map: CalibrationMap,
): Consistency {
  const { groupOf } = map;
  const groups = map.variances.length;
  /** Ones above the expected, variance of the ones, and labels, of each group. */
  const excesses = new Float64Array(groups);
  const spreads = new Float64Array(groups);
  const sizes = new Float64Array(groups);
  const weights = new Float64Array(groups);
  let excessLoss = 0;
  let lossVariance = 0;
  for (let bin = 0; bin < counts.length; bin += 1) {
    const count = counts[bin]!;
    if (count === 0) continue;
    const group = groupOf[bin]!;
    const p = meanings[bin]!;
    const excess = positives[bin]! - count * p;
    const spread = count * p * (1 - p);
    const perOne = Math.log1p(-scores[bin]!) - Math.log(scores[bin]!); // of the loss
    excesses[group]! += excess;
    spreads[group]! += spread;
    sizes[group]! += count;
    weights[group]! += count * perOne;
    excessLoss += perOne * excess;
    lossVariance += perOne * perOne * spread;
  }
  lossVariance += promiseVariance(map, weights);
  return {
    consistencyP: groupP(excesses, spreads, sizes, map),
    lossZ: excessLoss / Math.sqrt(lossVariance), // 0 / 0 is NaN
  };
}

function groupP(
  excesses: Float64Array,
  spreads: Float64Array,
  sizes: Float64Array,
  { variances, offsets }: CalibrationMap,
): number {
  let statistic = 0;
  let freedom = 0;
  let excess = 0;
  let spread = 0;
  let promised = 0;
  for (let group = 0; group < excesses.length; group += 1) {
    excess += excesses[group]!;
    spread += spreads[group]!;
    const promise = Math.max(variances[group]!, offsets[group]! * offsets[group]!);
    promised += sizes[group]! * sizes[group]! * promise;
    if (spread < varianceMin) continue; // with the next; a rest at the end is left out
    statistic += (excess * excess) / (spread + promised);
    freedom += 1;
    excess = spread = promised = 0;
  }
  return freedom > 0 ? chiSquareTail(statistic, freedom) : NaN;
}
