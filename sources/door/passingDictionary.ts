/**
 * The dictionary of the door, which needs no column but the bytes of each user: it gives every string a new code without
 * looking whether it had one, and forgets all of them after each body, so it never grows.
 */
import { type Bytes, bytesOf } from '../../contracts/bytes.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { type partitionOf, stringHash } from '../../contracts/hash.ts';

export interface PassingDictionary extends Dictionary {
  /** Partition of the user with this code. */
  partition(code: number, partitions: number, choose: typeof partitionOf): number;
  /** Whether the string with this code is this one, by its UTF-8: nothing is made for it. */
  is(code: number, text: Uint8Array): boolean;
  /** The string's own bytes; they are not copied. */
  bytes(code: number): Uint8Array;
  /** Where they stand. */
  place(code: number): { readonly source: Bytes; readonly from: number; readonly to: number };
  /** Forgets every string: the codes begin at 0 again. */
  clear(): void;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function createPassingDictionary(): PassingDictionary {
  let sources: Bytes[] = [];
  let starts: number[] = [];
  let ends: number[] = [];
  const intern = (text: Bytes, start: number, end: number): number => {
    starts.push(start);
    ends.push(end);
    return sources.push(text) - 1;
  };
  return {
    get capacity() {
      return sources.length;
    },
    intern,
    internText(text) {
      const bytes = encoder.encode(text);
      return intern(bytesOf(bytes), 0, bytes.length);
    },
    find: () => -1,
    text: (code) => decoder.decode(sources[code]!.bytes.subarray(starts[code], ends[code])),
    hash: (code) => stringHash(sources[code]!, starts[code]!, ends[code]!),
    copy: (code, target) => target.raw(sources[code]!.bytes, starts[code]!, ends[code]!),
    byteLength: (code) => ends[code]! - starts[code]!,
    partition: (code, partitions, choose) =>
      choose(sources[code]!, starts[code]!, ends[code]!, partitions),
    is(code, text) {
      const start = starts[code]!;
      if (ends[code]! - start !== text.length) return false;
      const { bytes } = sources[code]!;
      for (let i = 0; i < text.length; i += 1) if (bytes[start + i] !== text[i]) return false;
      return true;
    },
    bytes: (code) => sources[code]!.bytes.subarray(starts[code], ends[code]),
    place: (code) => ({ source: sources[code]!, from: starts[code]!, to: ends[code]! }),
    retain() {},
    release() {},
    sweep() {},
    clear() {
      sources = [];
      starts = [];
      ends = [];
    },
  };
}
