import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventBytesMax } from '../../../contracts/event.ts';
import { problem } from '../../../sources/decode/problem.ts';
import { markRefused } from '../../../sources/decode/refusedRecord.ts';
import { createDoor } from '../../../sources/door/door.ts';
import { partitionsOfUser } from '../../../sources/door/userPartitions.ts';
import { createPseudonyms } from '../../../sources/pseudonyms/createPseudonyms.ts';
import { createRenameChunk } from '../../../sources/pseudonyms/renameChunk.ts';
import { userValues } from '../../../sources/pseudonyms/userValues.ts';

const pseudonyms = createPseudonyms(new Uint8Array(32).fill(7));
const receivedAt = Date.UTC(2026, 2, 2);
const encoder = new TextEncoder();

/** Texts as records of one chunk, each with its key; and what becomes of them. */
function renamed(texts: readonly (string | Uint8Array)[], keys: readonly string[] = []) {
  const parts = texts.map((text) => (typeof text === 'string' ? encoder.encode(text) : text));
  let end = 0;
  const ends = parts.map(({ length }) => {
    end += length;
    return end;
  });
  const chunk = createRenameChunk(pseudonyms)({
    ...{ partition: 0, firstOffset: 40, length: parts.length, receivedAt },
    bytes: new Uint8Array(Buffer.concat(parts)),
    ends: Int32Array.from(ends),
    origins: parts.map((bytes, i) => {
      return { key: Buffer.from(keys[i] ?? ''), headers: [], bytes };
    }),
  });
  const records = parts.map((_, i) =>
    Buffer.from(chunk.bytes.subarray(chunk.ends[i - 1] ?? 0, chunk.ends[i])).toString(),
  );
  return { records, origins: chunk.origins! };
}

const event = (user: string, more: object = {}) =>
  JSON.stringify({ id: 'e', type: 'viewed', time: receivedAt, user, ...more });

describe('a renamed record', () => {
  test('differs in the user alone', () => {
    const text = `{ "big":12345678901234567890, "user" : "ada","id":"e","type":"viewed", "time":${receivedAt} }`;
    const { records } = renamed([text]);
    expect(records).toEqual([text.replace('"ada"', `"${pseudonyms.of('ada')}"`)]);
  });

  test('is the same when it comes again', () => {
    const once = renamed([event('ada'), event('Zo\u00eb \u{1f600}')]).records;
    expect(renamed(once).records).toEqual(once);
  });

  test('has no other user, however it was written', () => {
    const time = `"id":"e","type":"viewed","time":${receivedAt}`;
    const texts = [
      String.raw`{${time},"us\u0065r":"\u0061da"}`,
      String.raw`{"user":{"a":["}",{"user":"ada"}]},"\u0075\u0073\u0065\u0072":"bob","user":"ada",${time}}`,
      `{"context":{"user":"teacher"},"user":"ada",${time}}`,
      String.raw`{"text":"\\\",\"user\":\"x","user":"ada",${time}}`,
    ];
    const { records } = renamed(texts);
    const name = pseudonyms.of('ada');
    for (const record of records) {
      expect((JSON.parse(record) as { user: string }).user).toBe(name);
      expect(record).not.toMatch(/"(ada|bob)"|u0061da/);
    }
    expect(records[2]).toContain('"user":"teacher"');
  });

  test('is found in any object', () => {
    const keys = fc.constantFrom('user', 'User', 'use', 'us"er', 'context', 'üser', '');
    const objects = fc.array(fc.tuple(keys, fc.jsonValue()), { maxLength: 6 });
    fc.assert(
      fc.property(objects, fc.constantFrom(undefined, 1), (pairs, indent) => {
        const space = indent === undefined ? '' : ' \n';
        const text = `{${pairs
          .map(
            ([key, value]) =>
              `${JSON.stringify(key)}${space}:${space}${JSON.stringify(value, null, indent)}`,
          )
          .join(`${space},`)}${space}}`;
        const bytes = encoder.encode(text);
        const values = userValues(bytes, 0, bytes.length);
        const found = Array.from({ length: values.length / 2 }, (_, i) =>
          JSON.parse(Buffer.from(bytes.subarray(values[2 * i], values[2 * i + 1])).toString()),
        );
        const users = pairs.filter(([key]) => key === 'user').map(([, value]) => value);
        expect(found).toEqual(JSON.parse(JSON.stringify(users)));
      }),
    );
  });

  test('of the engine itself stays as it is: it is nobody', () => {
    const definition = event('millrace', { type: 'millrace.experiment' });
    expect(renamed([definition, event('millrace')]).records).toEqual([
      definition,
      event(pseudonyms.of('millrace')),
    ]);
  });

  test('has a key that is no user as it came, and nothing in a format of its own', () => {
    const { origins } = renamed([event('ada'), event('bob')], ['ada', 'course-7']);
    expect(origins.map(({ key }) => `${key && Buffer.from(key)}`)).toEqual([
      pseudonyms.of('ada'),
      'course-7',
    ]);
    expect(origins.every(({ bytes }) => bytes === undefined)).toBe(true);
  });
});

