/** Every event as a row of the table `events`: the archive, with the bytes as they came. */
import { filter, map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf } from '../contracts/batch.ts';
import { ByteWriter } from '../contracts/byteWriter.ts';
import type { Rows } from '../contracts/rows.ts';
import { writeCode, writeText, writeTime } from '../operators/rowFields.ts';

/** @param pipeline name under which they are stored */
export function archiveRows(pipeline: string): OperatorFunction<Batch, Rows> {
  return (batches) =>
    batches.pipe(
      filter((batch) => batch.length > 0),
      map((batch) => rowsOf(pipeline, batch)),
    );
}

function rowsOf(pipeline: string, batch: Batch): Rows {
  return {
    table: 'events',
    length: batch.length,
    encode(writer) {
      const times = numbersOf(batch, 'time');
      const values = numbersOf(batch, 'value');
      const types = codesOf(batch, 'type');
      const users = codesOf(batch, 'user');
      const items = codesOf(batch, 'item');
      const ids = batch.texts.get('id')!;
      const prefix = new ByteWriter(64);
      prefix.text(pipeline);
      prefix.uint16(batch.partition);
      for (let row = 0; row < batch.length; row += 1) {
        writer.raw(prefix.bytes, 0, prefix.length);
        writer.int64(batch.offsets[row]!);
        writeTime(writer, batch.receivedAt);
        writeTime(writer, times[row]!);
        writeCode(writer, batch, types[row]!);
        writeCode(writer, batch, users[row]!);
        writeCode(writer, batch, items[row]!);
        const value = values[row]!;
        writer.uint8(Number.isNaN(value) ? 1 : 0);
        if (!Number.isNaN(value)) writer.float64(value);
        writeText(writer, ids, row);
        writeText(writer, batch.raw, row);
      }
    },
  };
}
