/** Event time as a clock: how far the stream has come, known before each row. */
import { map, type OperatorFunction } from 'rxjs';
import type { Batch } from '../contracts/batch.ts';
import type { ObjectTable } from '../contracts/stateTable.ts';
import { clockTimes } from './clockTimes.ts';

export interface EventClock {
  /** Largest event time seen, ms since 1970; −Infinity at first. */
  clock: number;
}

const key = 'clock';

/**
 * Adds the watermark before each row: the largest time seen in earlier rows, less the allowed lateness.
 *
 * ```text
 * times                       --[3 9]--[5 12]--|
 * watermark({ latenessMs: 4 })--[-∞ -1]--[5 5]--|
 * ```
 *
 * A time after the batch's reception counts as the reception, so that one wrong clock cannot close everybody's windows.
 * Depends on the rows alone, not on how they are cut into batches. Synchronous: one batch out for each in. As behind
 * every operator with a table, whoever needs the result twice must `share` it: two subscriptions would step the state twice.
 *
 * @param latenessMs how far behind the latest event an event may come, ms, ≥ 0
 * @param table      where the clock survives a restart
 * @param timeless   types of rows that leave the clock where it is: see `clockTimes`
 * @throws RangeError when `latenessMs` is negative or not finite
 */
export function watermark({
  latenessMs,
  table,
  timeless,
}: {
  readonly latenessMs: number;
  readonly table: ObjectTable<EventClock>;
  readonly timeless?: readonly string[];
}): OperatorFunction<Batch, Batch> {
  if (!(latenessMs >= 0 && latenessMs < Infinity)) {
    throw new RangeError(`latenessMs: expected ≥ 0 and finite, got ${latenessMs}`);
  }
  return map((batch) => {
    const times = clockTimes(batch, timeless);
    const watermarks = new Float64Array(batch.length);
    const before = table.get(key)?.clock ?? -Infinity;
    let clock = before;
    for (let row = 0; row < batch.length; row += 1) {
      watermarks[row] = clock - latenessMs;
      clock = Math.max(clock, times[row]!);
    }
    if (clock > before) table.set(key, { clock });
    return { ...batch, watermarks };
  });
}
