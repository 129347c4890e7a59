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

export function textHash(text: string): TextHash {
  const bytes = encoder.encode(text);
  const held = bytesOf(bytes);
  return {
    low: murmur3(held, 0, bytes.length, seeds[0]),
    high: murmur3(held, 0, bytes.length, seeds[1]),
  };
}
