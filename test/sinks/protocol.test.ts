// The HTTP interface itself: what a program without the client would see.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Asked, askClickHouse, eventually, startTrial, type Trial } from './temporary.ts';

let trial: Trial;

beforeAll(async () => {
  trial = await startTrial();
});

afterAll(() => trial.end());

const ask = (asked: Asked) => askClickHouse(trial.clickhouse, asked);

test('ping needs no password, everything else does', async () => {
  const { url, username, password } = trial.clickhouse;
  expect(await (await fetch(`${url}/ping`)).text()).toBe('Ok.\n');
  const refused = await fetch(`${url}/?query=SELECT+1`);
  expect(refused.status).toBe(403);
  expect(refused.headers.get('x-clickhouse-exception-code')).toBe('516');
  const address = `${url}/?query=SELECT+1&user=${username}&password=${password}`;
  expect(await (await fetch(address)).text()).toBe('1\n');
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  const headers = { Authorization: `Basic ${basic}` };
  expect(await (await fetch(`${url}/?query=SELECT+1`, { headers })).text()).toBe('1\n');
});

test('an answer names query, format and type', async () => {
  const answer = await ask({ path: '/?query_id=mine', body: 'SELECT 1 AS a FORMAT JSONEachRow' });
  expect(answer.headers.get('x-clickhouse-query-id')).toBe('mine');
  expect(answer.headers.get('x-clickhouse-format')).toBe('JSONEachRow');
  expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=UTF-8');
  expect(await answer.text()).toBe('{"a":1}\n');
});

test('default_format holds unless the statement says otherwise', async () => {
  const path = '/?default_format=JSONCompactEachRow';
  expect(await (await ask({ path, body: 'SELECT 1, 2' })).text()).toMatch(/^\[1, ?2\]\n$/);
  expect(await (await ask({ path, body: 'SELECT 1, 2 FORMAT CSV' })).text()).toBe('1,2\n');
});

test.each([
  ['SELECT * FROM absent', 404, '60', 'UNKNOWN_TABLE'],
  ['SELECT FROM WHERE', 400, '62', 'SYNTAX_ERROR'],
  ["SELECT toUInt8('x')", 400, '6', 'CANNOT_PARSE_TEXT'],
  ["SELECT throwIf(1, 'x')", 500, '395', 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO'],
  ['', 400, '62', 'SYNTAX_ERROR'],
])('%j is answered with status %i and code %s', async (body, status, code, name) => {
  const answer = await ask({ body });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('x-clickhouse-exception-code')).toBe(code);
  expect(await answer.text()).toMatch(
    new RegExp(`^Code: ${code}\\. DB::Exception: [^]*\\(${name}\\) \\(version [\\d.]+\\)\n$`),
  );
});

test('GET reads and does not write', async () => {
  const written = await ask({
    method: 'GET',
    path: '/?query=CREATE+TABLE+t+(a+UInt8)+ENGINE+Memory',
  });
  expect(written.headers.get('x-clickhouse-exception-code')).toBe('164');
});

test('data may stand in the body behind the statement, and in the query', async () => {
  await ask({ body: 'CREATE TABLE pairs (a UInt8, b String) ENGINE = MergeTree ORDER BY a' });
  expect((await ask({ body: 'INSERT INTO pairs FORMAT CSV\n1,"x"\n2,"FORMAT"\n' })).status).toBe(
    200,
  );
  const binary = Buffer.concat([
    Buffer.from('INSERT INTO pairs (a, b) FORMAT RowBinary\n'),
    Buffer.from([3, 2, 0xff, 0x0a]),
  ]);
  expect((await ask({ body: binary })).status).toBe(200);
  const path = `/?query=${encodeURIComponent("INSERT INTO pairs VALUES (4, 'q')")}`;
  expect((await ask({ path, body: ",(5, 'r')" })).status).toBe(200);
  const packed = gzipSync('INSERT INTO pairs FORMAT TabSeparated\n6\ts\n');
  expect((await ask({ body: packed, headers: { 'Content-Encoding': 'gzip' } })).status).toBe(200);
  const found = await ask({ body: 'SELECT a, hex(b) FROM pairs ORDER BY a FORMAT CSV' });
  expect(await found.text()).toBe('1,"78"\n2,"464F524D4154"\n3,"FF0A"\n4,"71"\n5,"72"\n6,"73"\n');
});

test('an empty INSERT adds nothing, a broken one is refused', async () => {
  await ask({ body: 'CREATE TABLE empties (a UInt8) ENGINE = MergeTree ORDER BY a' });
  expect((await ask({ body: 'INSERT INTO empties FORMAT JSONEachRow' })).status).toBe(200);
  const path = '/?query=INSERT+INTO+empties+FORMAT+RowBinary';
  const headers = { 'Content-Encoding': 'gzip' };
  expect((await ask({ path, body: 'not gzip', headers })).status).toBeGreaterThanOrEqual(400);
  expect((await ask({ body: 'not gzip', headers })).status).toBe(400);
  expect((await ask({ path, body: 'x', headers: { 'Content-Encoding': 'rot13' } })).status).toBe(
    500,
  );
  expect(await (await ask({ body: 'SELECT count() FROM empties' })).text()).toBe('0\n');
});

test('what is not supported is refused by name', async () => {
  for (const parameter of ['session_id=s', 'role=r', 'compress=1']) {
    const answer = await ask({ path: `/?${parameter}`, body: 'SELECT 1' });
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain('NOT_IMPLEMENTED');
  }
  expect((await ask({ path: '/absent', body: 'SELECT 1' })).status).toBe(404);
  expect((await ask({ method: 'DELETE' })).status).toBe(405);
});

test('a statement too long for a body is refused before it is run', async () => {
  const answer = await ask({ body: `SELECT '${'x'.repeat(17_000_000)}'` });
  expect(answer.status).toBe(413);
  expect(answer.headers.get('x-clickhouse-exception-code')).toBe('161');
});

// 4 threads and 100 places to wait: while endless statements hold the threads, 50 of 150 find no place.
test('overload is answered with 503 and TOO_MANY_SIMULTANEOUS_QUERIES, and passes', async () => {
  const stop = new AbortController();
  const endless = { body: 'SELECT number FROM system.numbers FORMAT CSV', signal: stop.signal };
  // An answer has begun: its statement has a thread, and keeps it while nobody reads on.
  const held: Response[] = [];
  for (let thread = 0; thread < 4; thread += 1) held.push(await ask(endless));
  expect(held.map(({ status }) => status)).toEqual(Array(4).fill(200));
  const body = 'SELECT 1';
  const statuses: number[] = [];
  let detail = '';
  const all = Array.from({ length: 150 }, async () => {
    const answer = await ask({ body });
    const text = await answer.text();
    statuses.push(answer.status);
    if (answer.status === 503) detail = text;
  });
  await eventually(async () => expect(statuses).toEqual(Array(50).fill(503)));
  expect(detail).toContain('TOO_MANY_SIMULTANEOUS_QUERIES');
  stop.abort();
  for (const answer of held) await expect(answer.text()).rejects.toThrow(/abort/);
  await Promise.all(all);
  expect(statuses.slice(50)).toEqual(Array(100).fill(200));
  expect((await ask({ body })).status).toBe(200);
});
