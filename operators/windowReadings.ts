/** What the window operators share: their parameters, and what they say after each batch. */
import type { Batch } from '../contracts/batch.ts';
import type { Fold } from '../contracts/fold.ts';
import type { OpenWindow } from './state/windowTable.ts';

export interface WindowColumns {
  /** The numeric column that the fold takes; rows where it is NaN are skipped. */
  readonly value: string;
  /**
   * String column whose values get windows of their own. Each row counts in one segment only, '' where the column is
   * absent, `(others)` where there are too many, so a total is the merge of all segments. Without it there is one segment, ''.
   */
  readonly segment?: string;
}

export interface WindowReading<Output> {
  readonly segment: string;
  /** First instant of the window, and the first behind it, ms since 1970. */
  readonly start: number;
  readonly end: number;
  readonly lastOffset: number;
  readonly value: Output;
}

export interface WindowReadings<Output> {
  readonly batch: Batch;
  /** Windows that the batch touched. */
  readonly length: number;
  /** What they read now; computed when called, so call it before the next batch. */
  readings(): WindowReading<Output>[];
}

export function windowReadings<State, Output>(
  batch: Batch,
  touched: readonly OpenWindow<State>[],
  fold: Pick<Fold<State, never, Output>, 'read'>,
): WindowReadings<Output> {
  return {
    batch,
    length: touched.length,
    readings: () =>
      touched.map(({ segment, held }) => {
        const { start, end, lastOffset } = held;
        return { segment, start, end, lastOffset, value: fold.read(held.state) };
      }),
  };
}

/** @throws RangeError unless `length` is a positive whole number of milliseconds */
export function expectDuration(name: string, length: number): void {
  if (Number.isInteger(length) && length > 0) return;
  throw new RangeError(`${name}: expected a whole number of ms > 0, got ${length}`);
}
