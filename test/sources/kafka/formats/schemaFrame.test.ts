/** Where a value's schema is named, and what is taken for a frame. */
import { expect, test } from 'vitest';
import { readSchemaFrame } from '../../../../sources/kafka/formats/schemaFrame.ts';

const name = '__value_schema_id';
const bytes = (...values: number[]) => Uint8Array.from(values);
const guid = Array.from({ length: 16 }, (_, i) => i + 0xa0);

test('what begins as JSON does, or as anything else, has no frame', () => {
  for (const first of [0x7b, 0x5b, 0x20, 0x0a, 0x15, 0x02, 0xff]) {
    expect(readSchemaFrame(bytes(first, 0, 0, 0, 1, 2), [])).toBeUndefined();
  }
  expect(readSchemaFrame(bytes(), [])).toBeUndefined();
  expect(readSchemaFrame(bytes(0x7b), [['trace', bytes(0, 0, 0, 0, 1)]])).toBeUndefined();
});

test('an id or a GUID stands before the value', () => {
  expect(readSchemaFrame(bytes(0, 0, 0, 1, 2, 9, 8), [])).toEqual({
    schema: 258,
    rest: Buffer.of(9, 8),
    body: undefined,
  });
  expect(readSchemaFrame(bytes(1, ...guid, 9), [])).toMatchObject({
    schema: 'a0a1a2a3a4a5a6a7a8a9aaabacadaeaf',
    rest: Buffer.of(9),
  });
});

test('or in a header, of which the last counts, and the value is all of the value', () => {
  const value = bytes(0x7b, 0x7d);
  const headers = [
    [name, bytes(0, 0, 0, 0, 1)],
    [name, bytes(1, ...guid, 2)],
  ] as const;
  expect(readSchemaFrame(value, headers)).toEqual({
    schema: 'a0a1a2a3a4a5a6a7a8a9aaabacadaeaf',
    rest: Buffer.of(2),
    body: Buffer.from(value),
  });
});

test('a frame that breaks off is no frame', () => {
  expect(readSchemaFrame(bytes(0), [])).toBeNull();
  expect(readSchemaFrame(bytes(0, 0, 0, 1), [])).toBeNull();
  expect(readSchemaFrame(bytes(1, ...guid.slice(1)), [])).toBeNull();
  expect(readSchemaFrame(bytes(0x7b), [[name, bytes()]])).toBeNull();
  expect(readSchemaFrame(bytes(0x7b), [[name, bytes(2, ...guid)]])).toBeNull();
});
