/** The course of a replay of dead letters: what is sent, when it is remembered, and what happens when either fails. */
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { contentOf } from '../../api/letterView.ts';
import { type FoundLetter, letterBatches } from '../../api/queries/deadLetters.ts';
import type { LetterDesk } from '../../api/replayLetters.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { StoredLetter } from '../../contracts/storedLetter.ts';
import { now, queriesOf, serverOf } from './fakes.ts';

let app: FastifyInstance;
afterEach(() => app?.close());

function letterOf(offset: number, pipeline = 'learn'): StoredLetter {
  return {
    pipeline,
    partition: 0,
    offset,
    receivedAt: now - 1_000 + offset,
    code: 'EVENT_POISONOUS',
    reason: 'it broke',
    bytes: Buffer.from(`${offset}`),
    key: null,
    headers: [],
    replayedAt: null,
  };
}

/** @param size of each letter, as the table says */
function ask(letters: readonly StoredLetter[], desk: Partial<LetterDesk>, size = 10) {
  const done: string[] = [];
  app = serverOf({
    queries: queriesOf({
      findLetters: async (_selection, { limit }) =>
        letters.slice(0, limit).map((letter) => ({ ...letter, size })),
      readLetters: async (found) => found.map(({ offset, pipeline }) => letterOf(offset, pipeline)),
    }),
    letters: {
      async resend(given, { send }) {
        done.push(`${send ? 'send' : 'judge'} ${given.map(({ offset }) => offset)}`);
        return given.map(() => null);
      },
      async remember(given, at) {
        done.push(`remember ${given.map(({ offset }) => offset)} at ${at - now}`);
      },
      ...desk,
    },
  });
  const replay = (body: object = {}) =>
    app.inject({ method: 'POST', url: '/v1/dead-letters/replay', payload: body });
  return { done, replay };
}

describe('a replay', () => {
  test('sends a part, remembers it, and only then goes on', async () => {
    const { done, replay } = ask([letterOf(1), letterOf(2), letterOf(3)], {}, 3_000_000);
    const answer = await replay({ limit: 3 });
    expect(done).toEqual([
      'send 1',
      'remember 1 at 0',
      'send 2',
      'remember 2 at 0',
      'send 3',
      'remember 3 at 0',
    ]);
    expect(answer.json()).toEqual({
      selected: 3,
      accepted: 3,
      refused: 0,
      refusals: [],
      next: `${now - 997}-0-3-learn`,
    });
  });

  test('remembers nothing of what is refused, and nothing at all when it only judges', async () => {
    const refuse = async (given: readonly StoredLetter[]) =>
      given.map(({ offset }) => (offset === 1 ? { code: 'EVENT_NOT_JSON', reason: 'r' } : null));
    const first = ask([letterOf(1), letterOf(2)], { resend: refuse });
    const answer = (await first.replay()).json();
    expect(answer).toMatchObject({ accepted: 1, refused: 1, next: null });
    expect(answer.refusals).toEqual([
      { pipeline: 'learn', partition: 0, offset: 1, code: 'EVENT_NOT_JSON', reason: 'r' },
    ]);
    expect(first.done).toEqual(['remember 2 at 0']);
    await app.close();
    const second = ask([letterOf(1)], {});
    expect((await second.replay({ dryRun: true })).json()).toMatchObject({ accepted: 1 });
    expect(second.done).toEqual(['judge 1']);
  });

  test('sends a record that two pipelines refused once, and remembers both letters', async () => {
    const { done, replay } = ask([letterOf(1, 'a'), letterOf(1, 'b'), letterOf(2)], {});
    expect((await replay()).json()).toMatchObject({ selected: 3, accepted: 3 });
    expect(done).toEqual(['send 1,2', 'remember 1,1,2 at 0']);
  });

  test('that cannot remember what it sent says to come again: at least once', async () => {
    const away = new EngineError('SINK_UNAVAILABLE', 'insert: no answer');
    const { done, replay } = ask([letterOf(1)], { remember: () => Promise.reject(away) });
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const answer = await replay();
      expect([answer.statusCode, answer.json().code]).toEqual([503, 'SINK_UNAVAILABLE']);
    }
    expect(done).toEqual(['send 1', 'send 1']);
  });

  test('that could not send remembers nothing', async () => {
    const full = new EngineError('LOG_FULL', 'the disk is full');
    const { done, replay } = ask([letterOf(1)], { resend: () => Promise.reject(full) });
    expect((await replay()).json()).toMatchObject({ code: 'LOG_FULL', retry: 'backoff' });
    expect(done).toEqual([]);
  });

  test('that fails behind its first part tells what was done, and where to go on', async () => {
    const full = new EngineError('LOG_FULL', 'the disk is full');
    const resend: LetterDesk['resend'] = async ([letter]) => {
      if (letter!.offset > 1) throw full;
      return [null];
    };
    const { done, replay } = ask([letterOf(1), letterOf(2)], { resend }, 3_000_000);
    const answer = await replay();
    expect(answer.json()).toMatchObject({
      selected: 1,
      accepted: 1,
      next: `${now - 999}-0-1-learn`,
    });
    expect(done).toEqual(['remember 1 at 0']);
  });

  test('is the only one of its process', async () => {
    let finish = (): void => undefined;
    let begun = 0;
    const wait = () => {
      begun += 1;
      return new Promise<null[]>((resolve) => {
        finish = () => resolve([null]);
      });
    };
    const { replay } = ask([letterOf(1)], { resend: wait });
    const first = replay();
    first.then(() => undefined); // asks now
    await expect.poll(() => begun).toBe(1);
    const second = await replay();
    expect([second.statusCode, second.json().code]).toEqual([503, 'OVERLOADED']);
    finish();
    expect((await first).statusCode).toBe(200);
    const third = replay();
    third.then(() => undefined);
    await expect.poll(() => begun).toBe(2);
    finish();
    expect((await third).statusCode).toBe(200);
  });
});

describe('parts of a replay', () => {
  const found = (size: number): FoundLetter => ({ ...letterOf(0), size });
  const sizes = (...given: number[]) =>
    [...letterBatches(given.map(found))].map((batch) => batch.map(({ size }) => size));

  test('hold 4 MiB, or one letter that is larger', () => {
    const mebibyte = 2 ** 20;
    expect(sizes()).toEqual([]);
    expect(sizes(mebibyte, 3 * mebibyte, 1)).toEqual([[mebibyte, 3 * mebibyte], [1]]);
    expect(sizes(9 * mebibyte, 1, 9 * mebibyte)).toEqual([[9 * mebibyte], [1], [9 * mebibyte]]);
  });

  test('hold 500 letters', () => {
    const parts = sizes(...Array.from({ length: 1_001 }, () => 1));
    expect(parts.map((part) => part.length)).toEqual([500, 500, 1]);
  });
});

describe('bytes', () => {
  test.each([
    ['', { text: '' }],
    ['{"a":"ü"}', { text: '{"a":"ü"}' }],
    ['\ufeff{}', { text: '\ufeff{}' }],
  ])('%j are text', (text, content) => {
    expect(contentOf(Buffer.from(text))).toEqual(content);
  });

  test('that are not UTF-8 are base64', () => {
    expect(contentOf(Buffer.from([0xc3, 0x28]))).toEqual({ base64: 'wyg=' });
  });
});
