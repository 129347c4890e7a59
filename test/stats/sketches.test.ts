/** Sketches of texts: how many different ones, and how often each. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distinctError, distinctSketch, registers } from '../../stats/distinctSketch.ts';
import { frequencySketch } from '../../stats/frequencySketch.ts';
import { below, randomState } from '../../stats/random.ts';
import { textHash } from '../../stats/textHash.ts';

function sketchOf(prefix: string, count: number): Uint8Array {
  const state = distinctSketch.initial();
  for (let i = 0; i < count; i += 1) distinctSketch.step(state, textHash(`${prefix}${i}`));
  return state;
}

describe('different values', () => {
  // Golden: the registers as Flajolet et al. 2007 read them, figure 3: linear counting with few, the harmonic mean with many.
  test.each([20, 500, 3_000])('%d are read as by linear counting', (count) => {
    const state = sketchOf('v', count);
    const empty = state.filter((rank) => rank === 0).length;
    const linear = registers * Math.log(registers / empty);
    expect(distinctSketch.read(state) / linear).toBeGreaterThan(0.97);
    expect(distinctSketch.read(state) / linear).toBeLessThan(1.03);
  });

  test.each([20_000, 200_000])('%d are read as by the harmonic mean', (count) => {
    const state = sketchOf('v', count);
    const harmonic = state.reduce((sum, rank) => sum + 2 ** -rank, 0);
    const raw = ((0.7213 / (1 + 1.079 / registers)) * registers ** 2) / harmonic;
    expect(distinctSketch.read(state) / raw).toBeCloseTo(1, 2);
  });

  // By hand: rank 3 in one register and none elsewhere; 64 zeros behind an index.
  test('a register holds the zeros that a hash begins with, and one', () => {
    const state = distinctSketch.initial();
    distinctSketch.step(state, { low: 0b10_0001_0000_0000_0000_0000_0000 * 2, high: 0 });
    expect(state[(0b10_0001_0000_0000_0000_0000_0000 * 2) / 2 ** 21]).toBe(54);
    distinctSketch.step(state, { low: 0, high: 1 });
    expect(state[0]).toBe(21 + 31 + 1);
    distinctSketch.step(state, { low: 2 ** 20, high: 0 });
    expect(state[0]).toBe(21 + 31 + 1);
    distinctSketch.step(state, { low: 2 ** 21 + 2 ** 18, high: 0 });
    expect(state[1]).toBe(3);
  });

  // The promise: one standard error of 2.3 %.
  test.each([1, 10, 300, 4_000, 30_000])(
    '%d are counted within the error that is told',
    (count) => {
      const runs = count > 10_000 ? 20 : 60;
      let squares = 0;
      for (let run = 0; run < runs; run += 1) {
        const read = distinctSketch.read(sketchOf(`${run}/`, count));
        squares += (read / count - 1) ** 2;
      }
      expect(Math.sqrt(squares / runs)).toBeLessThan(1.35 * distinctError);
    },
  );

  test('of none are none, however often they come they are the same', () => {
    expect(distinctSketch.read(distinctSketch.initial())).toBe(0);
    const once = sketchOf('v', 100);
    const twice = sketchOf('v', 100);
    distinctSketch.merge(twice, sketchOf('v', 60));
    expect(twice).toEqual(once);
  });
});

describe('frequencies', () => {
  const { initial, step, merge, read } = frequencySketch(8);

  test('of few values are exact, of many those of a fair sample; no value is above the bound', () => {
    const random = randomState(4);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 400 }),
        (values, rows) => {
          const state = initial();
          const counts = new Map<string, number>();
          for (let i = 0; i < rows; i += 1) {
            const name = `v${below(random, values)}`;
            counts.set(name, (counts.get(name) ?? 0) + 1);
            step(state, name, textHash(name), 1);
          }
          for (const [i, name] of state.names.entries()) {
            expect(state.counts[i]).toBe(counts.get(name));
          }
          const most = Math.max(...counts.values());
          const { top, topMost } = read(state);
          expect(state.isPartial).toBe(counts.size > 8);
          expect(state.names.length).toBe(Math.min(8, counts.size));
          expect(top).toBeLessThanOrEqual(most);
          expect(topMost).toBeGreaterThanOrEqual(most);
          if (!state.isPartial) expect([top, topMost]).toEqual([most, most]);
        },
      ),
      { seed: 2 },
    );
  });

  test('bound the most frequent of a thousand values within 3 % of all', () => {
    const state = initial();
    for (let i = 0; i < 1_000; i += 1) step(state, `v${i}`, textHash(`v${i}`), 10);
    step(state, 'often', textHash('often'), 5_000);
    const { topMost } = read(state);
    expect(topMost).toBeGreaterThanOrEqual(5_000);
    expect(topMost).toBeLessThan(5_000 + 0.03 * 15_000);
  });

  test('merged are those of all', () => {
    const [left, right, whole] = [initial(), initial(), initial()];
    for (let i = 0; i < 60; i += 1) {
      const name = `v${i % 23}`;
      step(i % 3 === 0 ? left : right, name, textHash(name), 1 + (i % 4));
      step(whole, name, textHash(name), 1 + (i % 4));
    }
    merge(left, right);
    expect(left).toEqual(whole);
  });
});
