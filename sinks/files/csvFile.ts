/**
 * A table as CSV: a line of names, then a line a row, ended by `\n`; what is missing is empty.
 *
 * Numbers come back exactly: those of float32 have nine digits at most. Source: RFC 4180 (quotes).
 */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { FileColumn, WriteOptions, WritePiece } from './fileColumn.ts';

/** Rows written at once. */
const pieceRows = 4_096;

export async function writeCsv(
  columns: readonly FileColumn[],
  { rows, onProgress }: WriteOptions,
  write: WritePiece,
): Promise<void> {
  const writer = new ByteWriter(1 << 16);
  writer.utf8(`${columns.map(({ name }) => quoted(name)).join(',')}\n`);
  for (let from = 0; from < rows; from += pieceRows) {
    const to = Math.min(rows, from + pieceRows);
    for (let row = from; row < to; row += 1) {
      let line = '';
      for (let i = 0; i < columns.length; i += 1) {
        line += i === 0 ? field(columns[i]!, row) : `,${field(columns[i]!, row)}`;
      }
      writer.utf8(`${line}\n`);
    }
    await write(writer.bytes.subarray(0, writer.length));
    writer.clear();
    onProgress?.(to);
  }
  if (rows === 0) await write(writer.take());
}

function field(column: FileColumn, row: number): string {
  if (column.kind === 'text') return quoted(column.texts[row]!);
  const value = column.values[column.first + row * column.step]!;
  if (Number.isNaN(value)) return '';
  if (column.kind !== 'float32' || Number.isInteger(value)) return `${value}`;
  return `${Number(value.toPrecision(9))}`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
