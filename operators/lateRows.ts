/** The rows that `onTime` drops, for the table `late_events`. */
import { filter, map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf, watermarksOf } from '../contracts/batch.ts';
import type { Rows } from '../contracts/rows.ts';
import { writeCode, writeText, writeTime } from './rowFields.ts';

/**
 * Late rows with the watermark that they missed; nothing for a batch without any.
 *
 * ```text
 * times, watermarks  --[9/−∞ 3/5 5/5]--[7/5]--|
 * lateRows('demo')   --[3/5]------------------|
 * ```
 *
 * @param pipeline name under which they are stored
 */
export function lateRows(pipeline: string): OperatorFunction<Batch, Rows> {
  return (batches) =>
    batches.pipe(
      map((batch) => lateRowsOf(pipeline, batch)),
      filter((rows) => rows.length > 0),
    );
}

function lateRowsOf(pipeline: string, batch: Batch): Rows {
  const times = numbersOf(batch, 'time');
  const watermarks = watermarksOf(batch);
  const late: number[] = [];
  for (let row = 0; row < batch.length; row += 1) {
    if (times[row]! < watermarks[row]!) late.push(row);
  }
  return {
    table: 'late_events',
    length: late.length,
    encode(writer) {
      const types = codesOf(batch, 'type');
      const users = codesOf(batch, 'user');
      for (const row of late) {
        writer.text(pipeline);
        writer.uint16(batch.partition);
        writer.int64(batch.offsets[row]!);
        writeTime(writer, batch.receivedAt);
        writeTime(writer, times[row]!);
        writeTime(writer, watermarks[row]!);
        writeCode(writer, batch, types[row]!);
        writeCode(writer, batch, users[row]!);
        writeText(writer, batch.raw, row);
      }
    },
  };
}
