/**
 * How many standard errors an estimate must be from 0 for a sequence to exclude 0: the boundaries that a planner plays against.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024, 2103.06476 (asymptotic); Robbins 1970 and Johari et al. 2022,
 * 1512.04922 (normal mixture); Lindon, Ham, Tingley & Bojinov 2022, 2210.08589 (right Haar).
 */
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

function check(alpha: number): void {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
}

/**
 * The two-sided asymptotic confidence sequence, narrowest at `unitsBest` units.
 *
 * @throws RangeError when alpha is outside (0, 1) or unitsBest not above 0
 *
 * @example
 * asymptoticBoundary(0.05, 5000)({ day: 5, units: 5000, pairs: 1250, information: 1 }); // ≈ 3.035
 */
export function asymptoticBoundary(alpha: number, unitsBest: number): Boundary {
  check(alpha);
  if (!(unitsBest > 0)) throw new RangeError(`unitsBest: expected above 0, got ${unitsBest}`);
  const square = (-2 * Math.log(alpha) + Math.log1p(-2 * Math.log(alpha))) / unitsBest;
  return ({ units }) => {
    const scaled = units * square;
    return Math.sqrt((2 * (scaled + 1) * (0.5 * Math.log1p(scaled) - Math.log(alpha))) / scaled);
  };
}

/**
 * The mixture over effects of normal distribution (mSPRT).
 *
 * @param effectVariance of the mixing distribution τ², in the unit of the metric squared, > 0
 */
export function normalMixtureBoundary(alpha: number, effectVariance: number): Boundary {
  check(alpha);
  if (!(effectVariance > 0)) {
    throw new RangeError(`effectVariance: expected above 0, got ${effectVariance}`);
  }
  return ({ information }) => {
    const scaled = information * effectVariance; // τ² / V
    return Math.sqrt(((scaled + 1) / scaled) * (Math.log1p(scaled) - 2 * Math.log(alpha)));
  };
}

/**
 * The exact sequence for Gaussian outcomes of unknown variance, in t units: for few clusters.
 *
 * @param prior g: units of information that the prior on the effect counts for, > 0; best near what is planned / 8
 */
export function rightHaarBoundary(alpha: number, prior: number): Boundary {
  check(alpha);
  if (!(prior > 0)) throw new RangeError(`prior: expected above 0, got ${prior}`);
  return ({ units, pairs }) => {
    const freedom = units - 2;
    if (!(freedom > 0)) return Infinity;
    const r = prior / (prior + pairs);
    const power = Math.exp((Math.log(r) + 2 * Math.log(alpha)) / (freedom + 1));
    return power > r ? Math.sqrt((freedom * (1 - power)) / (power - r)) : Infinity;
  };
}
