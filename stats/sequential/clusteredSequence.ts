/**
 * Confidence sequence for a mean over decisions of which each user makes many: the user is the unit, however often one looks.
 *
 * Decisions of one user resemble each other, so a variance from decisions is too small. Here each user counts with the sum of
 * what was earned and the number of decisions (or their weights), the mean is the ratio of both totals, and its variance that
 * of the users' residuals E = earned − mean × size.
 *
 * That the users' totals grow between two looks, so that a look is not merely more users, is allowed: Σ E is a process whose
 * variance V(t) = Σ E² is its intrinsic time. When what a user earns against the mean is not negatively correlated with what
 * the same user earns later, Cov(Σ E(s), Σ E(t)) ≥ V(s), which is the covariance of Brownian motion in that time; by
 * Slepian's inequality the process crosses a one-sided boundary no more often than Brownian motion does. Independent decisions
 * are the limit where both are equal. So each end is a one-sided asymptotic sequence at alpha / 2 with the variance between
 * users. Like every asymptotic sequence it needs users enough; below `usersMin` there is no interval.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024, 2103.06476 (the sequence); Slepian 1962; Deng, Knoblich & Lu 2018
 * (a ratio with the user as unit).
 */
import type { Interval } from '../interval.ts';
import { oneSidedSequenceMultiplier, sequenceWidth, usualBestUnits } from './asymptoticSequence.ts';

/** Of the users of one arm, with their totals N of what was earned and D of decisions or weights; all additive. */
export interface ClusterSums {
  readonly users: number;
  readonly decisions: number;
  /** Σ D. */
  readonly sizes: number;
  /** Σ N. */
  readonly earned: number;
  /** Σ D². */
  readonly sizeSquares: number;
  /** Σ N². */
  readonly earnedSquares: number;
  /** Σ N D. */
  readonly products: number;
}

/** Users of equal activity below which no interval is given: normal limits do not hold for few. */
export const usersMin = 30;

export interface ClusteredMean extends Interval {
  /** Σ N / Σ D; NaN without any. */
  readonly estimate: number;
  /** Between users; NaN below two. */
  readonly standardError: number;
}

/** The squared standard error of an arm's mean; Infinity below `usersMin` users of equal activity. */
function varianceOf(sums: ClusterSums): number {
  const { users, sizes, earned, sizeSquares, earnedSquares, products } = sums;
  // (Σ D)² / Σ D²: as many users with the same number of decisions each (Kish 1965).
  if (!((sizes * sizes) / sizeSquares >= usersMin)) return Infinity;
  const mean = earned / sizes;
  const residual = earnedSquares - 2 * mean * products + mean * mean * sizeSquares;
  return (Math.max(0, residual) * users) / ((users - 1) * sizes * sizes);
}

function around(estimate: number, variance: number, decisions: number, alpha: number) {
  if (!(variance < Infinity)) {
    return { estimate, standardError: NaN, lower: -Infinity, upper: Infinity };
  }
  const standardError = Math.sqrt(variance);
  const width = sequenceWidth(usualBestUnits, alpha);
  const radius = oneSidedSequenceMultiplier(decisions, alpha / 2, width) * standardError;
  return { estimate, standardError, lower: estimate - radius, upper: estimate + radius };
}

/**
 * The mean of one arm.
 *
 * @param alpha of both sides together, in (0, 1)
 * @returns the whole line where the users are too few
 * @throws RangeError when alpha is outside (0, 1)
 */
export function clusteredMean(sums: ClusterSums, alpha: number): ClusteredMean {
  return around(sums.earned / sums.sizes, varianceOf(sums), sums.decisions, alpha);
}

/**
 * The first arm's mean less the second's; each user is in one of them, and their shares stay what they are.
 *
 * @param alpha of both sides together, in (0, 1)
 */
export function clusteredDifference(
  first: ClusterSums,
  second: ClusterSums,
  alpha: number,
): ClusteredMean {
  const estimate = first.earned / first.sizes - second.earned / second.sizes;
  const variance = varianceOf(first) + varianceOf(second);
  return around(estimate, variance, first.decisions + second.decisions, alpha);
}

/** Sums of a fixed number of users' totals; for tests and small logs. */
export function clusterSumsOf(
  users: Iterable<{ readonly size: number; readonly earned: number; readonly decisions: number }>,
): ClusterSums {
  const sums = {
    ...{ users: 0, decisions: 0, sizes: 0, earned: 0 },
    ...{ sizeSquares: 0, earnedSquares: 0, products: 0 },
  };
  for (const { size, earned, decisions } of users) {
    sums.users += 1;
    sums.decisions += decisions;
    sums.sizes += size;
    sums.earned += earned;
    sums.sizeSquares += size * size;
    sums.earnedSquares += earned * earned;
    sums.products += earned * size;
  }
  return sums;
}
