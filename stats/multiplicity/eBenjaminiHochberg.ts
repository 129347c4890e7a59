/**
 * The Benjamini–Hochberg procedure for e-values: of the rejections, at most alpha are false on average, under any dependence.
 *
 * So it may be used on many metrics, arms and segments of the same units, and at any time.
 *
 * Source: Wang & Ramdas 2022, "False discovery rate control with e-values", 2009.02824.
 */
import { ascending } from './ascending.ts';

/**
 * Rejects the k largest of m, for the largest k whose smallest is at least m / (k alpha).
 *
 * @param lnEs  logarithms of the e-values
 * @param alpha in (0, 1)
 * @returns for each whether it is rejected
 * @throws RangeError when alpha is outside its range or an e-value is not a number
 *
 * @example
 * eBenjaminiHochberg([Math.log(50), Math.log(29), Math.log(2)], 0.05); // false, false, false
 * eBenjaminiHochberg([Math.log(50), Math.log(31), Math.log(2)], 0.05); // true, true, false
 */
export function eBenjaminiHochberg(lnEs: readonly number[], alpha: number): boolean[] {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  if (lnEs.some(Number.isNaN)) throw new RangeError('lnEs: expected numbers, got NaN');
  const descending = ascending(lnEs).reverse();
  let rejections = 0;
  descending.forEach((index, rank) => {
    const needed = Math.log(lnEs.length) - Math.log((rank + 1) * alpha);
    if (lnEs[index]! >= needed) rejections = rank + 1;
  });
  const rejected = lnEs.map(() => false);
  for (const index of descending.slice(0, rejections)) rejected[index] = true;
  return rejected;
}
