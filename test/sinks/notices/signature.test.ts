import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sign, verifySignature } from '../../../sinks/notices/signature.ts';

const secret = 'keep-it-secret';
const body = '{"version":1,"what":"firing","headline":"Accuracy fell – 0.61"}';
const timeS = 1_767_225_600;
// printf '%s' "1767225600.$body" | openssl dgst -sha256 -hmac keep-it-secret; Python's hmac says the same.
const golden = 't=1767225600,v1=4da3266fbda7ff970f14fe7753241c0c2959c9da896592c1b68f8a4946f829d4';

test('agrees with openssl', () => {
  expect(sign(body, secret, timeS)).toBe(golden);
  expect(sign(new TextEncoder().encode(body), secret, timeS)).toBe(golden);
});

test('holds for five minutes to either side, and no longer', () => {
  const at = (nowS: number) => verifySignature(golden, body, secret, { nowS });
  expect([-301, -300, 0, 300, 301].map((seconds) => at(timeS + seconds))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ]);
  expect(verifySignature(golden, body, secret, { nowS: timeS + 3_000, toleranceS: 3_600 })).toBe(
    true,
  );
  expect(verifySignature(golden, body, secret)).toBe(false); // long ago
});

test('of several values one has to fit, as while a secret is changed', () => {
  const other = sign(body, 'the old one', timeS).split(',')[1];
  const [time, value] = golden.split(',');
  const verify = (header: string) => verifySignature(header, body, secret, { nowS: timeS });
  expect(verify(`${time},${other},${value}`)).toBe(true);
  expect(verify(`${time}, ${value}`)).toBe(true);
  expect(verify(`${time},${other}`)).toBe(false);
});

test('another body, time or secret does not fit', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      fc.string({ minLength: 1 }),
      fc.string({ minLength: 1 }),
      fc.integer({ min: 0, max: 2 ** 32 }),
      (text, otherText, key, nowS) => {
        const header = sign(text, key, nowS);
        expect(verifySignature(header, text, key, { nowS })).toBe(true);
        if (otherText !== text) {
          expect(verifySignature(header, otherText, key, { nowS })).toBe(false);
        }
        expect(verifySignature(header, text, `${key}x`, { nowS })).toBe(false);
        const moved = header.replace(/t=\d+/, `t=${nowS + 1}`);
        expect(verifySignature(moved, text, key, { nowS })).toBe(false);
      },
    ),
  );
});

test.each([
  null,
  undefined,
  '',
  't=',
  'v1=00',
  't=1767225600',
  't=1767225600,v1=',
  't=1767225600,v1=4da3',
  't=1767225600,v1=zzzz',
  `t=1.7672256e9,${golden.split(',')[1]}`,
  golden.toUpperCase(),
])('what is no signature does not fit: %s', (header) => {
  expect(verifySignature(header, body, secret, { nowS: timeS })).toBe(false);
});

test('an empty secret is no secret', () => {
  expect(() => verifySignature(golden, body, '')).toThrow(RangeError);
});
