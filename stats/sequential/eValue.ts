/**
 * Arithmetic of e-values, on their logarithms.
 *
 * An e-value is a non-negative number whose expectation is at most 1 when the hypothesis is true; a large one is evidence
 * against it. By Ville's inequality an e-process, watched at all times, ever reaches 1 / alpha with probability at most alpha.
 *
 * Source: Ville 1939; Vovk & Wang 2021, "E-values: calibration, combination and applications".
 */

/**
 * ln Σ wᵢ exp(xᵢ) without overflow.
 *
 * @param logs    xᵢ; −Infinity adds nothing
 * @param weights wᵢ ≥ 0; all 1 by default
 * @param from    first index of `logs`; the weights begin at their own first
 * @param count   how many
 * @returns −Infinity for an empty sum
 */
export function lnSumExp(
  logs: ArrayLike<number>,
  weights?: ArrayLike<number>,
  from = 0,
  count = logs.length - from,
): number {
  let largest = -Infinity;
  for (let i = 0; i < count; i += 1) {
    if ((weights?.[i] ?? 1) > 0 && logs[from + i]! > largest) largest = logs[from + i]!;
  }
  if (largest === -Infinity || largest === Infinity) return largest;
  let sum = 0;
  for (let i = 0; i < count; i += 1) {
    const weight = weights?.[i] ?? 1;
    if (weight > 0) sum += weight * Math.exp(logs[from + i]! - largest);
  }
  return largest + Math.log(sum);
}

/**
 * ln of the average of e-values: an e-value again, however they depend on each other.
 *
 * @param lnEs    logarithms of e-values of one hypothesis, at least one
 * @param weights fixed before the data, ≥ 0, not all 0; equal by default
 * @throws RangeError when there is nothing to average
 *
 * @example
 * Math.exp(lnAverage([Math.log(10), Math.log(2)])); // ≈ 6
 */
export function lnAverage(lnEs: ArrayLike<number>, weights?: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < lnEs.length; i += 1) total += weights?.[i] ?? 1;
  if (!(total > 0)) throw new RangeError(`weights: expected a sum above 0, got ${total}`);
  return lnSumExp(lnEs, weights) - Math.log(total);
}

/**
 * ln of the product of e-values: an e-value again where each has expectation at most 1 *given those before it*, as for
 * independent data or the periods of one experiment. Not for several metrics of the same units: average those.
 */
export function lnProduct(lnEs: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < lnEs.length; i += 1) sum += lnEs[i]!;
  return sum;
}

/**
 * The p-value of an e-value; of an e-process at all times, with its largest value so far.
 *
 * @param lnE ln e, or the largest ln e so far
 * @returns min(1, 1 / e)
 *
 * @example
 * pValueOf(Math.log(20)); // ≈ 0.05
 */
export function pValueOf(lnE: number): number {
  return lnE > 0 ? Math.exp(-lnE) : 1;
}
