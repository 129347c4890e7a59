/**
 * A uniform number that belongs to a unit: the same in every replay, partition and process.
 *
 * Outcomes are rounded with it (see `roundToGrid`), so that counts are a function of the events alone. It must not depend on
 * the assignment: the domain word makes it differ from every hash that assigns. Two lanes of 32-bit mixing over the UTF-16
 * code units give 53 bits; not for secrets.
 */
import { mix } from '../../contracts/hash.ts';

/** State of the two lanes after the names that many units share. */
export interface UniformSeed {
  readonly high: number;
  readonly low: number;
}

function absorb(hash: number, text: string): number {
  let h = mix(hash, text.length);
  for (let i = 0; i < text.length; i += 1) h = mix(h, text.charCodeAt(i));
  return h;
}

/** The seed of one experiment and metric; take it out of the loop over units. */
export function uniformSeed(experiment: string, metric: string): UniformSeed {
  const lane = (start: number) => absorb(absorb(start, experiment), metric);
  return { high: lane(0x726f_756e), low: lane(0x6469_6e67) };
}

/**
 * Uniform in [0, 1), a pure function of its arguments.
 *
 * @param draw which of a unit's independent numbers, integer
 *
 * @example
 * const seed = uniformSeed('onboarding', 'minutes');
 * unitUniform(seed, 'u-17', 0) === unitUniform(seed, 'u-17', 0); // true
 */
export function unitUniform(seed: UniformSeed, unit: string, draw: number): number {
  const high = mix(absorb(seed.high, unit), draw) >>> 5;
  const low = mix(absorb(seed.low, unit), draw) >>> 6;
  return (high * 67_108_864 + low) / 9_007_199_254_740_992;
}
