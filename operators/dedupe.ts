/** Drops events that were sent again. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, selectRows } from '../contracts/batch.ts';
import { clockTimes } from './clockTimes.ts';
import type { DedupeTable } from './state/dedupeTable.ts';

/**
 * Drops each row whose user and id were seen before, within the table's horizon of event time.
 *
 * ```text
 * ids     --[a b a]--[b c]--|
 * dedupe  --[a b]----[c]----|
 * ```
 *
 * The clock is the largest event time so far, where a time after the batch's reception counts as the reception. A repetition
 * does not prolong the memory of its id. Depends on the rows alone, not on how they are cut into batches. Synchronous: one
 * batch out for each in, empty when all of its rows are duplicates.
 *
 * @param table     from `createDedupeTable`, with the horizon and the bound
 * @param timeless  types of rows that leave the clock where it is: see `clockTimes`
 * @param onDropped told how many rows of a batch were dropped, when there were any
 */
export function dedupe({
  table,
  timeless,
  onDropped,
}: {
  readonly table: DedupeTable;
  readonly timeless?: readonly string[];
  readonly onDropped?: (count: number) => void;
}): OperatorFunction<Batch, Batch> {
  return map((batch) => {
    const times = clockTimes(batch, timeless);
    const { idLow, idHigh } = batch;
    const rows = new Int32Array(batch.length);
    let count = 0;
    for (let row = 0; row < batch.length; row += 1) {
      rows[count] = row;
      if (table.add(idLow[row]!, idHigh[row]!, times[row]!)) count += 1;
    }
    if (count < batch.length) onDropped?.(batch.length - count);
    return selectRows(batch, rows, count);
  });
}
