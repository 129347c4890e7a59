import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bytesField,
  floatField,
  integerField,
  integersField,
  joinBytes,
  messageField,
  readFields,
  readIntegers,
  textField,
} from '../../../models/onnx/protobuf.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const integers = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -200, max: 70_000 }));

describe('fields', () => {
  // Golden: the examples of protobuf.dev/programming-guides/encoding.
  test('are those of the specification', () => {
    expect(hex(integerField(1, 150))).toBe('089601');
    expect(hex(textField(2, 'testing'))).toBe('120774657374696e67');
    expect(hex(messageField(3, [integerField(1, 150)]))).toBe('1a03089601');
    expect(hex(integersField(6, [3, 270, 86_942]))).toBe('3206038e029ea705');
    expect(hex(integerField(1, -2))).toBe('08feffffffffffffffff01');
    expect(hex(floatField(2, 1))).toBe('150000803f');
  });

  test('are read as they were written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        integers,
        fc.uint8Array({ maxLength: 300 }),
        fc.array(integers, { minLength: 1 }),
        (number, value, bytes, list) => {
          const written = joinBytes([
            integerField(number, value),
            bytesField(number + 1, bytes),
            integersField(number + 2, list),
          ]);
          const [first, second, third, ...rest] = [...readFields(written)];
          expect(first).toMatchObject({ number, integer: value });
          expect(second).toMatchObject({ number: number + 1, bytes });
          expect(readIntegers(third!)).toEqual(list);
          expect(rest).toEqual([]);
        },
      ),
    );
  });

  test('any bytes are either a message or refused, never read beyond their end', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        try {
          for (const field of readFields(bytes)) {
            expect(field.bytes.length).toBeLessThanOrEqual(bytes.length);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });

  test('what is cut off says where', () => {
    expect(() => [...readFields(Uint8Array.of(0x12, 7, 1))]).toThrow(
      'byte 2: a field of 7 bytes, of which 1 are there',
    );
    expect(() => [...readFields(Uint8Array.of(0x08, 0x96))]).toThrow('ends within a number');
    expect(() => [...readFields(new Uint8Array(12).fill(0xff))]).toThrow('more than ten bytes');
    expect(() => [...readFields(Uint8Array.of(0x0b))]).toThrow('wire type 3');
    expect(() => [...readFields(Uint8Array.of(0x00))]).toThrow('a field of number 0');
  });

  test('only whole numbers are written', () => {
    expect(() => integerField(1, 0.5)).toThrow(RangeError);
    expect(() => integerField(1, 2 ** 53)).toThrow(RangeError);
  });
});
