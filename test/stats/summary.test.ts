import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figureMax } from '../../contracts/event.ts';
import { summary } from '../../stats/summary.ts';

function fold(values: readonly number[]) {
  const state = summary.initial();
  for (const x of values) summary.step(state, x);
  return state;
}
const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 });

describe('summary', () => {
  // Golden: NIST StRD Michelson 1882, first eight of its values in km/s less 299,000; worked by hand.
  test('agrees with a worked example', () => {
    const read = summary.read(fold([850, 740, 900, 1070, 930, 850, 950, 980]));
    expect(read).toMatchObject({ count: 8, sum: 7270, minimum: 740, maximum: 1070, mean: 908.75 });
    expect(read.squares).toBe(6_675_300);
    expect(read.deviation).toBeCloseTo(99.058, 3);
    expect(Math.abs(read.quantile(0.5) - 900)).toBeLessThanOrEqual(9);
    expect(read.quantile(1)).toBeLessThanOrEqual(1070);
  });

  test('has no figures before the first value', () => {
    expect(summary.read(fold([]))).toMatchObject({
      count: 0,
      sum: 0,
      minimum: NaN,
      mean: NaN,
      deviation: NaN,
    });
    expect(summary.read(fold([])).quantile(0.5)).toBe(NaN);
    expect(summary.read(fold([5]))).toMatchObject({ minimum: 5, maximum: 5, deviation: NaN });
  });

  test('skips what is not finite', () => {
    expect(fold([NaN, 1, Infinity])).toEqual(fold([1]));
  });

  test('has finite figures of the largest that an event may have', () => {
    const sizes = [figureMax, -figureMax, 0.25, figureMax];
    const read = summary.read(fold(sizes.flatMap((size) => new Array(1_000).fill(size))));
    expect(read.sum).toBe(1_000 * figureMax + 250);
    expect(read.deviation / figureMax).toBeCloseTo(Math.sqrt(3 / 4 - 1 / 16), 3);
  });

  test('integers merge exactly, however they were split', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, c) => {
        const left = fold(a);
        summary.merge(left, fold(b));
        summary.merge(left, fold(c));
        const right = fold(c);
        const tail = fold(b);
        summary.merge(tail, fold(a));
        summary.merge(right, tail);
        expect(left).toEqual(right);
        expect(left).toEqual(fold([...a, ...b, ...c]));
      }),
    );
  });

  test('a restored copy goes on as the original would', () => {
    fc.assert(
      fc.property(values, values, (before, after) => {
        const original = fold(before);
        const restored = structuredClone(original);
        for (const x of after) {
          summary.step(original, x);
          summary.step(restored, x);
        }
        expect(restored).toEqual(original);
      }),
    );
  });
});
