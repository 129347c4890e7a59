/**
 * How many different values there were, within 2.3 % (one standard error) and from 2 KB: HyperLogLog with 64-bit hashes.
 *
 * A register holds the longest run of zeros that its hashes began with; merging takes the larger one, so the state is a function of the
 * set of values alone. The estimate is without the tables of bias corrections and without a threshold: small sets, down to none, are
 * estimated by the same formula.
 *
 * Source: Flajolet, Fusy, Gandouet & Meunier 2007 (registers); Heule, Nunkesser & Hall 2013 (64 bits); Ertl 2017, "New cardinality
 * estimation algorithms for HyperLogLog sketches", algorithm 6 (estimate).
 */
import type { TextHash } from './textHash.ts';

const indexBits = 11;
/** Registers. */
export const registers = 2 ** indexBits;
/** Standard error of the estimate, as a share of it. */
export const distinctError = 1.04 / Math.sqrt(registers);
/** Bits behind the index: the largest register is one more. */
const rankBits = 64 - indexBits;

export const distinctSketch = {
  initial: (): Uint8Array => new Uint8Array(registers),

  step(state: Uint8Array, { low, high }: TextHash): void {
    const index = low >>> (32 - indexBits);
    // The leading zeros of the other 53 bits: 21 of the low half, then the high half.
    const rest = (low << indexBits) >>> 0;
    const zeros = rest === 0 ? 32 - indexBits + Math.clz32(high) : Math.clz32(rest);
    if (zeros + 1 > state[index]!) state[index] = zeros + 1;
  },

  merge(state: Uint8Array, other: Uint8Array): void {
    for (let i = 0; i < registers; i += 1) if (other[i]! > state[i]!) state[i] = other[i]!;
  },

  /** 0 for an empty one. */
  read(state: Uint8Array): number {
    const counts = new Float64Array(rankBits + 2);
    for (const rank of state) counts[rank]! += 1;
    let z = registers * largeRanks(1 - counts[rankBits + 1]! / registers);
    for (let rank = rankBits; rank >= 1; rank -= 1) z = (z + counts[rank]!) / 2;
    z += registers * emptyRegisters(counts[0]! / registers);
    return registers ** 2 / (2 * Math.LN2 * z);
  },
};

/** Ertl's σ: what empty registers say. */
function emptyRegisters(share: number): number {
  if (share === 1) return Infinity;
  let x = share;
  let y = 1;
  let z = x;
  for (let before = NaN; z !== before; y += y) {
    x *= x;
    before = z;
    z += x * y;
  }
  return z;
}

/** Ertl's τ: what full ones say. */
function largeRanks(share: number): number {
  if (share === 0 || share === 1) return 0;
  let x = share;
  let y = 1;
  let z = 1 - x;
  for (let before = NaN; z !== before; ) {
    x = Math.sqrt(x);
    before = z;
    y /= 2;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}
