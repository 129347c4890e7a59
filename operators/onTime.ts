/** Keeps the rows that the watermark has not passed; `lateRows` takes the others. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, numbersOf, selectRows, watermarksOf } from '../contracts/batch.ts';

/**
 * Drops the rows whose time lies before their watermark.
 *
 * ```text
 * times, watermarks  --[9/−∞ 3/5 5/5]--|
 * onTime()           --[9    5]--------|
 * ```
 *
 * Synchronous: one batch out for each in, empty when all of its rows are late.
 *
 * @throws RangeError (in the stream) when the batches did not pass through `watermark`
 */
export function onTime(): OperatorFunction<Batch, Batch> {
  return map((batch) => {
    const times = numbersOf(batch, 'time');
    const watermarks = watermarksOf(batch);
    const rows = new Int32Array(batch.length);
    let count = 0;
    for (let row = 0; row < batch.length; row += 1) {
      rows[count] = row;
      if (!(times[row]! < watermarks[row]!)) count += 1;
    }
    return selectRows(batch, rows, count);
  });
}
