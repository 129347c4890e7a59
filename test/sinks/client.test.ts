// The unmodified client against the embedded server, as it would use the real one.
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ClickHouseClient,
  ClickHouseError,
  ClickHouseLogLevel,
  createClient,
} from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTrial, type Trial } from './temporary.ts';

const log = { level: ClickHouseLogLevel.OFF };
let trial: Trial;
let client: ClickHouseClient;
let access: { url: string; username: string; password: string };

beforeAll(async () => {
  trial = await startTrial();
  const { url, username, password } = trial.clickhouse;
  access = { url, username, password };
  client = createClient({ ...access, log });
  await client.command({
    query: `CREATE TABLE scores (id UInt64, name String, score Nullable(Float64))
            ENGINE = MergeTree ORDER BY id`,
  });
});

afterAll(async () => {
  await client.close();
  await trial.end();
});

async function rows<Row>(query: string, query_params = {}): Promise<Row[]> {
  const result = await client.query({ query, query_params, format: 'JSONEachRow' });
  return await result.json<Row>();
}

async function failure(run: () => Promise<unknown>): Promise<ClickHouseError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof ClickHouseError) return error;
    throw error;
  }
  throw new Error('expected a ClickHouseError');
}

describe('select', () => {
  const query = "SELECT number AS n, concat('s', toString(number)) AS s FROM numbers(3)";

  test('answers in JSON, with meta and rows', async () => {
    const result = await client.query({ query, format: 'JSON' });
    const answer = await result.json<{ n: string; s: string }>();
    expect(answer.meta).toEqual([
      { name: 'n', type: 'UInt64' },
      { name: 's', type: 'String' },
    ]);
    expect(answer.data.map((row) => row.s)).toEqual(['s0', 's1', 's2']);
    expect(answer.rows).toBe(3);
  });

  test('answers in row formats', async () => {
    const lines = async (format: 'CSV' | 'CSVWithNames' | 'TabSeparated' | 'JSONCompactEachRow') =>
      (await client.query({ query, format })).text();
    expect(await lines('CSV')).toBe('0,"s0"\n1,"s1"\n2,"s2"\n');
    expect(await lines('CSVWithNames')).toBe('"n","s"\n0,"s0"\n1,"s1"\n2,"s2"\n');
    expect(await lines('TabSeparated')).toBe('0\ts0\n1\ts1\n2\ts2\n');
    expect(await lines('JSONCompactEachRow')).toMatch(/^\[\D*0\D*, ?"s0"\]\n/);
  });

  test('answers in RowBinary through exec', async () => {
    const { stream } = await client.exec({ query: `${query} FORMAT RowBinary` });
    const bytes = await buffer(stream);
    expect([...bytes.subarray(0, 11)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 2, 0x73, 0x30]);
    expect(bytes.length).toBe(33);
  });

  test('has one header however many blocks there are', async () => {
    const result = await client.query({
      query: 'SELECT number AS n FROM numbers(300000)',
      format: 'CSVWithNames',
    });
    const lines = (await result.text()).trimEnd().split('\n');
    expect(lines.length).toBe(300_001);
    expect(lines.filter((line) => line === '"n"').length).toBe(1);
  });

  test('answers nothing as nothing', async () => {
    expect(await rows('SELECT 1 AS a WHERE 0')).toEqual([]);
  });

  test('keeps text that is not ASCII', async () => {
    expect(await rows("SELECT 'žluťoučký 🐎' AS s -- komentář")).toEqual([{ s: 'žluťoučký 🐎' }]);
  });

  test('describes, shows and explains', async () => {
    expect((await rows<{ name: string }>('SHOW TABLES')).map(({ name }) => name)).toContain(
      'scores',
    );
    expect(await rows('DESCRIBE TABLE scores')).toHaveLength(3);
    expect((await rows('EXPLAIN SELECT 1')).length).toBeGreaterThan(0);
    expect(await rows('EXISTS TABLE scores')).toEqual([{ result: 1 }]);
  });
});

