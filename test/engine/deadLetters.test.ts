/** What becomes of refused events: listed, and sent in again when they would be accepted. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeadLetter, DeadLettersAnswer, Problem, ReplayAnswer } from '../../contracts/api.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import {
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

const hour = 3_600_000;
const list = (query = '') => at.get(`/v1/dead-letters${query}`, DeadLettersAnswer);

async function replayAnswer(body: unknown): Promise<Response> {
  return fetch(`${at.url}/v1/dead-letters/replay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
async function replay(body: unknown): Promise<ReplayAnswer> {
  const response = await replayAnswer(body);
  expect(response.status).toBe(200);
  return ReplayAnswer.parse(await response.json());
}

const eventOf = (id: string) => ({
  id,
  type: 'viewed',
  time: Date.now() - 60_000,
  user: `user of ${id}`,
});

/**
 * Letters as the data plane writes them. A decoder that has changed, a clock that was wrong or a pipeline that was mended
 * cannot be had in a test: so these say of good events that they were refused.
 */
async function plant(
  letters: readonly { offset: number; code: string; bytes: Uint8Array; receivedAt?: number }[],
): Promise<void> {
  const writer = new ByteWriter();
  for (const { offset, code, bytes, receivedAt = Date.now() - hour } of letters) {
    writer.text('learning');
    writer.uint16(7);
    writer.int64(offset);
    writer.int64(receivedAt);
    writer.text(code);
    writer.text('time: planted');
    writer.string(bytes, 0, bytes.length);
    writer.varint(0);
    writer.varint(0);
  }
  await at.engine.store.insert('dead_letters', writer.take());
}

const archived = (...ids: string[]) =>
  at.engine.store.query<{ id: string; raw: string }>(
    'SELECT id, raw FROM events FINAL WHERE id IN {ids:Array(String)} ORDER BY id, offset',
    { ids },
  );

