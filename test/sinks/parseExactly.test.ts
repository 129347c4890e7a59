import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExactly } from '../../sinks/clickhouse/parseExactly.ts';

test('safe integers are numbers, larger ones their digits', () => {
  const text = '{"a":9007199254740991,"b":9007199254740992,"c":[-9223372036854775808],"d":1e400}';
  expect(parseExactly(text)).toEqual({
    a: 9_007_199_254_740_991,
    b: '9007199254740992',
    c: ['-9223372036854775808'],
    d: Number.POSITIVE_INFINITY,
  });
});

test('digits in strings and fractions stay as they are', () => {
  const text =
    '{"9007199254740993":"x 9007199254740993 \\" 12345678901234567","f":0.12345678901234567}';
  expect(parseExactly(text)).toEqual(JSON.parse(text));
});

test('agrees with JSON.parse on whatever has no large integer', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      if (/\d{16}/.test(text.replaceAll(/\.\d+(e[+-]?\d+)?/g, ''))) return;
      expect(parseExactly(text)).toEqual(JSON.parse(text));
    }),
    { seed: 11, numRuns: 1_000 },
  );
});
