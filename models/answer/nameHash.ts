/** Stable 32-bit hash of what a code stands for: codes differ between runs, strings do not. */
import { bytesOf } from '../../contracts/bytes.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { murmur3 } from '../../contracts/hash.ts';

const encoder = new TextEncoder();
const seed = 0x616e_7377;

/** @returns a signed 32-bit integer that is not 0: that is left to mean "none", as in a new row */
export function nameHash(dictionary: Dictionary, code: number): number {
  const bytes = encoder.encode(dictionary.text(code));
  return murmur3(bytesOf(bytes), 0, bytes.length, seed) | 0 || 1;
}
