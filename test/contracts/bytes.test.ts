/** What the byte writer writes, the byte reader reads. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader } from '../../contracts/byteReader.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';

/** Values of one kind, and how they are written and read. */
type Field =
  | { readonly kind: 'uint16' | 'int64' | 'varint'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'string'; readonly value: Uint8Array };

const safe = fc.maxSafeInteger();
const natural = fc.maxSafeNat();
const wholeText = fc.string({ unit: 'grapheme', maxLength: 200 });
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.record({ kind: fc.constant('uint16' as const), value: fc.nat(65_535) }),
  fc.record({ kind: fc.constant('int64' as const), value: safe }),
  fc.record({ kind: fc.constant('varint' as const), value: natural }),
  fc.record({ kind: fc.constant('text' as const), value: wholeText }),
  fc.record({ kind: fc.constant('string' as const), value: fc.uint8Array({ maxLength: 300 }) }),
);

function write(writer: ByteWriter, { kind, value }: Field): void {
  if (kind === 'string') writer.string(value, 0, value.length);
  else if (kind === 'text') writer.text(value);
  else writer[kind](value);
}

describe('the byte reader', () => {
  test('reads back any row of fields, and then is at its end', () => {
    fc.assert(
      fc.property(fc.array(field), fc.nat(64), (fields, capacity) => {
        const writer = new ByteWriter(capacity);
        for (const each of fields) write(writer, each);
        const reader = new ByteReader(writer.take());
        for (const { kind, value } of fields) {
          expect(reader.isAtEnd).toBe(false);
          expect(reader[kind]()).toEqual(value);
        }
        expect(reader.isAtEnd).toBe(true);
      }),
    );
  });

  test('reads from the middle of a buffer', () => {
    const writer = new ByteWriter();
    writer.int64(-1);
    const bytes = new Uint8Array(20);
    bytes.set(writer.take(), 3);
    expect(new ByteReader(bytes.subarray(3, 11)).int64()).toBe(-1);
  });

  test.each([
    0,
    1,
    -1,
    2 ** 31,
    -(2 ** 31) - 1,
    2 ** 32 - 1,
    2 ** 32,
    -(2 ** 32),
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
  ])('the 64-bit integer %d is what Node reads there', (value) => {
    const writer = new ByteWriter();
    writer.int64(value);
    const bytes = Buffer.from(writer.take());
    expect(bytes.readBigInt64LE()).toBe(BigInt(value));
    expect(new ByteReader(bytes).int64()).toBe(value);
  });

  // Golden: the lengths at which LEB128 takes another byte.
  test.each([
    [0, '00'],
    [127, '7f'],
    [128, '8001'],
    [16_383, 'ff7f'],
    [16_384, '808001'],
    [624_485, 'e58e26'],
    [Number.MAX_SAFE_INTEGER, 'ffffffffffffff0f'],
  ])('the length %d is written as %s', (value, hex) => {
    const writer = new ByteWriter(1);
    writer.varint(value);
    const bytes = writer.take();
    expect(Buffer.from(bytes).toString('hex')).toBe(hex);
    expect(new ByteReader(bytes).varint()).toBe(value);
  });
});