describe('parameters', () => {
  const cases: [string, unknown, unknown][] = [
    ['String', "a'b\\c\td\ne", "a'b\\c\td\ne"],
    ['String', '', ''],
    ['UInt8', 200, 200],
    ['Int64', -5, '-5'],
    ['Float64', 0.25, 0.25],
    ['Bool', true, true],
    ['Nullable(String)', null, null],
    ['Array(String)', ["x'", '\\', 'y,z'], ["x'", '\\', 'y,z']],
    ['Array(UInt32)', [1, 2, 3], [1, 2, 3]],
    ['Map(String, UInt8)', { a: 1 }, { a: 1 }],
    ['Date', '2026-03-01', '2026-03-01'],
    ["DateTime64(3, 'UTC')", new Date(1_700_000_000_123), '2023-11-14 22:13:20.123'],
  ];
  test.each(cases)('%s %j arrives as it was', async (type, value, expected) => {
    const result = await client.query({
      query: `SELECT {p:${type}} AS p`,
      query_params: { p: value },
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
    });
    expect(await result.json()).toEqual([{ p: expected }]);
  });

  test('an identifier names a table', async () => {
    expect(await rows('SELECT 1 AS n FROM {t:Identifier} LIMIT 1', { t: 'scores' })).toEqual([]);
    const error = await failure(() => rows('SELECT 1 FROM {t:Identifier}', { t: 'absent' }));
    expect(error.type).toBe('UNKNOWN_TABLE');
  });

  test('a parameter of one request is unknown to the next', async () => {
    await rows('SELECT {a:String}', { a: 'x' });
    const error = await failure(() => rows('SELECT {a:String}'));
    expect(error.type).toBe('UNKNOWN_QUERY_PARAMETER');
  });

  test('many values go as a multipart body', async () => {
    const ids = Array.from({ length: 5_000 }, (_, i) => `id-${i}`);
    const result = await client.query({
      query: 'SELECT toUInt32(length({ids:Array(String)})) AS n',
      query_params: { ids },
      format: 'JSONEachRow',
      use_multipart_params: true,
    });
    expect(await result.json()).toEqual([{ n: 5_000 }]);
  });
});

describe('insert', () => {
  async function take(): Promise<unknown[]> {
    const found = await rows('SELECT * FROM scores ORDER BY id');
    await client.command({ query: 'TRUNCATE TABLE scores' });
    return found;
  }

  test('takes JSONEachRow, JSONCompactEachRow and CSV', async () => {
    const first = await client.insert({
      table: 'scores',
      format: 'JSONEachRow',
      values: [{ id: 1, name: "a'\n", score: 0.5 }],
    });
    expect(first.summary?.written_rows).toBe('1');
    await client.insert({
      table: 'scores',
      format: 'JSONCompactEachRow',
      values: [[2, 'b', null]],
    });
    await client.insert({
      table: 'scores',
      format: 'CSV',
      values: Readable.from(['3,"c",1\n', '4,"d",\\N\n'], { objectMode: false }),
    });
    expect(await take()).toMatchObject([
      { name: "a'\n", score: 0.5 },
      { name: 'b', score: null },
      { name: 'c', score: 1 },
      { name: 'd', score: null },
    ]);
  });

  test('takes a stream of objects and named columns', async () => {
    await client.insert({
      table: 'scores',
      format: 'JSONEachRow',
      columns: ['id', 'name'],
      values: Readable.from(Array.from({ length: 1_000 }, (_, id) => ({ id, name: 'n' }))),
    });
    expect(await take()).toHaveLength(1_000);
  });

  test('takes RowBinary as it is', async () => {
    const row = Buffer.from([7, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x27, 0xff, 1]); // id 7, 3 bytes, NULL
    const { stream } = await client.exec({
      query: 'INSERT INTO scores FORMAT RowBinary',
      values: Readable.from([row]),
    });
    await text(stream);
    expect(await rows('SELECT id, hex(name) AS name, score FROM scores')).toMatchObject([
      { name: '0027FF', score: null },
    ]);
    await take();
  });

  test('takes VALUES and SELECT as commands', async () => {
    await client.command({ query: "INSERT INTO scores VALUES (1, 'a;b', 2), (2, 'c', 1 + 1)" });
    await client.command({ query: "INSERT INTO scores SELECT number, 's', 0 FROM numbers(10, 3)" });
    expect(await take()).toHaveLength(5);
  });

  test('takes compressed bodies', async () => {
    for (const request of [true, { codec: 'br' as const }]) {
      const packing = createClient({ ...access, log, compression: { request } });
      const values = Array.from({ length: 500 }, (_, id) => ({ id, name: 'gz', score: 1 }));
      await packing.insert({ table: 'scores', format: 'JSONEachRow', values });
      await packing.close();
    }
    expect(await take()).toHaveLength(1_000);
  });

  test('refuses rows that cannot be read, with the code, and keeps none of them', async () => {
    const error = await failure(() =>
      client.insert({
        table: 'scores',
        format: 'JSONEachRow',
        values: [{ id: 1 }, { id: 'many' }] as unknown[],
      }),
    );
    expect(error.code).toBe('27');
    expect(error.type).toBe('CANNOT_PARSE_INPUT_ASSERTION_FAILED');
    expect(await take()).toEqual([]);
  });

  test('keeps nothing of a body that breaks off', async () => {
    const values = new Readable({ read() {} });
    values.on('error', () => {}); // ours, on purpose
    values.push('{"id": 1, "name": "x"}\n');
    const insertion = client.insert({ table: 'scores', format: 'JSONEachRow', values });
    setTimeout(() => values.destroy(new Error('broke off')), 50);
    await expect(insertion).rejects.toThrow();
    await sleep(100);
    expect(await take()).toEqual([]);
  });
});

