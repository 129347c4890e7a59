/** Times, decimals and integers as JSON has them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimalNumber } from '../../../../sources/kafka/formats/decimalNumber.ts';
import { exactInteger } from '../../../../sources/kafka/formats/exactInteger.ts';
import { instantText } from '../../../../sources/kafka/formats/instantText.ts';

describe('the text of an instant', () => {
  test('is the one that Date reads and writes', () => {
    const any = fc.date({
      min: new Date(-62_135_596_800_000),
      max: new Date(253_402_300_799_999),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(any, (date) => {
        const seconds = Math.floor(date.getTime() / 1_000);
        const nanos = (date.getTime() - seconds * 1_000) * 1e6;
        const text = instantText(seconds, nanos);
        expect(text).toBe(date.toISOString().replace('.000Z', 'Z'));
      }),
    );
  });

  test('has as many digits as it needs, in threes', () => {
    const texts = [0, 250_000_000, 5_000, 1].map((nanos) => instantText(1_772_353_800, nanos));
    expect(texts).toEqual([
      '2026-03-01T08:30:00Z',
      '2026-03-01T08:30:00.250Z',
      '2026-03-01T08:30:00.000005Z',
      '2026-03-01T08:30:00.000000001Z',
    ]);
    expect(instantText(0, 0, '')).toBe('1970-01-01T00:00:00');
  });

  test.each([-62_135_596_801, 253_402_300_800, Number.NaN])(
    'is none for the second %d',
    (seconds) => {
      expect(() => instantText(seconds, 0)).toThrow(RangeError);
    },
  );
});

test('a decimal is the number nearest to its digits', () => {
  expect(decimalNumber(Uint8Array.of(0x04, 0xd2), 2)).toBe(12.34);
  expect(decimalNumber(Uint8Array.of(0xff), 0)).toBe(-1);
  expect(decimalNumber(Uint8Array.of(7), -3)).toBe(7_000);
  expect(decimalNumber(new Uint8Array(0), 2)).toBe(0);
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 90n), max: 2n ** 90n }), fc.nat(30), (digits, scale) => {
      const hex = BigInt.asUintN(128, digits).toString(16).padStart(32, '0');
      const expected = Number(`${digits}e-${scale}`);
      expect(decimalNumber(Buffer.from(hex, 'hex'), scale)).toBe(expected);
    }),
  );
});

test('an integer is a number where that is exact, and its digits beyond', () => {
  const edge = 2n ** 53n;
  expect([edge - 1n, edge, 1n - edge, -edge].map(exactInteger)).toEqual([
    2 ** 53 - 1,
    '9007199254740992',
    1 - 2 ** 53,
    '-9007199254740992',
  ]);
});
