/** Baselines of recommendation: what is popular, and what goes with what a user had. */
import { describe, expect, test } from 'vitest';
import { popularity } from '../../../models/items/popularity.ts';
import { similarItems } from '../../../models/items/similarItems.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';
import { randomState, uniform } from '../../../stats/random.ts';

function tablesWithCodes() {
  const tables = createStateTables(new InternDictionary());
  return { tables, code: (name: string) => tables.dictionary.internText(name) };
}

describe('popularity', () => {
  test('halves every half-life, whatever the order of events', () => {
    for (const times of [
      [0, 1_000, 40_000],
      [40_000, 0, 1_000],
    ]) {
      const { tables, code } = tablesWithCodes();
      const popular = popularity(tables, 'popular', { halfLifeMs: 1_000 });
      for (const time of times) popular.count(code('x'), time);
      expect(popular.score(code('x'), 41_000)).toBeCloseTo(0.5 + 2 ** -41 + 2 ** -40, 14);
      expect(popular.score(code('y'), 41_000)).toBe(0);
    }
  });
});

describe('similar items', () => {
  test('count who had both, by the root of the uses', () => {
    const { tables, code } = tablesWithCodes();
    const similar = similarItems(tables, 'similar');
    for (const user of ['a', 'b', 'c']) {
      similar.count(code(user), code('x'), 0);
      similar.count(code(user), code(user === 'c' ? 'z' : 'y'), 1);
    }
    similar.count(code('d'), code('x'), 2);
    expect(similar.score(code('d'), code('y'), 3)).toBeCloseTo(2 / Math.sqrt(2), 12);
    expect(similar.score(code('d'), code('z'), 3)).toBe(1);
    expect(similar.score(code('nobody'), code('y'), 3)).toBe(0);
  });

  // The promise of Space-Saving: a frequent neighbour among many rare ones is kept.
  test('keep a frequent neighbour in little room', () => {
    const { tables, code } = tablesWithCodes();
    const similar = similarItems(tables, 'similar', { neighboursMax: 8, recentMax: 1 });
    const random = randomState(1);
    for (let i = 0; i < 2_000; i += 1) {
      const user = code(`u${i}`);
      const other = uniform(random) < 0.3 ? 'often' : `rare-${i}`;
      similar.count(user, code(other), i);
      similar.count(user, code('x'), i);
    }
    similar.count(code('new'), code('often'), 2_000);
    const uses = Math.sqrt(2_000);
    const both = similar.score(code('new'), code('x'), 2_001) * uses;
    expect(both).toBeGreaterThan(500);
    expect(both).toBeLessThan(0.3 * 2_000 + 2_000 / 8 + 60);
  });
});
