/**
 * Seeded pseudo-random numbers as plain state: xoshiro128**, seeded by SplitMix32.
 *
 * Period 2^128 − 1; passes BigCrush; not for secrets.
 * Source: Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators".
 */

/** Four 32-bit words, never all zero. */
export interface RandomState {
  a: number;
  b: number;
  c: number;
  d: number;
}

/** @param seed integer; only its low 32 bits count */
export function randomState(seed: number): RandomState {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`seed: expected an integer, got ${seed}`);
  let at = seed | 0;
  const word = (): number => {
    at = (at + 0x9e3779b9) | 0;
    let h = at;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) | 0;
  };
  return { a: word(), b: word(), c: word(), d: word() };
}

/** The next 32 bits, as an integer in [0, 2^32). */
export function uint32(state: RandomState): number {
  const scrambled = Math.imul(state.b, 5);
  const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
  const shifted = state.b << 9;
  state.c ^= state.a;
  state.d ^= state.b;
  state.b ^= state.c;
  state.a ^= state.d;
  state.c ^= shifted;
  state.d = (state.d << 11) | (state.d >>> 21);
  return result >>> 0;
}

/** Uniform in [0, 1), with 53 random bits. */
export function uniform(state: RandomState): number {
  const high = uint32(state) >>> 5;
  const low = uint32(state) >>> 6;
  return (high * 67_108_864 + low) / 9_007_199_254_740_992;
}

/** Uniform among 0 … size − 1; the bias is below size / 2^53. */
export function below(state: RandomState, size: number): number {
  return Math.floor(uniform(state) * size);
}

/** Standard normal. Source: Box & Muller 1958; the second of the pair is not kept. */
export function normal(state: RandomState): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(state)));
  return radius * Math.cos(2 * Math.PI * uniform(state));
}
