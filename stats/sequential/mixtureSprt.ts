/**
 * The mixture sequential probability ratio test for a normal mean: the form in which many platforms state the normal mixture.
 *
 * The likelihood of the estimate, averaged over effects from N(0, τ²), against that of no effect. With an estimated variance
 * in the place of the true one its validity is asymptotic; see `designMixture` for an exact test and `rightHaarT` for few
 * units. With τ² = V* (2 ln(1/α) + ln(1 + 2 ln(1/α))) it is the normal mixture boundary that is best when the squared
 * standard error is V*.
 *
 * Source: Robbins 1970; Johari, Koomen, Pekelis & Walsh 2022, 1512.04922.
 */

function check(variance: number, priorVariance: number): void {
  if (!(variance > 0)) throw new RangeError(`variance: expected above 0, got ${variance}`);
  if (!(priorVariance > 0)) {
    throw new RangeError(`priorVariance: expected above 0, got ${priorVariance}`);
  }
}

/**
 * τ² for which the interval is nearly the shortest at a given precision.
 *
 * @param bestVariance squared standard error at which it is to be best, > 0
 * @param alpha        in (0, 1)
 */
export function sprtPriorVariance(bestVariance: number, alpha: number): number {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  const twice = -2 * Math.log(alpha);
  return bestVariance * (twice + Math.log1p(twice));
}

/**
 * ln Λ, the e-process of no effect.
 *
 * @param effect        estimate
 * @param variance      V, its squared standard error, > 0
 * @param priorVariance τ², > 0
 * @throws RangeError when a variance is not above 0
 *
 * @example
 * lnMixtureSprt(2, 0.25, 0.75); // ≈ 5.3069: ½ ln ¼ + .75 · 4 / (2 · .25 · 1)
 */
export function lnMixtureSprt(effect: number, variance: number, priorVariance: number): number {
  check(variance, priorVariance);
  const total = variance + priorVariance;
  return (
    0.5 * Math.log(variance / total) + (priorVariance * effect * effect) / (2 * variance * total)
  );
}

/**
 * Half the width of the confidence sequence: effects further from the estimate have Λ ≥ 1 / alpha.
 *
 * @param alpha in (0, 1)
 * @throws RangeError when an argument is outside its range
 */
export function mixtureSprtRadius(variance: number, priorVariance: number, alpha: number): number {
  check(variance, priorVariance);
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  const total = variance + priorVariance;
  return Math.sqrt(
    ((variance * total) / priorVariance) * (Math.log(total / variance) - 2 * Math.log(alpha)),
  );
}
