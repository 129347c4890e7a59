import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextBelow, roundDown } from '../../../models/trees/roundDown.ts';

const doubles = fc.double({ noNaN: true, min: -3e38, max: 3e38 });
const floats = fc.float({ noNaN: true, noDefaultInfinity: true });

test('of a tenth', () => {
  expect(roundDown(0.1)).toBe(0.09999999403953552);
  expect(Math.fround(0.1)).toBe(0.10000000149011612);
  expect(roundDown(-0.1)).toBe(-0.10000000149011612);
  expect(nextBelow(0)).toBe(-1.401298464324817e-45);
  expect(nextBelow(1)).toBe(1 - 2 ** -24);
  expect(nextBelow(-1)).toBe(-1 - 2 ** -23);
  expect(nextBelow(-Infinity)).toBe(-Infinity);
});

test('every float32 is on the side of the rounded threshold where it is of the exact one', () => {
  fc.assert(
    fc.property(doubles, floats, (threshold, other) => {
      for (const x of [other, Math.fround(threshold), nextBelow(Math.fround(threshold))]) {
        if (!Number.isFinite(x)) continue;
        expect(x <= roundDown(threshold)).toBe(x <= threshold);
      }
    }),
  );
});

test('below a float32 is what is at most the next', () => {
  fc.assert(
    fc.property(floats, floats, (threshold, other) => {
      for (const x of [other, threshold, nextBelow(threshold)]) {
        expect(x <= nextBelow(threshold)).toBe(x < threshold);
      }
    }),
  );
});
