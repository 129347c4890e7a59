/**
 * Whether units fell to the arms in the planned shares: the chi-square test for one look.
 *
 * Source: Pearson 1900; Fabijan et al. 2019, "Diagnosing sample ratio mismatch in online controlled experiments".
 */
import { chiSquareTail } from '../special/chiSquare.ts';

export interface SampleRatio {
  readonly statistic: number;
  /** Arms − 1. */
  readonly freedom: number;
  /** In [0, 1]; NaN before the first unit. */
  readonly pValue: number;
}

/**
 * @param counts units in each arm, ≥ 0
 * @param shares planned, each above 0, as many as there are arms; they are divided by their sum
 * @throws RangeError when the lengths differ or a share is not above 0
 *
 * @example
 * chiSquareSampleRatio([5120, 4880], [0.5, 0.5]); // statistic 5.76, freedom 1, pValue ≈ 0.0164
 */
export function chiSquareSampleRatio(
  counts: ArrayLike<number>,
  shares: ArrayLike<number>,
): SampleRatio {
  if (counts.length !== shares.length) {
    throw new RangeError(`shares: expected ${counts.length}, got ${shares.length}`);
  }
  let count = 0;
  let total = 0;
  for (let arm = 0; arm < counts.length; arm += 1) {
    if (!(shares[arm]! > 0)) throw new RangeError(`share: expected above 0, got ${shares[arm]}`);
    count += counts[arm]!;
    total += shares[arm]!;
  }
  let statistic = 0;
  for (let arm = 0; arm < counts.length; arm += 1) {
    const expected = (count * shares[arm]!) / total;
    statistic += ((counts[arm]! - expected) * (counts[arm]! - expected)) / expected;
  }
  const freedom = counts.length - 1;
  return { statistic, freedom, pValue: count > 0 ? chiSquareTail(statistic, freedom) : NaN };
}
