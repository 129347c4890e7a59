/**
 * Logistic regression learnt online as a Gaussian with its whole covariance: each observation is taken in at the exact mode of
 * what was believed before times its likelihood, and replaced by the parabola there (an iterated extended Kalman filter).
 *
 * In the natural parameters, precision and precision × mean, that parabola is an addend: p(1 − p) x xᵀ and
 * (p(1 − p) s + label − p) x, s the score at the mode. So the state is linear sums again: they fade like them and merge
 * by addition, which is the product of the Gaussians with the prior taken in once.
 *
 * Merge: approximate. Parts linearize about modes of their own, each still near the prior at its beginning, and these errors
 * add up. With four features the merged mode lay 0.1 posterior standard deviations from the one learner's for 2 parts, 0.4
 * for 8, 1.2 for 40 (400 to 4,000 observations; the one learner's itself 0.1 to 0.2 from the batch mode). So give a row one
 * owner, routed by key, and merge where few parts meet, as after a change of partitions.
 *
 * Source: Chapelle & Li 2011, "An empirical evaluation of Thompson sampling", algorithm 3, with the whole covariance
 * instead of its diagonal; Bell & Cathey 1993, "The iterated Kalman filter update as a Gauss–Newton method".
 */
import { sigmoid } from '../features.ts';
import { rowAt } from './fadingRow.ts';
import { keptSolution } from './keptSolution.ts';
import { linearSums } from './linearSums.ts';
import { expectedLabel, modeScore } from './logisticStep.ts';
import { checkRidge, type OnlineRegression, type RegressionOptions } from './regression.ts';
import { solveSums } from './solveSums.ts';

/** @throws RangeError when an option is out of range */
export function onlineLogistic(
  dimension: number,
  { ridge, halfLifeMs }: RegressionOptions,
): OnlineRegression {
  checkRidge(ridge);
  const sums = linearSums(dimension, halfLifeMs);
  const kept = keptSolution(sums, ridge);
  return {
    dimension,
    width: kept.width,
    mergeClass: 'approximate',
    learn(values, at, x, label, weight, time) {
      if (!(label >= 0 && label <= 1)) {
        throw new RangeError(`reward: expected in [0, 1], got ${label}`);
      }
      kept.refresh(values, at, time);
      const leverage = kept.leverage(values, at, x);
      const gain = weight * sums.clock.weight(time, values[at + rowAt.landmark]!);
      const score = modeScore(kept.mean(values, at, x), gain * leverage, label);
      const p = sigmoid(score);
      const curvature = p * (1 - p);
      sums.addCurved(values, at, x, curvature, curvature * score + label - p, label, weight, time);
      kept.follow(values, at, leverage, gain * (label - p), gain * curvature);
    },
    merge: kept.merge,
    posterior: (values, at, time) => solveSums(sums, values, at, ridge, sums.clock.tick(time)),
    reward: expectedLabel,
    mean: kept.mean,
    variance: kept.variance,
  };
}
