/**
 * What a factor is before anything was learnt: a small number of its own for each name and dimension, the same in every run.
 *
 * Factors that began at zero would stay there: the gradient of each is the other.
 */
import { mix } from '../../contracts/hash.ts';

/**
 * @param hash of the name, a 32-bit integer
 * @param dimension of the factor, from 0
 * @returns uniform in (−1, 1)
 */
export function startValue(hash: number, dimension: number): number {
  return (mix(hash, dimension + 1) + 0.5) / 2_147_483_648 - 1;
}
