/**
 * Exact one-sided test of a share: the probability of so many successes or more.
 *
 * Source: Clopper & Pearson 1934; P(X ≥ k) = I_p(k, n − k + 1) (Abramowitz & Stegun 1964, 26.5.24).
 */
import { incompleteBeta } from '../special/incompleteBeta.ts';

/**
 * @param successes whole, in [0, count]
 * @param count     trials, ≥ 0
 * @param rate      of a success under the hypothesis, in (0, 1)
 * @throws RangeError when an argument is outside its range
 *
 * @example
 * binomialTail(7, 10, 0.5); // = 0.171875: (120 + 45 + 10 + 1) / 1,024
 */
export function binomialTail(successes: number, count: number, rate: number): number {
  if (!(successes >= 0 && successes <= count)) {
    throw new RangeError(`successes: expected in [0, ${count}], got ${successes}`);
  }
  if (!(rate > 0 && rate < 1)) throw new RangeError(`rate: expected in (0, 1), got ${rate}`);
  return successes === 0 ? 1 : incompleteBeta(successes, count - successes + 1, rate);
}