describe('what is refused', () => {
  test('is renamed where it says its user, and stays as it came where it does not', () => {
    const broken = '{"user":"ada"';
    const marked = markRefused(problem('EVENT_NOT_JSON', 'it is not'), encoder.encode(broken));
    const texts = [event('ada', { value: 'much' }), broken, '{"user":7}', marked];
    const { records, origins } = renamed(texts, ['ada', 'ada', '', '']);
    expect(records[0]).toBe(event(pseudonyms.of('ada'), { value: 'much' }));
    expect(records.slice(1)).toEqual([broken, '{"user":7}', Buffer.from(marked).toString()]);
    expect(`${Buffer.from(origins[1]!.key!)}`).toBe('ada');
    expect(origins[1]!.bytes).toBeDefined();
  });

  test('at the door is what becomes too large by its pseudonym', () => {
    const empty = event('a', { pad: '' }).length;
    const text = event('a', { pad: 'x'.repeat(eventBytesMax - empty) });
    const admission = createDoor({ partitions: 2, pseudonyms }).admit(
      encoder.encode(text),
      'application/json',
      receivedAt,
    );
    expect(admission).toMatchObject({ accepted: 0, refusals: [{ code: 'EVENT_TOO_LARGE' }] });
    expect(Buffer.from(admission.slices[0]!.bytes).includes('"user":"a"')).toBe(false);
    const shorter = event('a', { pad: 'x'.repeat(eventBytesMax - empty - 29) });
    const taken = createDoor({ partitions: 2, pseudonyms }).admit(
      encoder.encode(shorter),
      'application/json',
      receivedAt,
    );
    expect(taken.accepted).toBe(1);
  });
});

describe('partitions', () => {
  const choosePartition = ({ bytes }: { bytes: Uint8Array }, start: number) => bytes[start]! % 8;
  const ada = pseudonyms.of('ada');
  const ofName = 'p'.charCodeAt(0) % 8;
  const ofId = 'a'.charCodeAt(0) % 8;

  test('are those of the pseudonym, or of the id where others choose by it', () => {
    const body = encoder.encode(event('ada'));
    const admit = (partitionBy: 'id' | 'pseudonym') =>
      createDoor({ partitions: 8, choosePartition, withKeys: true, pseudonyms, partitionBy })
        .admit(body, 'application/json', receivedAt)
        .slices.map(({ partition, keys }) => [partition, `${Buffer.from(keys![0]!)}`]);
    expect(admit('pseudonym')).toEqual([[ofName, ada]]);
    expect(admit('id')).toEqual([[ofId, ada]]);
  });

  test('that must hear of an erasure are all that may have the user', () => {
    const embedded = { partitions: 8, choosePartition, pseudonyms };
    const shared = { ...embedded, partitionBy: 'id' } as const;
    expect(partitionsOfUser('ada', { partitions: 8, choosePartition })).toEqual([ofId]);
    expect(partitionsOfUser('ada', embedded)).toEqual([ofName]);
    expect(partitionsOfUser(ada, embedded)).toEqual([ofName]);
    expect(partitionsOfUser('ada', shared)).toEqual([ofId, ofName]);
    expect(partitionsOfUser(ada, shared)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
