/** Rewards of 0 or 1 with these means, by one uniform number each. */
import { type RandomState, uniform } from '../../stats/random.ts';

export function bernoulli(random: RandomState, means: Float64Array): Float64Array {
  return means.map((mean) => (uniform(random) < mean ? 1 : 0));
}
