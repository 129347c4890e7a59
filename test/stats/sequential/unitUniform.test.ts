import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uniformSeed, unitUniform } from '../../../stats/sequential/unitUniform.ts';

const seed = uniformSeed('experiment', 'metric');

describe('unitUniform', () => {
  test('is a function of names, unit and draw', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.nat(9), (a, b, unit, draw) => {
        const x = unitUniform(uniformSeed(a, b), unit, draw);
        expect(unitUniform(uniformSeed(a, b), unit, draw)).toBe(x);
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThan(1);
        expect(unitUniform(uniformSeed(a, b), `${unit}x`, draw)).not.toBe(x);
        expect(unitUniform(uniformSeed(a, b), unit, draw + 1)).not.toBe(x);
        expect(unitUniform(uniformSeed(`${a}y`, b), unit, draw)).not.toBe(x);
      }),
    );
  });

  test('does not take the end of one name for the beginning of the next', () => {
    const one = unitUniform(uniformSeed('ab', 'c'), 'u', 0);
    expect(unitUniform(uniformSeed('a', 'bc'), 'u', 0)).not.toBe(one);
  });

  test('both of its words follow the unit and the draw', () => {
    const low = (x: number) => (x * 2 ** 53) % 2 ** 26;
    const one = unitUniform(seed, 'u', 0);
    for (const other of [unitUniform(seed, 'v', 0), unitUniform(seed, 'u', 1)]) {
      expect(low(other)).not.toBe(low(one));
      expect(Math.floor(other * 2 ** 27)).not.toBe(Math.floor(one * 2 ** 27));
    }
  });

  // The promise: uniform over consecutive ids, and two draws of a unit say nothing of each other. χ² with 399 degrees of
  // freedom: mean 399, deviation 28; five deviations.
  test('fills a 20 × 20 table of two draws evenly', () => {
    const n = 80_000;
    const table = new Float64Array(400);
    for (let i = 0; i < n; i += 1) {
      const x = Math.floor(20 * unitUniform(seed, `student-${i}`, 0));
      const y = Math.floor(20 * unitUniform(seed, `student-${i}`, 1));
      table[20 * x + y]! += 1;
    }
    const expected = n / 400;
    const square = table.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(Math.abs(square - 399)).toBeLessThan(5 * Math.sqrt(2 * 399));
  });
});
