/** The version of a state whose meaning follows from options: a stored one of other options is refused, as that of another version. */
import { bytesOf } from './bytes.ts';
import { canonicalJson } from './canonicalJson.ts';
import { murmur3 } from './hash.ts';

/**
 * A hash of the meaning, in [0, 2³²).
 *
 * @throws TypeError for what JSON cannot hold
 */
export function meaningVersion(meaning: unknown): number {
  const bytes = new TextEncoder().encode(canonicalJson(meaning));
  return murmur3(bytesOf(bytes), 0, bytes.length, 0);
}
