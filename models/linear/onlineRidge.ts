/**
 * Ridge regression that predicts each event before it learns from it: the sums of `ridgeRegression` with their solution kept
 * beside them. Merges are exact, and what is published is solved from the sums.
 */
import { keptSolution } from './keptSolution.ts';
import type { OnlineRegression, RegressionOptions } from './regression.ts';
import { type Noise, ridgeRegression } from './ridgeRegression.ts';

/** @throws RangeError when an option is out of range */
export function onlineRidge(
  dimension: number,
  options: RegressionOptions & { readonly noise?: Noise },
): OnlineRegression {
  const base = ridgeRegression(dimension, options);
  const { sums } = base;
  const kept = keptSolution(sums, options.ridge);
  return {
    dimension,
    width: kept.width,
    mergeClass: 'exact',
    learn(values, at, x, reward, weight, time) {
      kept.refresh(values, at, time);
      const leverage = kept.leverage(values, at, x);
      const error = reward - kept.mean(values, at, x);
      const gain = sums.addCurved(values, at, x, 1, reward, reward, weight, time);
      kept.follow(values, at, leverage, (gain * error) / (1 + gain * leverage), gain);
    },
    merge: kept.merge,
    posterior: base.posterior,
    reward: base.reward,
    mean: kept.mean,
    variance: kept.variance,
  };
}
