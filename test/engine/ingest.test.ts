/** What a producer may send and what becomes of it, through HTTP, on the real engine. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EventsAnswer, Problem } from '../../contracts/api.ts';
import { eventBytesMax, eventDepthMax } from '../../contracts/event.ts';
import {
  json,
  ndjson,
  removeDirectory,
  startTestEngine,
  type TestEngine,
  temporaryDirectory,
} from '../support/engine.ts';
import { eventually } from '../support/eventually.ts';

const data = temporaryDirectory();
let at: TestEngine;

beforeAll(async () => {
  at = await startTestEngine(data);
}, 120_000);
afterAll(async () => {
  await at?.stop();
  removeDirectory(data);
}, 60_000);

const time = new Date(Date.now() - 60_000).toISOString();

/** A good event of a user of its own. */
function eventOf(id: string, more: Readonly<Record<string, unknown>> = {}) {
  return { id, type: 'viewed', time, user: `user of ${id}`, ...more };
}

interface Archived {
  readonly id: string;
  readonly type: string;
  readonly user: string;
  readonly item: string;
  readonly value: number | null;
  readonly raw: string;
}

async function archived(...ids: string[]): Promise<Archived[]> {
  return at.engine.store.query<Archived>(
    'SELECT id, type, user, item, value, raw FROM events FINAL WHERE id IN {ids:Array(String)} ORDER BY id',
    { ids },
  );
}

async function archivedOnce(...ids: string[]): Promise<Archived[]> {
  return eventually(async () => {
    const rows = await archived(...ids);
    expect(rows.map(({ id }) => id)).toEqual([...ids].sort());
    return rows;
  });
}

async function answerOf(response: Response): Promise<EventsAnswer> {
  expect(response.status).toBe(202);
  return EventsAnswer.parse(await response.json());
}

async function problemOf(response: Response, status: number): Promise<Problem> {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const problem = Problem.parse(await response.json());
  expect({ status: response.status, told: problem.status }).toEqual({ status, told: status });
  return problem;
}

