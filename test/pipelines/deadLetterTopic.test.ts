/** Dead letters on their way to a topic: what `divertErrors` writes for the table, read back as messages. */
import fc from 'fast-check';
import { of } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../contracts/batch.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Origin } from '../../contracts/chunk.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { Store } from '../../contracts/store.ts';
import { divertErrors } from '../../operators/divertErrors.ts';
import { lettersOf, withDeadLetterTopic } from '../../pipelines/deadLetterTopic.ts';
import type { TopicMessage } from '../../sources/kafka/topicWriter.ts';
import { collect } from '../operators/collect.ts';
import { batchOf } from '../support/batches.ts';

interface Letter {
  readonly code: ErrorCode;
  readonly reason: string;
  readonly bytes: Uint8Array;
  readonly origin: Origin;
}

function rowsOf(
  letters: readonly Letter[],
  place: { pipeline: string; partition: number; firstOffset: number; receivedAt: number },
): Uint8Array {
  const { pipeline, firstOffset } = place;
  const refusals = letters.map(
    ({ code, reason, bytes }, i): Refusal => ({ offset: firstOffset + i, code, reason, bytes }),
  );
  const origins = letters.map(({ origin }) => origin);
  const batch = { ...batchOf([], { ...place, refusals }), origins };
  const [rows] = collect(of(batch).pipe(divertErrors(pipeline)));
  const writer = new ByteWriter();
  rows!.encode(writer);
  return writer.take();
}

const plain = (message: TopicMessage) => ({
  ...message,
  value: [...message.value],
  key: message.key === null ? null : [...message.key],
  headers: message.headers?.map((header) =>
    Object.entries(header).map(([name, value]) => [name, Buffer.from(value).toString('hex')]),
  ),
});
const hexOf = (text: string) => Buffer.from(text).toString('hex');

describe('letters of a topic', () => {
  // Golden: written by hand from the columns of `dead_letters`.
  test('are decoded from the rows of the table', () => {
    const rows = Buffer.concat([
      Buffer.from('\u0004demo'),
      Buffer.from([2, 0]), // partition
      Buffer.from([17, 0, 0, 0, 1, 0, 0, 0]), // offset 2^32 + 17
      Buffer.from([0, 0, 0, 0, 0, 0, 0, 0]), // received_at
      Buffer.from('\u000eEVENT_NOT_JSON'),
      Buffer.from('\u0003why'),
      Buffer.from([2, 0x7b, 0xff]), // bytes
      Buffer.from('\u0003ada'),
      Buffer.from([1]),
      Buffer.from('\u0005trace'),
      Buffer.from([2, 0, 0xfe]),
    ]);
    expect([...lettersOf(rows, 'events')].map(plain)).toEqual([
      {
        topic: 'events-dead-letters',
        partition: null,
        value: [0x7b, 0xff],
        key: [...Buffer.from('ada')],
        headers: [
          [['millrace.pipeline', hexOf('demo')]],
          [['millrace.topic', hexOf('events')]],
          [['millrace.partition', hexOf('2')]],
          [['millrace.offset', hexOf('4294967313')]],
          [['millrace.code', hexOf('EVENT_NOT_JSON')]],
          [['millrace.reason', hexOf('why')]],
          [['trace', '00fe']],
        ],
      },
    ]);
  });

  const text = fc.string({ unit: 'grapheme', maxLength: 100 });
  const bytes = fc.uint8Array({ maxLength: 300 });
  const letter: fc.Arbitrary<Letter> = fc.record({
    code: fc.constantFrom<ErrorCode>('EVENT_NOT_JSON', 'EVENT_POISONOUS'),
    reason: text,
    bytes,
    origin: fc.record({
      // An empty key is as good as none: the table does not tell them apart.
      key: fc.option(fc.uint8Array({ minLength: 1, maxLength: 200 })),
      headers: fc.array(fc.tuple(text, bytes), { maxLength: 140 }),
    }),
  });
  const place = fc.record({
    pipeline: text,
    partition: fc.nat(65_535),
    firstOffset: fc.nat(Number.MAX_SAFE_INTEGER - 100),
    receivedAt: fc.nat(4_000_000_000_000),
  });

  test('are what was refused, with any bytes, keys and headers', () => {
    fc.assert(
      fc.property(fc.array(letter, { minLength: 1, maxLength: 5 }), place, (letters, where) => {
        const messages = [...lettersOf(rowsOf(letters, where), 'events')].map(plain);
        expect(messages).toEqual(
          letters.map(({ code, reason, bytes: value, origin: { key, headers } }, i) => ({
            topic: 'events-dead-letters',
            partition: null,
            value: [...value],
            key: key === null ? null : [...key],
            headers: [
              [['millrace.pipeline', hexOf(where.pipeline)]],
              [['millrace.topic', hexOf('events')]],
              [['millrace.partition', hexOf(`${where.partition}`)]],
              [['millrace.offset', hexOf(`${where.firstOffset + i}`)]],
              [['millrace.code', hexOf(code)]],
              [['millrace.reason', hexOf(reason)]],
              ...headers.map(([name, content]) => [[name, Buffer.from(content).toString('hex')]]),
            ],
          })),
        );
      }),
    );
  });

  test.each([
    ['a large value', 1_048_000, 10, 950_000 - 23, true],
    ['large headers', 100, 500_000, 100, false],
    ['both', 1_048_000, 500_000, 950_000, false],
  ])('are cut to what brokers take: %s', (_name, bytesLength, headerLength, kept, hasOrigin) => {
    const origin: Origin = { key: Buffer.from('k'), headers: [['h1', Buffer.alloc(headerLength)]] };
    const one: Letter = {
      code: 'EVENT_TOO_LARGE',
      reason: '',
      bytes: Buffer.alloc(bytesLength, 'x'),
      origin,
    };
    const where = { pipeline: 'demo', partition: 0, firstOffset: 0, receivedAt: 0 };
    const [message] = [...lettersOf(rowsOf([one], where), 'events')];
    const names = message!.headers!.flatMap((header) => Object.keys(header));
    expect(message!.value).toHaveLength(kept);
    expect(message!.headers).toContainEqual({ 'millrace.size': `${bytesLength}` });
    expect([message!.key !== null, names.includes('h1')]).toEqual([hasOrigin, hasOrigin]);
  });

  test('are delivered before the rows are written, and other rows are none', async () => {
    const done: string[] = [];
    const store = { insert: async (table: string) => done.push(`insert ${table}`) };
    const writer = {
      deliver: async (messages: Iterable<TopicMessage>) => {
        done.push(`deliver ${[...messages].length}`);
      },
    };
    const both = withDeadLetterTopic(
      store as unknown as Store,
      writer as Parameters<typeof withDeadLetterTopic>[1],
      'events',
    );
    const origin = { key: null, headers: [] };
    const one: Letter = { code: 'EVENT_NOT_JSON', reason: '', bytes: Buffer.from('x'), origin };
    const where = { pipeline: 'demo', partition: 0, firstOffset: 0, receivedAt: 0 };
    await both.insert('dead_letters', rowsOf([one, one], where));
    await both.insert('events', new Uint8Array(3));
    expect(done).toEqual(['deliver 2', 'insert dead_letters', 'insert events']);
  });
});
