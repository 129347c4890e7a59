/** Writes fields of a batch's rows in RowBinary. */
import type { Batch, TextColumn } from '../contracts/batch.ts';
import type { ByteWriter } from '../contracts/byteWriter.ts';

/** A String from a dictionary code; an absent one is empty. */
export function writeCode(writer: ByteWriter, batch: Batch, code: number): void {
  if (code < 0) {
    writer.varint(0);
    return;
  }
  writer.varint(batch.dictionary.byteLength(code));
  batch.dictionary.copy(code, writer);
}

/** A String from a text column; an absent one is empty. */
export function writeText(writer: ByteWriter, column: TextColumn, row: number): void {
  const start = column.starts[row]!;
  if (start < 0) writer.varint(0);
  else writer.string(column.bytes, start, column.ends[row]!);
}

/** A DateTime64(3) from ms since 1970; fractions are cut off. */
export function writeTime(writer: ByteWriter, time: number): void {
  writer.int64(Math.floor(time));
}
