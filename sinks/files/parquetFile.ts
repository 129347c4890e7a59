/**
 * A table as Parquet: required columns, plain encoding, no compression, a page for each column of a group of rows. NaN stays NaN.
 *
 * Source: Apache Parquet format 2, README.md, Encodings.md and src/main/thrift/parquet.thrift.
 */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { FileColumn, WriteOptions, WritePiece } from './fileColumn.ts';
import { i32, i64, list, struct, type ThriftValue, text, writeStruct } from './thriftCompact.ts';

/** Rows of a group. */
const groupRows = 65_536;
const magic = new TextEncoder().encode('PAR1');

const types = { int64: 2, float32: 4, float64: 5, text: 6 } as const;
const required = 0;
const utf8 = 0;
const plain = 0;
/** Of levels, which required columns do not have. */
const runLength = 3;
const uncompressed = 0;
const dataPage = 0;

/** @param metadata texts by key, for whoever reads the file */
export async function writeParquet(
  columns: readonly FileColumn[],
  metadata: Readonly<Record<string, string>>,
  { rows, onProgress }: WriteOptions,
  write: WritePiece,
): Promise<void> {
  const page = new ByteWriter(1 << 18);
  const head = new ByteWriter();
  let at = 0;
  const put = async (bytes: Uint8Array) => {
    await write(bytes);
    at += bytes.length;
  };
  await put(magic);
  const groups: ThriftValue[] = [];
  for (let from = 0; from < rows; from += groupRows) {
    const count = Math.min(groupRows, rows - from);
    const chunks: ThriftValue[] = [];
    const start = at;
    for (const column of columns) {
      page.clear();
      writePlain(page, column, from, count);
      head.clear();
      writeStruct(head, pageHeader(page.length, count));
      const size = head.length + page.length;
      chunks.push(chunkOf(column, at, size, count));
      await put(head.bytes.subarray(0, head.length));
      await put(page.bytes.subarray(0, page.length));
    }
    groups.push(struct({ 1: list(chunks), 2: i64(at - start), 3: i64(count) }));
    onProgress?.(from + count);
  }
  const footer = new ByteWriter();
  writeStruct(footer, footerOf(columns, metadata, rows, groups));
  footer.uint32(footer.length);
  footer.raw(magic, 0, magic.length);
  await put(footer.take());
}

const fieldsOf = (value: ThriftValue) => (value.kind === 'struct' ? value.value : new Map());

function pageHeader(size: number, count: number) {
  const data = struct({ 1: i32(count), 2: i32(plain), 3: i32(runLength), 4: i32(runLength) });
  return fieldsOf(struct({ 1: i32(dataPage), 2: i32(size), 3: i32(size), 5: data }));
}

function chunkOf({ name, kind }: FileColumn, at: number, size: number, count: number): ThriftValue {
  const about = struct({
    ...{ 1: i32(types[kind]), 2: list([i32(plain)]), 3: list([text(name)]), 4: i32(uncompressed) },
    ...{ 5: i64(count), 6: i64(size), 7: i64(size), 9: i64(at) },
  });
  return struct({ 2: i64(at), 3: about });
}

function footerOf(
  columns: readonly FileColumn[],
  metadata: Readonly<Record<string, string>>,
  rows: number,
  groups: readonly ThriftValue[],
) {
  const root = struct({ 4: text('table'), 5: i32(columns.length) });
  const schema = columns.map(({ name, kind }) =>
    struct({
      ...{ 1: i32(types[kind]), 3: i32(required), 4: text(name) },
      ...(kind === 'text' ? { 6: i32(utf8) } : {}),
    }),
  );
  const pairs = Object.entries(metadata).map(([key, value]) =>
    struct({ 1: text(key), 2: text(value) }),
  );
  const about = {
    ...{ 1: i32(1), 2: list([root, ...schema]), 3: i64(rows), 4: list(groups) },
    ...{ 5: list(pairs), 6: text('millrace') },
  };
  return fieldsOf(struct(about));
}

function writePlain(page: ByteWriter, column: FileColumn, from: number, count: number): void {
  if (column.kind === 'text') {
    for (let row = from; row < from + count; row += 1) {
      const size = page.length;
      page.uint32(0);
      page.utf8(column.texts[row]!);
      const { length } = page;
      page.length = size;
      page.uint32(length - size - 4);
      page.length = length;
    }
    return;
  }
  const { kind, values, first, step } = column;
  for (let row = from; row < from + count; row += 1) {
    const value = values[first + row * step]!;
    if (kind === 'float32') page.float32(value);
    else if (kind === 'float64') page.float64(value);
    else page.int64(value);
  }
}
