/**
 * The probability of treatment from the one that was logged, which is that of the unit's own variant.
 *
 * Rounded to 12 digits, so that .1 of treatment and .9 of control are of one design, and counted together.
 *
 * @param own in (0, 1), given that the unit is in one of two arms
 *
 * @example
 * treatmentProbability(0.9, false); // 0.1, and not 0.09999999999999998
 */
export function treatmentProbability(own: number, treated: boolean): number {
  return Math.round((treated ? own : 1 - own) * 1e12) / 1e12;
}

/** Nearest to 0 that an own probability may be, so that the rounded one is neither 0 nor 1. */
export const probabilityMin = 1e-12;
