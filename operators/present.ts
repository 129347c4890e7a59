/** Keeps the rows that have what comes next needs. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, selectRows } from '../contracts/batch.ts';

/**
 * Drops the rows in which one of some string columns is absent.
 *
 * ```text
 * user, item               --[ada/x ada/− −/y]--[bob/y]--|
 * present('user', 'item')  --[ada/x]------------[bob/y]--|
 * ```
 *
 * Synchronous: one batch out for each in, empty when no row has all.
 *
 * @throws RangeError (in the stream) when the pipeline did not ask for a column
 */
export function present(...columns: readonly string[]): OperatorFunction<Batch, Batch> {
  return map((batch) => {
    const codes = columns.map((column) => codesOf(batch, column));
    const rows = new Int32Array(batch.length);
    let count = 0;
    for (let row = 0; row < batch.length; row += 1) {
      rows[count] = row;
      let isWhole = true;
      for (const each of codes) isWhole &&= each[row]! >= 0;
      if (isWhole) count += 1;
    }
    return selectRows(batch, rows, count);
  });
}
