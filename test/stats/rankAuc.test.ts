import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankAuc } from '../../stats/rankAuc.ts';

const row = fc.record({
  score: fc.integer({ min: 0, max: 5 }),
  label: fc.integer({ min: 0, max: 1 }),
  weight: fc.integer({ min: 0, max: 3 }),
});

test('is the share of pairs in order, by weight, ties counting half', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), (rows) => {
      let ordered = 0;
      let pairs = 0;
      for (const one of rows.filter(({ label }) => label === 1)) {
        for (const zero of rows.filter(({ label }) => label === 0)) {
          const pair = one.weight * zero.weight;
          pairs += pair;
          ordered += one.score > zero.score ? pair : one.score === zero.score ? pair / 2 : 0;
        }
      }
      const found = rankAuc(
        Float64Array.from(rows, ({ score }) => score),
        rows.map(({ label }) => label),
        rows.map(({ weight }) => weight),
      );
      if (pairs === 0) expect(found).toBeNaN();
      else expect(found).toBeCloseTo(ordered / pairs, 12);
    }),
  );
});

test('without weights each counts once', () => {
  expect(rankAuc(Float64Array.of(0.1, 0.4, 0.35, 0.8), [0, 0, 1, 1])).toBe(0.75);
  expect(() => rankAuc(Float64Array.of(1), [])).toThrow('labels: expected 1, got 0');
  expect(() => rankAuc(Float64Array.of(1), [1], [])).toThrow('weights: expected 1, got 0');
});
