/**
 * Under which name a user is known inside: a keyed hash of the id that the producer sends, so that nothing that is stored names the
 * person. Whoever has the key finds a person whose id is known; nobody gets from a name to an id.
 */
import type { Bytes } from './bytes.ts';

/** Characters of a pseudonym, all of them ASCII. */
export const pseudonymLength = 30;

export interface Pseudonyms {
  /** The pseudonym of an id; of a pseudonym of this key, itself. */
  of(user: string): string;
  /**
   * The same for UTF-8.
   *
   * @returns where in `names` it stands, {@link pseudonymLength} bytes; until the next call
   */
  find(id: Bytes, start: number, end: number): number;
  readonly names: Bytes;
  /** Tells keys apart, and tells nothing of the key: 16 hexadecimal digits. */
  readonly fingerprint: string;
}

/** How a user is known where there are pseudonyms, or none. */
export function nameOf(pseudonyms: Pick<Pseudonyms, 'of'> | undefined, user: string): string {
  return pseudonyms === undefined ? user : pseudonyms.of(user);
}
