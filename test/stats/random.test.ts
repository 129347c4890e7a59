import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { below, normal, randomState, uint32, uniform } from '../../stats/random.ts';
import { welford } from '../../stats/welford.ts';

describe('random', () => {
  // Golden: the authors' C code, xoshiro128starstar.c, with the words 1, 2, 3, 4.
  test('agrees with the reference implementation', () => {
    const state = { a: 1, b: 2, c: 3, d: 4 };
    expect(Array.from({ length: 8 }, () => uint32(state))).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849,
    ]);
  });

  test('is the same for the same seed, and a copied state goes on as the original', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const state = randomState(seed);
        expect(uint32(randomState(seed))).toBe(uint32(state));
        const copy = structuredClone(state);
        expect(uniform(copy)).toBe(uniform(state));
      }),
    );
  });

  test('neighbouring seeds give unrelated numbers', () => {
    const firsts = Array.from({ length: 1000 }, (_, seed) => uniform(randomState(seed)));
    expect(new Set(firsts).size).toBe(1000);
    const mean = firsts.reduce((sum, x) => sum + x, 0) / 1000;
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 1000));
  });

  test('uniform and normal numbers have their mean and variance', () => {
    const random = randomState(1);
    const uniforms = welford.initial();
    const normals = welford.initial();
    for (let i = 0; i < 100_000; i += 1) {
      welford.step(uniforms, uniform(random));
      welford.step(normals, normal(random));
    }
    expect(welford.read(uniforms).mean).toBeCloseTo(0.5, 2);
    expect(welford.read(uniforms).variance).toBeCloseTo(1 / 12, 3);
    expect(Math.abs(welford.read(normals).mean)).toBeLessThan(4 / Math.sqrt(100_000));
    expect(Math.abs(welford.read(normals).variance - 1)).toBeLessThan(0.02);
  });

  test('below gives every integer of its range about equally often', () => {
    const random = randomState(2);
    const counts = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 60_000; i += 1) counts[below(random, 6)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(4 * 91.3);
  });

  test('refuses a seed that is no integer', () => {
    expect(() => randomState(0.5)).toThrow('seed: expected an integer, got 0.5');
  });
});
