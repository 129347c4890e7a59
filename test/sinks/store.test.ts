import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import { EngineError } from '../../contracts/errors.ts';
import { type ClickHouseStore, createStore } from '../../sinks/clickhouse/store.ts';
import { startTrial, type Trial } from './temporary.ts';

let trial: Trial;
let store: ClickHouseStore;

beforeAll(async () => {
  trial = await startTrial();
  const { url, username, password } = trial.clickhouse;
  store = createStore({ url, username, password, database: 'stored' });
  await store.createDatabase();
  await store.command(
    'CREATE TABLE entries (key String, value String, n UInt64) ENGINE = MergeTree ORDER BY key',
  );
});

afterAll(async () => {
  await store.close();
  await trial.end();
});

async function codeOf(run: () => Promise<unknown>): Promise<string> {
  const error = await run().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof EngineError ? error.code : String(error);
}

function entries(count: number, valueLength: number): Uint8Array {
  const writer = new ByteWriter(count * (valueLength + 24));
  const value = Buffer.alloc(valueLength, 97);
  for (let i = 0; i < count; i += 1) {
    writer.text(`key-${i}`);
    writer.string(value, 0, value.length);
    writer.int64(i);
  }
  return writer.bytes.subarray(0, writer.length);
}

describe('insert', () => {
  // Without the settings, 1.1 million rows or 256 MB would make two blocks.
  test.each([
    [1, 10],
    [100_000, 300],
    [1_200_000, 8],
    [200_000, 1_200],
  ])('%i rows with values of %i bytes become one part', async (rows, valueLength) => {
    await store.command('TRUNCATE TABLE entries');
    await store.command('SYSTEM STOP MERGES entries');
    await store.insert('entries', entries(rows, valueLength));
    const parts = await store.query(
      `SELECT level, rows FROM system.parts
       WHERE database = 'stored' AND table = 'entries' AND active`,
    );
    expect(parts).toEqual([{ level: 0, rows }]);
    await store.command('SYSTEM START MERGES entries');
  });

  test('keeps bytes that are no text, and reads them back', async () => {
    await store.command('TRUNCATE TABLE entries');
    const writer = new ByteWriter();
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => 255 - i);
    writer.text('žluť');
    writer.string(bytes, 0, bytes.length);
    writer.int64(Number.MAX_SAFE_INTEGER);
    const row = writer.bytes.slice(0, writer.length);
    await store.insert('entries', row);
    const read = await store.readBinary('SELECT * FROM entries WHERE key = {key:String}', {
      key: 'žluť',
    });
    expect(Buffer.from(read).equals(row)).toBe(true);
  });

  test('of broken bytes is rejected and leaves nothing', async () => {
    await store.command('TRUNCATE TABLE entries');
    const whole = entries(1_000, 10);
    const broken = whole.subarray(0, whole.length - 3);
    expect(await codeOf(() => store.insert('entries', broken))).toBe('SINK_REJECTED');
    expect(await store.query('SELECT count() AS n FROM entries')).toEqual([{ n: 0 }]);
  });
});

describe('query', () => {
  test('gives 64-bit integers as numbers when safe, as text when not, and NaN as null', async () => {
    expect(
      await store.query(
        'SELECT toUInt64(5) AS a, toUInt64(18446744073709551615) AS b, nan AS c, -inf AS d',
      ),
    ).toEqual([{ a: 5, b: '18446744073709551615', c: null, d: null }]);
  });

  test('binds parameters', async () => {
    const found = await store.query('SELECT {list:Array(String)} AS list, {n:Float64} AS n', {
      list: ["'", '\\'],
      n: 0.1,
    });
    expect(found).toEqual([{ list: ["'", '\\'], n: 0.1 }]);
  });
});

describe('errors', () => {
  test('a wrong statement is rejected for good', async () => {
    expect(await codeOf(() => store.query('SELECT absent'))).toBe('SINK_REJECTED');
    expect(await codeOf(() => store.insert('absent', entries(1, 1)))).toBe('SINK_REJECTED');
    expect(await codeOf(() => store.readBinary('SELECT FROM'))).toBe('SINK_REJECTED');
    const error = await store.query('SELECT absent').catch((reason: unknown) => reason);
    expect((error as EngineError).cause).toBeInstanceOf(Error);
  });

  test('a result that breaks off is an error, not a shorter result', async () => {
    const sql = `SELECT throwIf(number = 250000) FROM numbers(300000)
                 SETTINGS max_threads = 1`;
    // Behind rows that were sent it breaks the connection; ahead of them, on a busy machine, it is the answer.
    const codes = ['SINK_UNAVAILABLE', 'SINK_REJECTED'];
    expect(codes).toContain(await codeOf(() => store.readBinary(sql)));
  });

  test('a lack of memory, a timeout and an absent server are unavailability', async () => {
    const memory =
      'SELECT groupArray(number) FROM numbers(10000000) SETTINGS max_memory_usage = 1000000';
    expect(await codeOf(() => store.query(memory))).toBe('SINK_UNAVAILABLE');
    const { url, username, password } = trial.clickhouse;
    const hasty = createStore({ url, username, password, database: 'stored', requestMaxMs: 100 });
    expect(await codeOf(() => hasty.query('SELECT sleep(2)'))).toBe('SINK_UNAVAILABLE');
    await hasty.close();
    const nowhere = createStore({ url: 'http://127.0.0.1:1', username, password, database: 'x' });
    expect(await codeOf(() => nowhere.ping())).toBe('SINK_UNAVAILABLE');
    expect(await codeOf(() => nowhere.insert('entries', entries(1, 1)))).toBe('SINK_UNAVAILABLE');
    await nowhere.close();
  });
});
