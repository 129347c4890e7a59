import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addInteger,
  addProduct,
  exactSums,
  integerMax,
  mergeSums,
  readExactly,
  readSum,
  writeExactly,
} from '../../../stats/exact/exactSum.ts';

const integer = fc.oneof(
  fc.integer({ min: -integerMax, max: integerMax }),
  fc.constantFrom(0, 1, -1, integerMax, -integerMax, 2 ** 26, -(2 ** 26), 2 ** 26 + 1),
);
const pairs = fc.array(fc.tuple(integer, integer), { maxLength: 40 });

function sumOf(factors: readonly (readonly [number, number])[]): Float64Array {
  const limbs = exactSums(1);
  for (const [a, b] of factors) addProduct(limbs, 0, a, b);
  return limbs;
}

describe('exactSum', () => {
  test('is the integer that BigInt finds, correctly rounded', () => {
    fc.assert(
      fc.property(pairs, (factors) => {
        const exact = factors.reduce((sum, [a, b]) => sum + BigInt(a) * BigInt(b), 0n);
        const limbs = sumOf(factors);
        expect(readExactly(limbs, 0)).toBe(exact);
        expect(readSum(limbs, 0)).toBe(Number(exact));
        const restored = exactSums(1);
        writeExactly(restored, 0, exact);
        expect(restored).toEqual(limbs);
      }),
    );
  });

  test('has the same bits in any order and any grouping', () => {
    fc.assert(
      fc.property(pairs, fc.nat(40), fc.infiniteStream(fc.nat()), (factors, cut, keys) => {
        const shuffled = factors
          .map((pair) => ({ pair, key: keys.next().value! }))
          .sort((left, right) => left.key - right.key)
          .map(({ pair }) => pair);
        const merged = sumOf(shuffled.slice(cut));
        mergeSums(merged, sumOf(shuffled.slice(0, cut)));
        const bits = (limbs: Float64Array) => new BigUint64Array(limbs.buffer.slice(0));
        expect(bits(merged)).toEqual(bits(sumOf(factors)));
      }),
    );
  });

  test('has one form for each integer, below zero too', () => {
    const limbs = exactSums(1);
    addInteger(limbs, 0, -1);
    expect([...limbs]).toEqual([2 ** 52 - 1, -1]);
    addInteger(limbs, 0, 1);
    expect([...limbs]).toEqual([0, 0]);
    addInteger(limbs, 0, 2 ** 52);
    expect([...limbs]).toEqual([0, 1]);
  });

  test('holds a trillion of the largest squares', () => {
    const limbs = exactSums(1);
    writeExactly(limbs, 0, 2n ** 104n - 2n ** 64n);
    addProduct(limbs, 0, integerMax, integerMax);
    expect(readExactly(limbs, 0)).toBe(2n ** 104n);
    addInteger(limbs, 0, -1);
    expect(readExactly(limbs, 0)).toBe(2n ** 104n - 1n);
    expect(() => writeExactly(limbs, 0, 2n ** 105n)).toThrow('integer: expected at most 2^104');
  });
});
