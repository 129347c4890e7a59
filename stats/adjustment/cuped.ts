/**
 * Means adjusted by what was known before: several covariates, from cross-products that add up.
 *
 * One slope for each covariate is fitted to the within-arm deviations of all arms; each arm's mean is moved to where it
 * would be if its covariates had the mean of all units. The moments of an arm are those of (outcome, covariates …), exact or
 * by floating point: (p² + 5p + 6) / 2 numbers for p covariates. A covariate that is missing for some units enters as 0
 * together with an indicator of its absence, see {@link withIndicator}.
 *
 * Source: Deng, Xu, Kohavi & Walker 2013, "Improving the sensitivity of online controlled experiments by utilizing
 * pre-experiment data"; Lin 2013 (several covariates).
 */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { CrossMoments } from '../exact/crossMoments.ts';
import { packedIndex, quadraticForm } from '../exact/packedSymmetric.ts';
import type { Estimate } from '../testing/estimate.ts';

export interface CupedOptions {
  /** Added to the diagonal as a share of it, ≥ 0: keeps slopes small where covariates repeat each other; 0 by default. */
  readonly ridge?: number;
}

export interface Adjustment {
  /** Of each covariate, in units of the outcome per unit of the covariate. */
  readonly slopes: Float64Array;
  /** Means of the covariates over all arms. */
  readonly centre: Float64Array;
  /** Σ over arms of the variance explained, as a share of the outcome's: in [0, 1] without ridge. */
  readonly explained: number;
}

/** Writes a covariate that may be missing, and its indicator, into two places of the figures of a unit. */
export function withIndicator(figures: Float64Array, at: number, covariate: number): void {
  const missing = Number.isNaN(covariate);
  figures[at] = missing ? 0 : covariate;
  figures[at + 1] = missing ? 1 : 0;
}

/** Eigenvalues below this share of the largest count as 0: rounding makes up to about 1e-14 of a repeated covariate. */
const rankTolerance = 1e-10;

/** The solution of least size of a symmetric, positive semidefinite system. */
function leastSolution(left: number[][], right: readonly number[]): number[] {
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(
    new Matrix(left),
    { assumeSymmetric: true },
  );
  const solution = right.map(() => 0);
  values.forEach((value, k) => {
    if (!(value > rankTolerance * Math.max(...values))) return;
    const part = right.reduce((sum, r, i) => sum + r * vectors.get(i, k), 0) / value;
    solution.forEach((_, i) => {
      solution[i]! += part * vectors.get(i, k);
    });
  });
  return solution;
}

/**
 * The slopes common to all arms.
 *
 * A covariate that does not vary, or that others determine, gets no slope of its own: the solution of least size is taken.
 *
 * @param arms moments of (outcome, covariates …) of each arm, of one size
 * @param outcome place of the figure that is explained; the covariates are those from `first` on
 * @throws RangeError when there is no arm or no covariate, sizes differ, or ridge is below 0
 */
export function fitAdjustment(
  arms: readonly CrossMoments[],
  { ridge = 0 }: CupedOptions = {},
  outcome = 0,
  first = 1,
): Adjustment {
  const size = arms[0]?.means.length ?? 0;
  const covariates = size - first;
  if (!(covariates > 0)) throw new RangeError(`covariates: expected at least 1, got ${covariates}`);
  if (!(ridge >= 0)) throw new RangeError(`ridge: expected at least 0, got ${ridge}`);
  const products = new Float64Array((size * (size + 1)) / 2);
  const centre = new Float64Array(covariates);
  let count = 0;
  for (const arm of arms) {
    if (arm.means.length !== size) {
      throw new RangeError(`arm: expected ${size} figures, got ${arm.means.length}`);
    }
    if (arm.count === 0) continue;
    count += arm.count;
    for (let i = 0; i < products.length; i += 1) products[i]! += arm.products[i]!;
    for (let i = 0; i < covariates; i += 1) {
      centre[i]! += (arm.means[first + i]! - centre[i]!) * (arm.count / count);
    }
  }
  const between = (i: number, j: number): number => products[packedIndex(first + i, first + j)]!;
  const own = (i: number): number => products[packedIndex(outcome, first + i)]!;
  // In units of each covariate's deviation, so that ridge and rank do not depend on its unit.
  const deviations = Float64Array.from({ length: covariates }, (_, i) => Math.sqrt(between(i, i)));
  const varying = [...deviations.keys()].filter((i) => deviations[i]! > 0);
  const slopes = new Float64Array(covariates);
  let explained = 0;
  const whole = products[packedIndex(outcome, outcome)]!;
  if (varying.length > 0 && whole > 0) {
    const correlations = varying.map((i) =>
      varying.map((j) => between(i, j) / (deviations[i]! * deviations[j]!) + (i === j ? ridge : 0)),
    );
    const solution = leastSolution(
      correlations,
      varying.map((i) => own(i) / deviations[i]!),
    );
    varying.forEach((i, place) => {
      slopes[i] = solution[place]! / deviations[i]!;
      explained += (slopes[i]! * own(i)) / whole;
    });
  }
  return { slopes, centre, explained };
}

/** Slopes as weights of the figures of a unit: 1 for the outcome, minus the slopes for the covariates. */
function weightsOf(size: number, slopes: Float64Array, outcome: number, first: number) {
  const weights = new Float64Array(size);
  weights[outcome] = 1;
  slopes.forEach((slope, i) => {
    weights[first + i] = -slope;
  });
  return weights;
}

/**
 * The adjusted mean of one arm; compare arms by `difference`, `relativeLift` or `fieller`.
 *
 * Its freedom gives up one degree for each covariate.
 */
export function adjustedMean(
  { count, means, products }: CrossMoments,
  { slopes, centre }: Adjustment,
): Estimate {
  let mean = means[0]!;
  slopes.forEach((slope, i) => {
    mean -= slope * (means[1 + i]! - centre[i]!);
  });
  const squares = quadraticForm(products, weightsOf(means.length, slopes, 0, 1));
  return {
    estimate: mean,
    variance: Math.max(0, squares) / (count * (count - 1)),
    freedom: Math.max(0, count - 1 - slopes.length),
  };
}