describe('settings', () => {
  test('hold for their statement and never for the next', async () => {
    const setting = "SELECT toString(getSetting('max_block_size')) AS v";
    const before = await rows(setting);
    const result = await client.query({
      query: setting,
      format: 'JSONEachRow',
      clickhouse_settings: { max_block_size: '777' },
    });
    expect(await result.json()).toEqual([{ v: '777' }]);
    expect(before).not.toEqual([{ v: '777' }]);
    for (let i = 0; i < 10; i += 1) expect(await rows(setting)).toEqual(before);
    await client.command({ query: 'SET max_block_size = 778' });
    for (let i = 0; i < 10; i += 1) expect(await rows(setting)).toEqual(before);
  });

  test('a SETTINGS clause goes before the request', async () => {
    const result = await client.query({
      query: "SELECT toString(getSetting('max_block_size')) AS v SETTINGS max_block_size = 5",
      format: 'JSONEachRow',
      clickhouse_settings: { max_block_size: '777' },
    });
    expect(await result.json()).toEqual([{ v: '5' }]);
  });

  test('an INSERT may have a SETTINGS clause', async () => {
    await client.command({
      query: "INSERT INTO scores SETTINGS async_insert = 0 VALUES (1, 'a', 2)",
    });
    await client.command({ query: 'TRUNCATE TABLE scores' });
  });

  test('a temporary table ends with its statement', async () => {
    await client.command({ query: 'CREATE TEMPORARY TABLE brief (a UInt8)' });
    const error = await failure(() => rows('SELECT * FROM brief'));
    expect(error.type).toBe('UNKNOWN_TABLE');
  });
});

