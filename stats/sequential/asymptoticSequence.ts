/**
 * Asymptotic confidence sequences: an interval for any estimator with a standard error, familiar from other platforms.
 *
 * Its error is at most alpha in the limit only. Under unbalanced splits it errs often while an arm has few units: 21 % at
 * 10/90 and 59 % at 1/99 for skewed outcomes. Decisions rest on `designMixture`; this serves estimators without an exact one,
 * such as adjusted, ratio and relative effects.
 *
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024, 2103.06476.
 */
import { lambertWMinus1 } from '../special/lambertW.ts';

/** Units at which the sequence is tightest, unless it is told otherwise. */
export const usualBestUnits = 5_000;

export interface SequenceEstimate {
  readonly effect: number;
  /** Of `effect`, ≥ 0. */
  readonly standardError: number;
  /** Units in both arms, > 0. */
  readonly units: number;
}

function checkAlpha(alpha: number, most = 1): void {
  if (!(alpha > 0 && alpha < most)) {
    throw new RangeError(`alpha: expected in (0, ${most}), got ${alpha}`);
  }
}

/**
 * ρ for which the sequence is nearly the tightest at `bestUnits`, as usual; for one side give it 2 alpha.
 *
 * @param bestUnits > 0
 * @param alpha     in (0, 1)
 */
export function sequenceWidth(bestUnits: number, alpha: number): number {
  checkAlpha(alpha);
  if (!(bestUnits > 0)) throw new RangeError(`bestUnits: expected above 0, got ${bestUnits}`);
  const twice = -2 * Math.log(alpha);
  return Math.sqrt((twice + Math.log1p(twice)) / bestUnits);
}

/** ρ for which the sequence is exactly the tightest at `bestUnits`; see {@link sequenceWidth}. */
export function bestSequenceWidth(bestUnits: number, alpha: number): number {
  checkAlpha(alpha);
  if (!(bestUnits > 0)) throw new RangeError(`bestUnits: expected above 0, got ${bestUnits}`);
  return Math.sqrt((-lambertWMinus1(-(alpha * alpha) / Math.E) - 1) / bestUnits);
}

/**
 * Half the width of the two-sided sequence, in standard errors.
 *
 * @param units n, > 0
 * @param alpha in (0, 1)
 * @param width      ρ
 *
 * @example
 * sequenceMultiplier(5_000, 0.05, sequenceWidth(5_000, 0.05)); // ≈ 3.0352, where a single look has 1.96
 */
export function sequenceMultiplier(units: number, alpha: number, width: number): number {
  checkAlpha(alpha);
  const scaled = units * width * width;
  return Math.sqrt(((2 * (scaled + 1)) / scaled) * Math.log(Math.sqrt(scaled + 1) / alpha));
}

/**
 * Distance of the one-sided bound from the estimate, in standard errors.
 *
 * @param alpha in (0, ½)
 * @param width ρ, from {@link sequenceWidth} with 2 alpha
 */
export function oneSidedSequenceMultiplier(units: number, alpha: number, width: number): number {
  checkAlpha(alpha, 0.5);
  const scaled = units * width * width;
  return Math.sqrt(((2 * (scaled + 1)) / scaled) * Math.log1p(Math.sqrt(scaled + 1) / (2 * alpha)));
}

/**
 * ln of the asymptotic e-value of "the effect is `hypothesis`"; `pValueOf` makes the sequential p-value of it.
 *
 * @param width      ρ
 * @param hypothesis the effect that is tested
 */
export function lnSequenceEvidence(
  { effect, standardError, units }: SequenceEstimate,
  width: number,
  hypothesis = 0,
): number {
  const scaled = units * width * width;
  const z = (effect - hypothesis) / standardError;
  return (scaled * z * z) / (2 * (scaled + 1)) - 0.5 * Math.log1p(scaled);
}
