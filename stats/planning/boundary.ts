/**
 * How many standard errors an estimate must be from 0 for a sequence to exclude 0: the boundaries that a planner plays against.
 */
import { sequenceMultiplier, sequenceWidth } from '../sequential/asymptoticSequence.ts';
import { mixtureSprtRadius } from '../sequential/mixtureSprt.ts';
import { rightHaarRadius } from '../sequential/rightHaarT.ts';

/** One look at the data, as planned. */
export interface PlannedLook {
  readonly day: number;
  /** Units of inference in both arms: clusters where clusters are randomized. */
  readonly units: number;
  /** n_t n_c / (n_t + n_c) of these; where arms are compared within stages, Σ units × share × (1 − share). */
  readonly pairs: number;
  /** 1 / variance of the estimate, in the unit of the metric to the power −2. */
  readonly information: number;
}

/** Standard errors from 0 to the boundary, > 0; Infinity where the sequence excludes nothing. */
export type Boundary = (look: PlannedLook) => number;

/**
 * The two-sided asymptotic confidence sequence, nearly the narrowest at `bestUnits` units.
 *
 * @throws RangeError when alpha is outside (0, 1) or bestUnits not above 0
 *
 * @example
 * asymptoticBoundary(0.05, 5000)({ day: 5, units: 5000, pairs: 1250, information: 1 }); // ≈ 3.0388
 */
export function asymptoticBoundary(alpha: number, bestUnits: number): Boundary {
  const width = sequenceWidth(bestUnits, alpha);
  return ({ units }) => sequenceMultiplier(units, alpha, width);
}

/**
 * The mixture over effects of normal distribution (mSPRT).
 *
 * @param effectVariance of the mixing distribution τ², in the unit of the metric squared, > 0
 */
export function normalMixtureBoundary(alpha: number, effectVariance: number): Boundary {
  return ({ information }) =>
    mixtureSprtRadius(1 / information, effectVariance, alpha) * Math.sqrt(information);
}

/**
 * The exact sequence for Gaussian outcomes of unknown variance, in t units: for few clusters.
 *
 * @param precision g: units of information that the prior on the effect counts for, > 0; see `bestPrecision`
 */
export function rightHaarBoundary(alpha: number, precision: number): Boundary {
  return ({ units, pairs }) =>
    units > 2
      ? rightHaarRadius({ freedom: units - 2, information: pairs }, precision, alpha)
      : Infinity;
}