describe('errors', () => {
  test.each([
    ['SELECT * FROM absent', '60', 'UNKNOWN_TABLE'],
    ['SELECT absent', '47', 'UNKNOWN_IDENTIFIER'],
    ['SELECT FROM WHERE', '62', 'SYNTAX_ERROR'],
    ['SELECT 1; SELECT 2', '62', 'SYNTAX_ERROR'],
    ['SELECT absent()', '46', 'UNKNOWN_FUNCTION'],
    ["SELECT throwIf(1, 'on purpose')", '395', 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO'],
  ])('%s is %s %s', async (query, code, type) => {
    const error = await failure(() => rows(query));
    expect([error.code, error.type]).toEqual([code, type]);
  });

  test('an unknown setting or database is named', async () => {
    const setting = await failure(() =>
      client.query({ query: 'SELECT 1', clickhouse_settings: { absent_one: 1 } as never }),
    );
    expect(setting.type).toBe('UNKNOWN_SETTING');
    const elsewhere = createClient({ ...access, log, database: 'absent' });
    const database = await failure(() => elsewhere.query({ query: 'SELECT 1' }));
    expect(database.type).toBe('UNKNOWN_DATABASE');
    await elsewhere.close();
  });

  test('a wrong password is refused', async () => {
    const stranger = createClient({ ...access, log, password: 'guess' });
    const error = await failure(() => stranger.query({ query: 'SELECT 1' }));
    expect(error.type).toBe('AUTHENTICATION_FAILED');
    await stranger.close();
  });

  test('an exception behind rows already sent reaches the reader', async () => {
    // A block every 100 ms, the bad one after a second: the first rows are long gone by then.
    const result = await client.query({
      query: `SELECT throwIf(number = 100) AS z, sleepEachRow(0.01) FROM numbers(110)
        SETTINGS max_threads = 1, max_block_size = 10`,
      format: 'JSONEachRow',
    });
    await expect(result.json()).rejects.toThrow(/throwIf/);
  });
});

describe('large results', () => {
  const endless = () =>
    rows(`SELECT query FROM system.processes WHERE query LIKE '%system.numbers%'
    AND query NOT LIKE '%system.processes%'`);

  test('are streamed: the first rows come though there is no last', async () => {
    const controller = new AbortController();
    const result = await client.query({
      query: 'SELECT number FROM system.numbers',
      format: 'JSONEachRow',
      abort_signal: controller.signal,
    });
    let count = 0;
    for await (const found of result.stream<{ number: number }>()) {
      expect(found[0]?.json()).toEqual({ number: count });
      count += found.length;
      if (count > 100_000) break;
    }
    controller.abort();
    expect(count).toBeGreaterThan(100_000);
    while ((await endless()).length > 0) await sleep(10);
  });

  test('come compressed when asked for', async () => {
    const packing = createClient({ ...access, log, compression: { response: true } });
    const result = await packing.query({
      query: 'SELECT number FROM numbers(200000)',
      format: 'JSONEachRow',
    });
    expect(result.response_headers['content-encoding']).toBe('gzip');
    expect(await result.json()).toHaveLength(200_000);
    const error = await failure(() => packing.query({ query: 'SELECT * FROM absent' }));
    expect(error.code).toBe('60');
    await packing.close();
  });
});

describe('concurrency', () => {
  const long = 'SELECT max(sipHash64(number)) FROM numbers(100000000000)';
  const running = () =>
    rows(`SELECT query FROM system.processes WHERE query LIKE '%sipHash64%'
    AND query NOT LIKE '%system.processes%'`);

  test('an aborted query ends on the server', async () => {
    const controller = new AbortController();
    const query = client.query({ query: long, abort_signal: controller.signal });
    while ((await running()).length === 0) await sleep(10);
    controller.abort();
    await expect(query).rejects.toThrow(/abort/);
    while ((await running()).length > 0) await sleep(10);
  });

  test('a query that is analysed for long does not hold up others', async () => {
    const controller = new AbortController();
    const scalar = client.query({
      query: `SELECT number FROM numbers(10) WHERE number < (${long})`,
      format: 'JSONEachRow',
      abort_signal: controller.signal,
    });
    scalar.catch(() => {});
    while ((await running()).length === 0) await sleep(10);
    expect(await rows('SELECT 1 AS a')).toEqual([{ a: 1 }]); // the other would take hours
    expect((await client.ping()).success).toBe(true);
    controller.abort();
    while ((await running()).length > 0) await sleep(10);
  });

  test('reads do not wait for an insert, nor inserts for a read', async () => {
    // It would take hours: whatever is answered meanwhile did not wait for it.
    const insertion = client.command({
      query: `INSERT INTO scores SELECT number, 'x', 0 FROM numbers(1000000000000)
              WHERE sipHash64(number) = 1`,
    });
    const ended = failure(() => insertion);
    while ((await running()).length === 0) await sleep(10);
    for (let i = 0; i < 10; i += 1) await rows('SELECT count() FROM scores');
    await client.command({ query: "INSERT INTO scores VALUES (1, 'during', 1)" });
    await client.command({ query: "KILL QUERY WHERE query LIKE 'INSERT%sipHash64%' ASYNC" });
    expect((await ended).type).toBe('QUERY_WAS_CANCELLED');
  });

  test('fifty requests at a time are all answered, each with its own', async () => {
    const many = createClient({ ...access, log, max_open_connections: 50 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const result = await many.query({
          query: 'SELECT {i:UInt32} AS i',
          query_params: { i },
          format: 'JSONEachRow',
        });
        return (await result.json<{ i: number }>())[0]?.i;
      }),
    );
    expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => i));
    await many.close();
  });
});
