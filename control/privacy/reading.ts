/** How figures of people are read: from where, under what they are told, and with the days that were read before. */
import { type KeptDays, keepDays } from '../keptDays.ts';
import type { Reader } from '../statement.ts';
import type { Telling } from './telling.ts';

export interface Reading {
  readonly reader: Reader;
  readonly kept: KeptDays;
  readonly telling: Telling;
}

/** For the engine itself: nothing is withheld, and nothing kept. @param now by the clock, ms */
export function readingAll(reader: Reader, now: number): Reading {
  return { reader, kept: keepDays(() => now, 0), telling: { least: 0, now } };
}
