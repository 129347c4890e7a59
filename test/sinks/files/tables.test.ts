/** Tables as files: read back by other programs, every number exact. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ByteWriter } from '../../../contracts/byteWriter.ts';
import { writeCsv } from '../../../sinks/files/csvFile.ts';
import type { FileColumn } from '../../../sinks/files/fileColumn.ts';
import { writeParquet } from '../../../sinks/files/parquetFile.ts';
import { i32, i64, list, struct, text, writeStruct } from '../../../sinks/files/thriftCompact.ts';
import { startTestClickHouse, type TestClickHouse } from '../../support/clickhouse.ts';
import { removeDirectory, temporaryDirectory } from '../../support/engine.ts';

const directory = temporaryDirectory();
let clickhouse: TestClickHouse;
beforeAll(async () => {
  clickhouse = await startTestClickHouse();
});
afterAll(async () => {
  await clickhouse.close();
  removeDirectory(directory);
});

async function bytesOf(
  write: (piece: (bytes: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await write(async (bytes) => {
    pieces.push(Buffer.from(bytes));
  });
  return Buffer.concat(pieces);
}

function columnsOf(rows: number): FileColumn[] {
  const values = Float32Array.from({ length: 2 * rows }, (_, i) =>
    i % 7 === 3 ? NaN : Math.sin(i),
  );
  const feature = (name: string, first: number): FileColumn => ({
    ...{ name, kind: 'float32', values, first, step: 2 },
  });
  const times = Float64Array.from({ length: rows }, (_, i) => 1_772_438_400_000 + i * 977);
  const texts = Array.from({ length: rows }, (_, i) => ['algebra', 'žluť, "x"', ''][i % 3]!);
  return [
    { name: 'time', kind: 'int64', values: times, first: 0, step: 1 },
    feature('item success', 0),
    feature('item × skill', 1),
    { name: 'half', kind: 'float64', values: times.map((t) => 1 / t), first: 0, step: 1 },
    { name: 'context.course', kind: 'text', texts },
  ];
}

// More than one group of rows.
test.each([0, 1, 70_000])('ClickHouse reads Parquet of %i rows as it was written', async (rows) => {
  const columns = columnsOf(rows);
  const path = join(directory, `t${rows}.parquet`);
  writeFileSync(path, await bytesOf((piece) => writeParquet(columns, { a: 'b' }, { rows }, piece)));
  const store = await clickhouse.database('files');
  const types = await store.query<{ name: string; type: string }>(
    `SELECT * FROM (SELECT toTypeName(time), toTypeName(\`item success\`), toTypeName(\`item × skill\`), toTypeName(half),
       toTypeName(\`context.course\`) FROM file('${path}', 'Parquet')) LIMIT 1
     SETTINGS schema_inference_make_columns_nullable = 0`,
  );
  const expectedTypes = ['Int64', 'Float32', 'Float32', 'Float64', 'String'];
  if (rows > 0) expect(Object.values(types[0]!)).toEqual(expectedTypes);
  const read = await store.readBinary(
    `SELECT * FROM file('${path}', 'Parquet') ORDER BY time
     SETTINGS schema_inference_make_columns_nullable = 0`,
  );
  const expected = new ByteWriter();
  for (let row = 0; row < rows; row += 1) {
    for (const column of columns) {
      if (column.kind === 'text') {
        expected.text(column.texts[row]!);
        continue;
      }
      const value = column.values[column.first + row * column.step]!;
      if (column.kind === 'float32') expected.float32(value);
      else if (column.kind === 'float64') expected.float64(value);
      else expected.int64(value);
    }
  }
  expect(Buffer.from(read).equals(expected.take())).toBe(true);
});

// The bytes: parquet.thrift's PageHeader by hand, after the specification of the protocol.
test('a structure is written in the compact protocol', () => {
  const writer = new ByteWriter();
  const value = struct({ 1: i32(0), 2: i64(300), 5: list([text('é')]), 7: struct({ 1: i32(1) }) });
  writeStruct(writer, value.kind === 'struct' ? value.value : new Map());
  const hex = Buffer.from(writer.take()).toString('hex');
  expect(hex).toBe(['1500', '16d804', '391802c3a9', '2c', '1502', '00', '00'].join(''));
  const long = new ByteWriter();
  writeStruct(long, new Map([[1, list(Array.from({ length: 15 }, () => i32(1)))]]));
  expect(Buffer.from(long.take()).toString('hex')).toBe(`19f50f${'02'.repeat(15)}00`);
  expect(() => writeStruct(new ByteWriter(), new Map([[16, i32(0)]]))).toThrow(RangeError);
});

test('CSV has a line of names, and quotes what must be', async () => {
  const columns = columnsOf(4);
  const bytes = await bytesOf((piece) => writeCsv(columns, { rows: 4 }, piece));
  const lines = bytes.toString().split('\n');
  expect(lines[0]).toBe('time,item success,item × skill,half,context.course');
  expect(lines[1]).toMatch(/^1772438400000,0,0\.841470957,5\.6\d+e-13,algebra$/);
  expect(lines[2]).toMatch(/^1772438400977,0\.9092974\d*,,5\.6\d+e-13,"žluť, ""x"""$/);
  expect(lines).toHaveLength(6);
  const empty = await bytesOf((piece) => writeCsv(columns, { rows: 0 }, piece));
  expect(empty.toString()).toBe(`${lines[0]}\n`);
});

test('every number of a CSV comes back exactly', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.float({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      async (single, double) => {
        const columns: FileColumn[] = [
          { name: 'a', kind: 'float32', values: Float32Array.of(single), first: 0, step: 1 },
          { name: 'b', kind: 'float64', values: [double], first: 0, step: 1 },
        ];
        const bytes = await bytesOf((piece) => writeCsv(columns, { rows: 1 }, piece));
        const [a, b] = bytes.toString().split('\n')[1]!.split(',').map(Number);
        expect(Math.fround(a!)).toBe(single === 0 ? 0 : single);
        expect(b).toBe(double === 0 ? 0 : double);
      },
    ),
    { numRuns: 2_000 },
  );
});
