/** Plain data survives its bytes, and equal values have equal bytes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteWriter } from '../../../contracts/byteWriter.ts';
import { readPlain, writePlain } from '../../../operators/state/plainData.ts';

const plain = fc.letrec((tie) => ({
  any: fc.oneof(
    fc.double(),
    fc.integer(),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.float64Array(),
    fc.int32Array(),
    fc.uint8Array(),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('any'), { maxKeys: 4 }),
  ),
})).any;

function bytesOf(value: unknown): Uint8Array {
  const writer = new ByteWriter(8);
  writePlain(writer, value);
  return writer.take();
}

test('every plain value comes back as it was', () => {
  fc.assert(
    fc.property(plain, (value) => {
      // Through a Buffer inside a larger one, as a client hands rows out.
      const framed = Buffer.concat([Buffer.of(1, 2, 3), bytesOf(value)]).subarray(3);
      expect(readPlain(framed)).toEqual(structuredClone(value));
    }),
  );
});

test('equal values have equal bytes, however the engine holds them', () => {
  const halves = [0.5, 0.5].reduce((sum, x) => sum + x, 0);
  expect(bytesOf({ sum: halves })).toEqual(bytesOf({ sum: 1 }));
  const widened = { sum: 0.5 };
  widened.sum = 1;
  expect(bytesOf(widened)).toEqual(bytesOf({ sum: 1 }));
});

test('bytes that are cut off, too long or unknown are refused', () => {
  const bytes = bytesOf({ a: [1, 'two'] });
  expect(() => readPlain(bytes.subarray(0, 5))).toThrow(/cut off|stored state/);
  expect(() => readPlain(Buffer.concat([bytes, bytes]))).toThrow(/behind its end/);
  expect(() => readPlain(Uint8Array.of(99))).toThrow(/unknown tag/);
});

test('what is no plain data is refused', () => {
  expect(() => bytesOf(undefined)).toThrow(TypeError);
  expect(() => bytesOf({ f: () => 1 })).toThrow(TypeError);
});
