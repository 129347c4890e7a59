/**
 * Strings as small integers: one code per distinct string of a partition, so that columns are `Int32Array`s and
 * state is found by index. A code means nothing outside its dictionary; what is stored is always the string.
 */
import type { Bytes } from './bytes.ts';

export interface Dictionary {
  /** Codes run from 0 to `capacity` − 1; a freed code is given out again. */
  readonly capacity: number;
  /** The code of UTF-8 bytes, made at first sight. */
  intern(text: Bytes, start: number, end: number): number;
  /** The code of a text, made at first sight. */
  internText(text: string): number;
  /** The code of a text, −1 when it has none. */
  find(text: string): number;
  text(code: number): string;
  /** 32 bits that depend on the text alone, in [0, 2³²): the same in every dictionary. */
  hash(code: number): number;
  /** Appends the UTF-8 bytes of a code; the same bytes that were interned. */
  copy(code: number, target: { raw(source: Uint8Array, start: number, end: number): void }): void;
  /** Bytes of a code in UTF-8, for length prefixes. */
  byteLength(code: number): number;
  /** A state table keeps this code alive from now on. */
  retain(code: number): void;
  /** The state table lets it go; at the next `sweep` it is freed unless another retains it. */
  release(code: number): void;
  /** Frees the codes that no table retains. No batch decoded before may be used after. */
  sweep(): void;
}
