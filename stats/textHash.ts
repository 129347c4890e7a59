/** 64 bits of hash of a text, for sketches: the same everywhere, since states of partitions merge. */
import { bytesOf } from '../contracts/bytes.ts';
import { murmur3 } from '../contracts/hash.ts';

export interface TextHash {
  /** 32 bits each, in [0, 2³²). */
  readonly low: number;
  readonly high: number;
}

const encoder = new TextEncoder();
const seeds = [0x7465_7874, 0x686f_6c64] as const;

/** Texts of the last calls, since the same few come again and again. */
const known = new Map<string, TextHash>();
const knownMax = 4_096;

export function textHash(text: string): TextHash {
  const found = known.get(text);
  if (found !== undefined) return found;
  const bytes = encoder.encode(text);
  const held = bytesOf(bytes);
  const hash = {
    low: murmur3(held, 0, bytes.length, seeds[0]),
    high: murmur3(held, 0, bytes.length, seeds[1]),
  };
  if (known.size === knownMax) known.clear();
  known.set(text, hash);
  return hash;
}