describe('a list of dead letters', () => {
  test('shows each with its bytes, the newest first, by text where it is text', async () => {
    const lines = [Buffer.from('{"id":"ü"\n17\n'), Buffer.from([0x22, 0xff, 0x22])];
    expect((await at.post(Buffer.concat(lines), ndjson)).status).toBe(422);
    const { letters, total, next } = await eventually(async () => {
      const answer = await list();
      expect(answer.letters).toHaveLength(3);
      return answer;
    });
    expect([total, next]).toEqual([3, null]);
    expect(letters.map(({ code, bytes }) => ({ code, bytes }))).toEqual(
      expect.arrayContaining([
        { code: 'EVENT_NOT_JSON', bytes: { text: '{"id":"ü"' } },
        { code: 'EVENT_NOT_OBJECT', bytes: { text: '17' } },
        { code: 'EVENT_NOT_JSON', bytes: { base64: 'Iv8i' } },
      ]),
    );
    for (const letter of letters) {
      expect(letter).toMatchObject({
        pipeline: 'learning',
        key: null,
        headers: [],
        replayedAt: null,
      });
      expect(letter.reason).toMatch(/^event: expected /);
    }
  });

  test('filters by code, partition, pipeline and reception, and pages by position', async () => {
    const start = Date.now() - 10 * hour;
    await plant(
      [0, 1, 2, 3, 4].map((offset) => ({
        offset,
        code: offset % 2 === 0 ? 'EVENT_TOO_DEEP' : 'EVENT_TOO_LARGE',
        bytes: Buffer.from(`${offset}`),
        receivedAt: start + Math.floor(offset / 2),
      })),
    );
    const offsets = ({ letters }: DeadLettersAnswer) => letters.map(({ offset }) => offset);
    expect(offsets(await list('?partition=7'))).toEqual([4, 3, 2, 1, 0]);
    expect(offsets(await list('?partition=7&code=EVENT_TOO_LARGE'))).toEqual([3, 1]);
    expect(offsets(await list(`?from=${start + 1}&to=${start + 2}`))).toEqual([3, 2]);
    expect(await list('?pipeline=other')).toMatchObject({ total: 0, letters: [], next: null });
    const seen: number[] = [];
    let after = '';
    do {
      const page: DeadLettersAnswer = await list(`?partition=7&limit=2${after}`);
      expect(page.total).toBe(5);
      seen.push(...offsets(page));
      after = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`;
    } while (after !== '');
    expect(seen).toEqual([4, 3, 2, 1, 0]);
  });

  test.each([
    '?cod=EVENT_NOT_JSON',
    '?code=event',
    '?limit=0',
    '?limit=1001',
    '?partition=-1',
    '?from=2&to=1',
    '?after=17',
    '?replayed=yes',
  ])('refuses %s', async (query) => {
    const response = await fetch(`${at.url}/v1/dead-letters${query}`);
    expect(response.status).toBe(400);
    expect(Problem.parse(await response.json())).toMatchObject({ code: 'REQUEST_INVALID' });
  });
});

describe('a replay of dead letters', () => {
  const code = 'EVENT_TIME_OUT_OF_RANGE';

  test('sends the original bytes of what is accepted now, once, and nothing of the rest', async () => {
    const spaced = Buffer.from(`{\n  "id": "spaced",\n${JSON.stringify(eventOf('x')).slice(10)}`);
    const [plain, broken] = [JSON.stringify(eventOf('plain')), '{"id":"broken"'];
    const statement = {
      id: 'a-statement',
      actor: { mbox: 'mailto:grace@example.org' },
      verb: { id: 'http://adlnet.gov/expapi/verbs/answered' },
      object: { id: 'http://example.org/item-7' },
      timestamp: new Date().toISOString(),
    };
    const cloud = { specversion: '1.0', id: 'c', source: '/s', type: 'viewed', subject: 'ada' };
    const bytes = [plain, broken, spaced, JSON.stringify(statement), JSON.stringify(cloud)];
    await plant(bytes.map((text, i) => ({ offset: 100 + i, code, bytes: Buffer.from(text) })));
    const before = (await list()).total;

    const dry = await replay({ code, dryRun: true });
    expect(dry).toMatchObject({ selected: 5, accepted: 4, refused: 1, next: null });
    expect(await replay({ code })).toEqual(dry);
    expect(dry.refusals).toMatchObject([{ partition: 7, offset: 101, code: 'EVENT_NOT_JSON' }]);

    await at.settle();
    const rows = await archived('plain', 'spaced', 'a-statement', '/s#c', 'broken');
    expect(rows.map(({ id }) => id)).toEqual(['/s#c', 'a-statement', 'plain', 'spaced']);
    expect(rows[2]!.raw).toBe(plain);
    expect(rows[3]!.raw).toBe(spaced.toString());

    expect((await list()).total).toBe(before);
    const { letters } = await list(`?code=${code}`);
    const replayed = ({ offset, replayedAt }: DeadLetter) => [offset, replayedAt !== null];
    expect(letters.map(replayed)).toEqual([
      [104, true],
      [103, true],
      [102, true],
      [101, false],
      [100, true],
    ]);
    expect((await list(`?code=${code}&replayed=false`)).letters).toHaveLength(1);
    expect((await list(`?code=${code}&replayed=true`)).letters).toHaveLength(4);
  });

  test('takes up no letter a second time unless asked, and then its event counts once', async () => {
    expect(await replay({ code })).toMatchObject({ selected: 1, accepted: 0, refused: 1 });
    expect(await replay({ code, again: true })).toMatchObject({ accepted: 4, refused: 1 });
    await at.settle();
    expect(await archived('plain', 'spaced', 'a-statement', '/s#c')).toHaveLength(4);
  });

  test('takes up the places that are named, in pages, each part of a crowd in time', async () => {
    const crowd = Array.from({ length: 1_200 }, (_, i) => ({
      offset: 1_000 + i,
      code: 'EVENT_POISONOUS',
      bytes: Buffer.from(JSON.stringify(eventOf(`crowd-${i}`))),
    }));
    await plant(crowd);
    const positions = [1_000, 1_007, 99_999].map((offset) => ({ partition: 7, offset }));
    expect(await replay({ positions })).toMatchObject({ selected: 2, accepted: 2, next: null });
    const first = await replay({ code: 'EVENT_POISONOUS', limit: 700 });
    expect(first).toMatchObject({ selected: 700, accepted: 700, next: expect.any(String) });
    const second = await replay({ code: 'EVENT_POISONOUS', limit: 700, after: first.next });
    expect(second).toMatchObject({ selected: 498, accepted: 498, next: null });
    await at.settle();
    const [row] = await at.engine.store.query<{ count: number }>(
      "SELECT count() AS count FROM events FINAL WHERE startsWith(id, 'crowd-')",
    );
    expect(row).toEqual({ count: 1_200 });
  });

  test.each([
    { cod: code },
    { positions: [] },
    { positions: [{ partition: 0 }] },
    { limit: 10_001 },
    { from: 2, to: 1 },
    { again: 'yes' },
    null,
  ])('refuses %j', async (body) => {
    const response = await replayAnswer(body);
    expect(response.status).toBe(400);
    expect(Problem.parse(await response.json())).toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
