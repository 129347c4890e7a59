import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDiagonal,
  factorize,
  invertFactor,
  solveLower,
  solveUpper,
} from '../../../models/linear/cholesky.ts';
import { addOuter, dot, formOf, multiply } from '../../../models/linear/packedProducts.ts';
import { packedLength, quadraticForm } from '../../../stats/exact/packedSymmetric.ts';
import { normal, randomState } from '../../../stats/random.ts';

/** A matrix I + Σ x xᵀ behind five other numbers, and a vector. */
function drawSystem(size: number, seed: number) {
  const random = randomState(seed);
  const at = 5;
  const packed = new Float64Array(at + packedLength(size) + 3).fill(9);
  packed.fill(0, at, at + packedLength(size));
  const vector = () => Float64Array.from({ length: size }, () => normal(random));
  addDiagonal(packed, at, size, 1);
  for (let i = 0; i < 2 * size; i += 1) addOuter(packed, at, vector(), 0.5);
  return { packed, at, x: vector() };
}

test('solutions, inverses, products and forms agree with each other at any place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer(), (size, seed) => {
      const { packed, at, x } = drawSystem(size, seed);
      const matrix = packed.slice(at, at + packedLength(size));
      const image = new Float64Array(size);
      const form = multiply(packed, at, x, image);
      const tolerance = 1e-9 * (1 + form);
      expect(Math.abs(form - quadraticForm(matrix, x))).toBeLessThan(tolerance);
      expect(Math.abs(form - formOf(packed, at, x))).toBeLessThan(tolerance);
      expect(Math.abs(form - dot(image, 0, x))).toBeLessThan(tolerance);
      // A⁻¹ (A x) = x, by the factor and by the inverse.
      const solved = image.slice();
      factorize(packed, at, size);
      solveLower(packed, at, solved);
      solveUpper(packed, at, solved);
      invertFactor(packed, at, size);
      const inverted = new Float64Array(size);
      multiply(packed, at, image, inverted);
      for (let i = 0; i < size; i += 1) {
        expect(Math.abs(solved[i]! - x[i]!)).toBeLessThan(1e-9);
        expect(Math.abs(inverted[i]! - x[i]!)).toBeLessThan(1e-9);
      }
      const around = [...packed.subarray(0, at), ...packed.subarray(at + packedLength(size))];
      expect(around.every((value) => value === 9)).toBe(true);
    }),
  );
});

test('a matrix that rounding has made singular has a finite factor', () => {
  const packed = Float64Array.of(1, 1, 1, 1, 1, 1);
  factorize(packed, 0, 3);
  invertFactor(packed, 0, 3);
  expect(packed.every(Number.isFinite)).toBe(true);
});
