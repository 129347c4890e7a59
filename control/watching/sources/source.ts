/** What is watched, as readings: whatever they come from, rounds of one moment each. */

import type { JudgedReading } from '../../../contracts/alert.ts';
import type { Reading } from '../judged.ts';

/** Readings of all keys at one moment of event time. */
export interface Round {
  /** ms since 1970. */
  readonly end: number;
  readonly readings: readonly Reading[];
  /** What the source itself knows of a reading, in the order of the readings: takes the place of what a judge leaves out. */
  readonly known?: readonly (Partial<JudgedReading> | undefined)[];
}

/** Up to when a pipeline's event time is complete. */
export interface Frontier {
  /** By the clock, ms since 1970. */
  readonly now: number;
  /** End of the newest window, ms since 1970, not in the future; null: there is none. */
  readonly newest: number | null;
  /** Whatever ends then or before will hardly change any more; -Infinity: nothing. */
  readonly completeTo: number;
}

export interface Source {
  /**
   * What a judge has to see before it judges what ends behind `cursor`, the oldest first.
   *
   * @param cursor end of the newest reading that was judged; undefined: none was, and all that is complete is past
   */
  past(cursor: number | undefined, frontier: Frontier): AsyncIterable<Round>;
  /**
   * The complete rounds that end behind `cursor`, the oldest first. Whoever has had enough stops, and asks again from there.
   */
  rounds(cursor: number, frontier: Frontier): AsyncIterable<Round>;
  /** What the watch is told of its keys, a sentence; null: nothing. */
  readonly remark: string | null;
}

/** A source that cannot be read as it is defined: the sentence is for people. */
export class SourceProblem extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'SourceProblem';
  }
}

/** Keys of a watch: further ones are not judged. */
export const keysMaxDefault = 2_000;
/** So much of the past a judge sees before it begins, ms. */
export const pastMs = 35 * 24 * 3_600_000;