describe('what is taken', () => {
  test('one event is archived as it came, once', async () => {
    const event = eventOf('single', { item: 'i', value: 0.5, own: { kept: [1, null, 'ü'] } });
    const answer = await answerOf(await at.post(JSON.stringify(event)));
    expect(answer).toEqual({ accepted: 1, refused: 0, refusals: [] });
    const [row] = await archivedOnce('single');
    expect(row).toMatchObject({ type: 'viewed', user: 'user of single', item: 'i', value: 0.5 });
    expect(JSON.parse(row!.raw)).toEqual(event);
  });

  test('an array may hold any white space between its events', async () => {
    const body = ` [ ${JSON.stringify(eventOf('array-1'))}\n,\t${JSON.stringify(eventOf('array-2'))}\n]\n`;
    expect((await answerOf(await at.post(body))).accepted).toBe(2);
    await archivedOnce('array-1', 'array-2');
  });

  test('lines may end in CRLF, be blank, and lack the last line feed', async () => {
    const lines = [eventOf('line-1'), eventOf('line-2')].map((event) => JSON.stringify(event));
    const body = `${lines[0]}\r\n\r\n\n${lines[1]}`;
    expect((await answerOf(await at.post(body, ndjson))).accepted).toBe(2);
    await archivedOnce('line-1', 'line-2');
  });

  test('a body may be gzip', async () => {
    const body = gzipSync(JSON.stringify([eventOf('gzip-1'), eventOf('gzip-2')]));
    const answer = await at.post(body, { ...json, 'content-encoding': 'gzip' });
    expect((await answerOf(answer)).accepted).toBe(2);
    await archivedOnce('gzip-1', 'gzip-2');
  });

  const cloudEvent = (id: string) => ({
    specversion: '1.0',
    id,
    source: '/lms',
    type: 'answered',
    time,
    subject: 'ada',
    data: { item: 'i-1', value: true },
  });

  test('CloudEvents become events, single and in batches', async () => {
    const single = { 'content-type': 'application/cloudevents+json' };
    await answerOf(await at.post(JSON.stringify(cloudEvent('c1')), single));
    const batch = { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' };
    const body = JSON.stringify([cloudEvent('c2'), cloudEvent('c3')]);
    expect((await answerOf(await at.post(body, batch))).accepted).toBe(2);
    const rows = await archivedOnce('/lms#c1', '/lms#c2', '/lms#c3');
    for (const row of rows) {
      expect(row).toMatchObject({ type: 'answered', user: 'ada', item: 'i-1', value: 1 });
    }
  });

  const statement = (id: string) => ({
    id,
    actor: { mbox: 'mailto:grace@example.org' },
    verb: { id: 'http://adlnet.gov/expapi/verbs/Answered' },
    object: { id: 'http://example.org/item-7' },
    result: { success: false },
    timestamp: time,
  });

  test('xAPI statements become events, by content type or by the header of their version', async () => {
    const [first, second] = ['0f1b44d8-9a3e-4c5e-8a6c-1c2d3e4f5a01', 'statement-2'] as const;
    const named = { 'content-type': 'application/vnd.xapi+json' };
    await answerOf(await at.post(JSON.stringify(statement(first)), named));
    const told = { ...json, 'x-experience-api-version': '1.0.3' };
    await answerOf(await at.post(JSON.stringify([statement(second)]), told));
    for (const row of await archivedOnce(first, second)) {
      expect(row).toMatchObject({
        type: 'answered',
        user: 'grace@example.org',
        item: 'http://example.org/item-7',
        value: 0,
      });
    }
  });

  test('the same id of the same user counts once, in one body and across bodies', async () => {
    const event = eventOf('twice');
    await at.send([event, event]);
    await at.send([{ ...event, value: 9 }]);
    const others = [eventOf('twice', { user: 'another user' }), eventOf('after twice')];
    await at.send(others);
    await at.settle();
    const rows = await archived('twice', 'after twice');
    const names = rows.map(({ user, value }) => ({ user, value }));
    expect(names).toHaveLength(3);
    expect(names).toContainEqual({ user: 'user of twice', value: null });
    expect(names).toContainEqual({ user: 'another user', value: null });
  });

  test('an acknowledged event can be queried soon', async () => {
    const started = performance.now();
    await at.send([eventOf('soon')]);
    await archivedOnce('soon');
    // With idle cores it is about a tenth of a second; the limit leaves room for a loaded machine.
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const whole = (id: string, field: string) =>
  `{"id":"${id}","type":"viewed","time":"${time}","user":"u"${field === '' ? '' : `,${field}`}}`;
const bytesOf = (text: string) => Buffer.from(text, 'latin1');

/** Malformed events, each with the code that it must get. */
const malformed: readonly (readonly [name: string, code: string, bytes: Buffer])[] = (
  [
    ['cut off', 'EVENT_NOT_JSON', '{"id":"m","type":"viewed","ti'],
    ['two values', 'EVENT_NOT_JSON', `${whole('m', '')}${whole('m', '')}`],
    ['a comment', 'EVENT_NOT_JSON', `${whole('m', '')}//`],
    ['single quotes', 'EVENT_NOT_JSON', "{'id':'m'}"],
    ['NaN', 'EVENT_NOT_JSON', whole('m', '"value":NaN')],
    ['malformed UTF-8 in a name', 'EVENT_NOT_JSON', whole('m\u00ff', '')],
    ['malformed UTF-8 in the context', 'EVENT_NOT_JSON', whole('m', '"context":{"a":"\u00c3("}')],
    ['an overlong encoding', 'EVENT_NOT_JSON', whole('m', '"item":"\u00c0\u0080"')],
    ['a surrogate in UTF-8', 'EVENT_NOT_JSON', whole('m', '"item":"\u00ed\u00a0\u0080"')],
    ['a raw control character', 'EVENT_NOT_JSON', whole('m', '"item":"a\u0001b"')],
    ['a number', 'EVENT_NOT_OBJECT', '17'],
    ['null', 'EVENT_NOT_OBJECT', 'null'],
    ['text', 'EVENT_NOT_OBJECT', '"event"'],
    ['an array in a line', 'EVENT_NOT_OBJECT', `[${whole('m', '')}]`],
    ['an empty object', 'EVENT_FIELD_MISSING', '{}'],
    ['no id', 'EVENT_FIELD_MISSING', `{"type":"viewed","time":"${time}","user":"u"}`],
    ['no type', 'EVENT_FIELD_MISSING', `{"id":"m","time":"${time}","user":"u"}`],
    ['no time', 'EVENT_FIELD_MISSING', '{"id":"m","type":"viewed","user":"u"}'],
    ['no user', 'EVENT_FIELD_MISSING', `{"id":"m","type":"viewed","time":"${time}"}`],
    ['a number as id', 'EVENT_FIELD_INVALID', `{"id":1,"type":"t","time":"${time}","user":"u"}`],
    ['an empty user', 'EVENT_FIELD_INVALID', `{"id":"m","type":"t","time":"${time}","user":""}`],
    ['a long item', 'EVENT_FIELD_INVALID', whole('m', `"item":"${'x'.repeat(257)}"`)],
    ['NUL in the id', 'EVENT_FIELD_INVALID', whole('m\\u0000m', '')],
    ['NUL in the session', 'EVENT_FIELD_INVALID', whole('m', '"session":"\\u0000"')],
    ['text as value', 'EVENT_FIELD_INVALID', whole('m', '"value":"1"')],
    ['an array as context', 'EVENT_FIELD_INVALID', whole('m', '"context":[]')],
    [
      'a time in words',
      'EVENT_FIELD_INVALID',
      '{"id":"m","type":"t","time":"yesterday","user":"u"}',
    ],
    [
      'a time without zone',
      'EVENT_FIELD_INVALID',
      '{"id":"m","type":"t","time":"2026-01-01T00:00:00","user":"u"}',
    ],
    [
      'the 30th of February',
      'EVENT_FIELD_INVALID',
      '{"id":"m","type":"t","time":"2026-02-30T00:00:00Z","user":"u"}',
    ],
    [
      'the year 1970',
      'EVENT_TIME_OUT_OF_RANGE',
      '{"id":"m","type":"t","time":"1970-01-01T00:00:00Z","user":"u"}',
    ],
    ['zero ms', 'EVENT_TIME_OUT_OF_RANGE', '{"id":"m","type":"t","time":0,"user":"u"}'],
    [
      'seconds instead of ms',
      'EVENT_TIME_OUT_OF_RANGE',
      '{"id":"m","type":"t","time":1767225600,"user":"u"}',
    ],
    [
      'the year 2200',
      'EVENT_TIME_OUT_OF_RANGE',
      '{"id":"m","type":"t","time":"2200-01-01T00:00:00Z","user":"u"}',
    ],
    ['17 levels', 'EVENT_TOO_DEEP', whole('m', `"context":${nested(eventDepthMax)}`)],
    ['10,000 levels', 'EVENT_TOO_DEEP', whole('m', `"context":${nested(10_000)}`)],
    ['10,000 open brackets', 'EVENT_NOT_JSON', whole('m', `"context":${'['.repeat(10_000)}`)],
    ['__proto__ at the top', 'EVENT_KEY_FORBIDDEN', whole('m', '"__proto__":{"admin":true}')],
    ['constructor at the top', 'EVENT_KEY_FORBIDDEN', whole('m', '"constructor":1')],
    ['prototype at the top', 'EVENT_KEY_FORBIDDEN', whole('m', '"prototype":null')],
    [
      '__proto__ in the context',
      'EVENT_KEY_FORBIDDEN',
      whole('m', '"context":{"__proto__":{"a":1}}'),
    ],
    [
      '__proto__ in escapes',
      'EVENT_KEY_FORBIDDEN',
      whole('m', '"context":{"\\u005f_proto__":{"a":1}}'),
    ],
    [
      'constructor below an array',
      'EVENT_KEY_FORBIDDEN',
      whole('m', '"own":[[{"constructor":{"prototype":{}}}]]'),
    ],
    ['an oversized event', 'EVENT_TOO_LARGE', whole('m', `"essay":"${'a'.repeat(eventBytesMax)}"`)],
  ] as const
).map(([name, code, text]) => [name, code, bytesOf(text)]);

interface DeadLetter {
  readonly code: string;
  readonly reason: string;
  readonly bytes: string;
}

function deadLetters(): Promise<DeadLetter[]> {
  return at.engine.store.query<DeadLetter>(
    'SELECT code, reason, hex(bytes) AS bytes FROM dead_letters FINAL',
  );
}

describe('what is refused', () => {
  test('each malformed event alone, told in the answer and kept once in the dead letters', async () => {
    const before = (await deadLetters()).length;
    const lines = malformed.flatMap(([, , bytes], i) => [
      bytes,
      Buffer.from(JSON.stringify(eventOf(`good-${String(i).padStart(3, '0')}`))),
    ]);
    const body = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
    const answer = await answerOf(await at.post(body, ndjson));
    expect(answer.accepted).toBe(malformed.length);
    expect(answer.refused).toBe(malformed.length);
    expect(answer.refusals.map(({ index, code }) => [malformed[index / 2]?.[0], code])).toEqual(
      malformed.map(([name, code]) => [name, code]),
    );
    for (const { reason } of answer.refusals) expect(reason).toMatch(/^[^\n]+: expected .+, got /);
    await at.settle();
    const kept = await deadLetters();
    expect(kept).toHaveLength(before + malformed.length);
    for (const [index, [name, code, bytes]] of malformed.entries()) {
      const hex = bytes.subarray(0, eventBytesMax).toString('hex').toUpperCase();
      const found = kept.filter((letter) => letter.bytes === hex);
      const { reason } = answer.refusals[index]!;
      expect({ name, found }).toEqual({ name, found: [{ code, reason, bytes: hex }] });
    }
    const good = malformed.map((_, i) => `good-${String(i).padStart(3, '0')}`);
    expect((await archived(...good)).map(({ id }) => id)).toEqual(good);
  });

  test('no answer reaches the prototype of anything', () => {
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  test('a single malformed event is a 422 that names it', async () => {
    const problem = await problemOf(await at.post('{"id":"x"'), 422);
    expect(problem.code).toBe('EVENTS_REFUSED');
    expect(problem).toMatchObject({ accepted: 0, refused: 1 });
    expect(problem['refusals']).toMatchObject([{ index: 0, code: 'EVENT_NOT_JSON' }]);
    await eventually(async () => {
      const hex = Buffer.from('{"id":"x"').toString('hex').toUpperCase();
      expect((await deadLetters()).filter(({ bytes }) => bytes === hex)).toHaveLength(1);
    });
  });

  test('of an array that is cut off, the event that was cut', async () => {
    const body = `[${JSON.stringify(eventOf('whole'))},{"id":"cut`;
    const answer = await answerOf(await at.post(body));
    expect(answer).toMatchObject({ accepted: 1, refused: 1 });
    expect(answer.refusals).toMatchObject([{ index: 1, code: 'EVENT_NOT_JSON' }]);
    await archivedOnce('whole');
  });

  test('a CloudEvent and a statement that cannot be mapped, under the names of their producers', async () => {
    const cloud = { 'content-type': 'application/cloudevents+json' };
    const attributes = { specversion: '1.0', id: 'x', source: 's', type: 't', time };
    const first = await problemOf(await at.post(JSON.stringify(attributes), cloud), 422);
    expect(first['refusals']).toMatchObject([{ code: 'EVENT_FIELD_MISSING' }]);
    expect(first.detail).toContain('subject: expected the user');
    const xapi = { 'content-type': 'application/vnd.xapi+json' };
    const second = await problemOf(await at.post('{"actor":{"name":"nobody"}}', xapi), 422);
    expect(second['refusals']).toMatchObject([{ code: 'EVENT_FIELD_MISSING' }]);
    await eventually(async () => {
      const hex = Buffer.from('{"actor":{"name":"nobody"}}').toString('hex').toUpperCase();
      expect((await deadLetters()).filter(({ bytes }) => bytes === hex)).toHaveLength(1);
    });
  });

  test('at most a hundred refusals are listed, all are counted and kept', async () => {
    const before = (await deadLetters()).length;
    const problem = await problemOf(await at.post(`[${'{},'.repeat(249)}{}]`), 422);
    expect(problem['refused']).toBe(250);
    expect(problem['refusals']).toHaveLength(100);
    await eventually(async () => expect(await deadLetters()).toHaveLength(before + 250));
  });
});

describe('a body that cannot be taken', () => {
  const cases: readonly (readonly [string, number, string, () => Promise<Response>])[] = [
    ['empty', 400, 'BODY_INVALID', () => at.post('')],
    ['white space', 400, 'BODY_INVALID', () => at.post(' \n', ndjson)],
    ['neither object nor array', 400, 'BODY_INVALID', () => at.post('viewed')],
    [
      'not gzip although it says so',
      400,
      'BODY_INVALID',
      () => at.post('{}', { ...json, 'content-encoding': 'gzip' }),
    ],
    [
      'gzip that is cut off',
      400,
      'BODY_INVALID',
      () => {
        const packed = gzipSync(JSON.stringify(eventOf('never')));
        const headers = { ...json, 'content-encoding': 'gzip' };
        return at.post(packed.subarray(0, packed.length - 12), headers);
      },
    ],
    [
      'larger than 10 MiB',
      413,
      'BODY_TOO_LARGE',
      () => at.post(Buffer.alloc(10 * 2 ** 20 + 1, 0x20)),
    ],
    [
      'larger than 10 MiB once unpacked',
      413,
      'BODY_TOO_LARGE',
      () => {
        const packed = gzipSync(Buffer.alloc(11 * 2 ** 20, 0x20));
        return at.post(packed, { ...json, 'content-encoding': 'gzip' });
      },
    ],
    [
      'of another content type',
      415,
      'MEDIA_TYPE_UNSUPPORTED',
      () => at.post('{}', { 'content-type': 'text/plain' }),
    ],
    [
      'in another encoding',
      415,
      'MEDIA_TYPE_UNSUPPORTED',
      () => at.post('{}', { ...json, 'content-encoding': 'br' }),
    ],
    [
      'in another character set',
      415,
      'MEDIA_TYPE_UNSUPPORTED',
      () => at.post('{}', { 'content-type': 'application/json; charset=latin1' }),
    ],
  ];

  test.each(cases)('%s: %i %s, and nothing of it is kept', async (_name, status, code, send) => {
    await at.settle();
    const ends = [0, 1].map((partition) => at.engine.log!.end(partition));
    const problem = await problemOf(await send(), status);
    expect(problem.code).toBe(code);
    expect(problem.detail).toMatch(/\w/);
    expect([0, 1].map((partition) => at.engine.log!.end(partition))).toEqual(ends);
  });
});
