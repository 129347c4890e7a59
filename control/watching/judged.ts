/** What a judge takes and says: readings of one moment of event time, and for each of them whether it is as it should be. */
import type { JudgedReading } from '../../contracts/alert.ts';

export interface Reading {
  /** Segment, or key of a statistic; empty: the whole. Unlike that of any other reading of the round. */
  readonly key: readonly string[];
  /** Of the bucket or window, ms since 1970; equal for a reading of one moment. */
  readonly start: number;
  readonly end: number;
  /** null: there was nothing to read. */
  readonly value: number | null;
  /** Rows behind it. */
  readonly count: number;
  /** Standard deviation of those rows, where they are known. */
  readonly deviation?: number;
}

/**
 * `fine`: as it should be. `breach`: it is not. `unclear`: an alert that is open stays so, and none is opened by it.
 * `unknown`: nothing can be said, such as of too few rows.
 */
export type Verdict = 'fine' | 'breach' | 'unclear' | 'unknown';

export interface Judged {
  readonly key: readonly string[];
  readonly verdict: Verdict;
  readonly direction: 'rise' | 'fall' | null;
  readonly reading: JudgedReading;
  /** The level that a series has had for long is what is usual now: an alert about it is over. */
  readonly isNewNormal?: boolean;
}

/** Judges one watch; keeps what it has learnt in memory, as a function of the readings alone. */
export interface Judge {
  /**
   * @param end of the readings, ms since 1970, ascending from call to call
   * @param readings of all keys that there are at that moment
   * @returns for each reading
   */
  judge(end: number, readings: readonly Reading[]): readonly Judged[];
}
