/** What decoding means: columns, absence, refusals and their reasons. */
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../../contracts/bytes.ts';
import { murmur3 } from '../../../contracts/hash.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { idHighSeed, idLowSeed } from '../../../sources/decode/idHash.ts';
import { createReferenceDecoder } from '../../../sources/decode/referenceDecoder.ts';
import { chunkOf, plain } from './chunks.ts';

function decode(...records: (string | Uint8Array)[]) {
  const columns = {
    strings: ['context.skill', 'context.toString', 'context.tags.0'],
    numbers: ['context.attempt', 'context.done'],
  };
  const decoder = createReferenceDecoder(columns, new InternDictionary());
  return plain(decoder.decode(chunkOf(records)));
}

const base = '"id":"1","type":"viewed","time":"2026-03-01T10:00:00Z","user":"ada"';
const hex = (text: string) => Buffer.from(text).toString('hex');

describe('an accepted event', () => {
  test('fills the columns, and what it lacks is absent', () => {
    const batch = decode(
      `{${base},"item":"q","session":"\\u00e9","value":true,"context":{"skill":"s","attempt":2,"done":false,"tags":["t"]}}`,
      `{${base},"item":null,"value":null,"context":{"skill":7,"attempt":"2","done":1e999}}`,
    );
    expect(batch).toMatchObject({ partition: 3, firstOffset: 100, endOffset: 102, length: 2 });
    const [first, second] = batch.rows;
    expect(first!.codes).toEqual({
      type: 'viewed',
      user: 'ada',
      item: 'q',
      'context.skill': 's',
      'context.toString': null,
      'context.tags.0': null,
    });
    expect(first!.numbers).toEqual({
      time: Date.UTC(2026, 2, 1, 10),
      value: 1,
      'context.attempt': 2,
      'context.done': 0,
    });
    expect(first!.texts).toEqual({ id: hex('1'), session: hex('é'), decision: null });
    expect(second).toMatchObject({ offset: 101, codes: { item: null, 'context.skill': null } });
    expect(second!.numbers).toMatchObject({
      value: NaN,
      'context.attempt': NaN,
      'context.done': NaN,
    });
  });

  test('takes figures up to a size that no sum of them overflows', () => {
    const { rows } = decode(
      `{${base},"value":-1e15,"context":{"attempt":1e15}}`,
      `{${base},"context":{"attempt":-1e200}}`,
    );
    expect(rows[0]!.numbers).toMatchObject({ value: -1e15, 'context.attempt': 1e15 });
    expect(rows[1]!.numbers).toMatchObject({ value: NaN, 'context.attempt': NaN });
  });

  test('has no code for text that is no name: stored keys rely on it', () => {
    for (const text of ['', 'a\\u0000b', 'x'.repeat(257)]) {
      const [row] = decode(`{${base},"context":{"skill":"${text}"}}`).rows;
      expect(row!.codes['context.skill']).toBeNull();
    }
  });

  test('of a key that occurs twice, the last counts', () => {
    expect(decode(`{${base},"user":"grace"}`).rows[0]!.codes['user']).toBe('grace');
  });

  test('has the murmur3 of its id, seeded with that of its user', () => {
    for (const [user, id] of [
      ['ada', '1'],
      ['é', 'e2f1-0007'],
      ['u'.repeat(256), 'ab'],
    ]) {
      const [batch] = [decode(`{"type":"t","time":1772409600000,"user":"${user}","id":"${id}"}`)];
      const [users, ids] = [Buffer.from(user!), Buffer.from(id!)];
      const half = (seed: number) =>
        murmur3(bytesOf(ids), 0, ids.length, murmur3(bytesOf(users), 0, users.length, seed));
      expect(batch.rows[0]!.id).toEqual([half(idLowSeed), half(idHighSeed)]);
    }
  });
});

test.each([
  ['', 'EVENT_NOT_JSON', 'event: expected one JSON object in UTF-8, got nothing'],
  ['{"id":', 'EVENT_NOT_JSON', 'got text that is not:'],
  ['\ufeff{}', 'EVENT_NOT_JSON', 'got text that is not:'],
  ['[1]', 'EVENT_NOT_OBJECT', 'event: expected a JSON object, got an array'],
  [
    `{${base},"x":${'['.repeat(16)}${']'.repeat(16)}}`,
    'EVENT_TOO_DEEP',
    'expected at most 16 levels',
  ],
  [
    `{${base},"x":"${'y'.repeat(65_536)}"}`,
    'EVENT_TOO_LARGE',
    'event: expected at most 65536 bytes',
  ],
  [`{${base},"x":[{"__proto__":1}]}`, 'EVENT_KEY_FORBIDDEN', 'x.0.__proto__: expected another key'],
  ['{"id":"1"}', 'EVENT_FIELD_MISSING', 'type: expected text of 1 to 256 characters'],
  [`{${base},"user":""}`, 'EVENT_FIELD_INVALID', 'got empty text'],
  [`{${base},"user":"a\\u0000"}`, 'EVENT_FIELD_INVALID', 'user: expected text of 1 to 256'],
  [`{${base},"id":null}`, 'EVENT_FIELD_INVALID', 'id: expected text of 1 to 256'],
  [`{${base},"item":5}`, 'EVENT_FIELD_INVALID', 'or null, got the number 5'],
  [
    `{${base},"value":"5"}`,
    'EVENT_FIELD_INVALID',
    'value: expected a number from -1e+15 to 1e+15, a boolean or null',
  ],
  [`{${base},"value":1.1e15}`, 'EVENT_FIELD_INVALID', 'got the number 1100000000000000'],
  [`{${base},"value":-1e200}`, 'EVENT_FIELD_INVALID', 'got the number -1e+200'],
  [`{${base},"value":1e999}`, 'EVENT_FIELD_INVALID', 'got the number Infinity'],
  [`{${base},"context":[]}`, 'EVENT_FIELD_INVALID', 'context: expected an object or null'],
  [`{${base},"time":"2026-02-29T00:00:00Z"}`, 'EVENT_FIELD_INVALID', 'time: expected an ISO 8601'],
  [`{${base},"time":0}`, 'EVENT_TIME_OUT_OF_RANGE', 'between 2000-01-01T00:00:00.000Z and'],
  [`{${base},"time":1e300}`, 'EVENT_TIME_OUT_OF_RANGE', 'got 1e+300 ms'],
])('%.60s is refused with %s', (record, code, reason) => {
  const batch = decode(`{${base}}`, record, `{${base}}`);
  expect(batch.rows.map(({ offset }) => offset)).toEqual([100, 102]);
  expect(batch.refusals).toEqual([
    { offset: 101, code, reason: expect.stringContaining(reason), bytes: hex(record) },
  ]);
  expect(batch.refusals[0]!.reason.length).toBeLessThanOrEqual(300);
});

test('malformed UTF-8 is refused with its position', () => {
  const bytes = Buffer.from(`{${base},"x":"?"}`);
  const at = bytes.lastIndexOf('?');
  bytes[at] = 0xff;
  expect(decode(bytes).refusals).toMatchObject([
    { code: 'EVENT_NOT_JSON', reason: expect.stringContaining(`malformed UTF-8 at byte ${at}`) },
  ]);
});

test.each([
  [{ strings: ['context..x'], numbers: [] }],
  [{ strings: ['time'], numbers: [] }],
  [{ strings: [], numbers: ['user'] }],
])('columns %j are refused', (columns) => {
  expect(() => createReferenceDecoder(columns, new InternDictionary())).toThrow(RangeError);
});
