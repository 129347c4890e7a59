/**
 * A mean after outcomes, from a normal prior with known variance or a normal–inverse-gamma prior.
 *
 * Source: Murphy 2007, "Conjugate Bayesian analysis of the Gaussian distribution", sections 2 and 5.
 */
import { normalCdf, normalDensity, normalQuantile, normalTail } from '../special/normal.ts';
import {
  studentTCdf,
  studentTDensity,
  studentTQuantile,
  studentTTail,
} from '../special/studentT.ts';
import type { Estimate } from '../testing/estimate.ts';
import type { Moments } from '../welford.ts';
import type { Posterior } from './posterior.ts';

/** Student's t with location and scale; normal when freedom is Infinity. */
function located(location: number, scale: number, freedom: number): Posterior {
  if (!(scale > 0)) throw new RangeError(`variance: expected above 0, got ${scale * scale}`);
  const standard = (x: number): number => (x - location) / scale;
  if (freedom === Infinity) {
    return {
      mean: location,
      deviation: scale,
      density: (x) => normalDensity(standard(x)) / scale,
      cdf: (x) => normalCdf(standard(x)),
      tail: (x) => normalTail(standard(x)),
      quantile: (p) => location + scale * normalQuantile(p),
    };
  }
  return {
    mean: freedom > 1 ? location : NaN,
    deviation: freedom > 2 ? scale * Math.sqrt(freedom / (freedom - 2)) : Infinity,
    density: (x) => studentTDensity(standard(x), freedom) / scale,
    cdf: (x) => studentTCdf(standard(x), freedom),
    tail: (x) => studentTTail(standard(x), freedom),
    quantile: (p) => location + scale * studentTQuantile(p, freedom),
  };
}

export interface NormalPrior {
  readonly mean: number;
  /** Of the arm's true mean; Infinity for no prior knowledge. */
  readonly variance: number;
}

/**
 * A mean whose estimate has a known variance: for large arms, and for adjusted or ratio estimates.
 *
 * @throws RangeError when a variance is not above 0
 *
 * @example
 * normalPosterior({ estimate: 2, variance: 1, freedom: Infinity }, { mean: 0, variance: 1 });
 * // mean 1, deviation √½
 */
export function normalPosterior(
  { estimate, variance }: Estimate,
  prior: NormalPrior = { mean: 0, variance: Infinity },
): Posterior {
  if (!(prior.variance > 0)) {
    throw new RangeError(`variance: expected above 0, got ${prior.variance}`);
  }
  if (prior.variance === Infinity) return located(estimate, Math.sqrt(variance), Infinity);
  const total = variance + prior.variance;
  const location = estimate + (variance / total) * (prior.mean - estimate);
  // Not variance × (1 − share of the prior): that is 0 where the estimate says next to nothing.
  return located(location, Math.sqrt(variance * (prior.variance / total)), Infinity);
}

export interface NormalInverseGammaPrior {
  readonly mean: number;
  /** Units that the prior mean counts for, > 0. */
  readonly weight: number;
  /** Half of the units that the prior variance counts for, > 0. */
  readonly shape: number;
  /** shape × a typical variance of one outcome, > 0. */
  readonly scale: number;
}

/**
 * A mean whose outcomes have an unknown variance: Student's t, for small arms.
 *
 * @throws RangeError when weight, shape or scale is not above 0
 */
export function meanPosterior(
  { count, mean, variance }: Moments,
  prior: NormalInverseGammaPrior,
): Posterior {
  for (const name of ['weight', 'shape', 'scale'] as const) {
    if (!(prior[name] > 0)) throw new RangeError(`${name}: expected above 0, got ${prior[name]}`);
  }
  const weight = prior.weight + count;
  const shape = prior.shape + count / 2;
  const squares = count > 1 ? variance * (count - 1) : 0;
  const apart = count > 0 ? mean - prior.mean : 0;
  const scale = prior.scale + squares / 2 + (prior.weight * count * apart * apart) / (2 * weight);
  const location = prior.mean + (count * apart) / weight;
  return located(location, Math.sqrt(scale / (shape * weight)), 2 * shape);
}
