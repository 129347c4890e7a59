import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RelevantItem, rankingQuality } from '../../../stats/monitoring/rankingQuality.ts';
import { mergedIn } from './support.ts';

function rowsOf(relevance: readonly number[]): RelevantItem[] {
  const ranks = relevance.flatMap((relevant, i) => (relevant === 1 ? [i + 1] : []));
  return ranks.map((rank, i) => ({ rank, ordinal: i + 1, relevant: ranks.length }));
}

function readOf(cut: number, rows: readonly RelevantItem[]) {
  const fold = rankingQuality(cut);
  const state = fold.initial();
  for (const row of rows) fold.step(state, row);
  return fold.read(state);
}

/** Twenty lists of twelve, as scikit-learn was given them. */
const golden = Array.from({ length: 20 }, (_, q) =>
  Array.from({ length: 12 }, (__, i) => ((q * q * 7 + i * 13 + q * i) % 11 < 3 ? 1 : 0)),
);

const lists = fc.array(fc.array(fc.constantFrom(0, 1), { maxLength: 9 }), { maxLength: 12 });

describe('ranking quality', () => {
  // Golden: scikit-learn 1.9.1 (ndcg_score with k, average_precision_score of whole lists); the rest by numpy 2.4.6.
  test('agrees with scikit-learn', () => {
    const rows = golden.flatMap(rowsOf);
    const read = readOf(5, rows);
    expect(read.requests).toBe(19);
    expect(read.ndcg).toBeCloseTo(0.32690873118458014, 6);
    expect(read.averagePrecision).toBeCloseTo(0.20935672514619882, 6);
    expect(read.reciprocalRank).toBeCloseTo(0.5115288220551378, 6);
    expect(read.hits / read.requests).toBeCloseTo(17 / 19, 12);
    expect(readOf(12, rows).averagePrecision).toBeCloseTo(0.41139021796916536, 6);
  });

  test('merges bit for bit however rows were split, within bounds', () => {
    fc.assert(
      fc.property(lists, fc.array(fc.nat(3), { maxLength: 9 }), (all, places) => {
        const fold = rankingQuality(4);
        const rows = all.flatMap(rowsOf);
        const whole = fold.initial();
        for (const row of rows) fold.step(whole, row);
        expect(mergedIn(fold, rows, places)).toEqual(whole);
        const { requests, hits, ...shares } = fold.read(whole);
        expect(hits).toBeLessThanOrEqual(requests);
        for (const share of Object.values(shares)) {
          if (requests > 0) expect(share >= 0 && share <= 1).toBe(true);
          else expect(share).toBe(NaN);
        }
      }),
    );
  });

  test('the best order earns 1, and an item above another more than below it', () => {
    const best = readOf(3, rowsOf([1, 1, 0, 0]));
    expect([best.ndcg, best.averagePrecision, best.reciprocalRank]).toEqual([1, 1, 1]);
    const second = readOf(3, rowsOf([0, 1]));
    expect(second.ndcg).toBeCloseTo(1 / Math.log2(3), 6);
    expect(second.averagePrecision).toBe(0.5);
    // More relevant items than places: a full page is the best there is.
    expect(readOf(2, rowsOf([1, 1, 1, 1])).averagePrecision).toBe(1);
  });

  test('an item that is not in the list counts as not found', () => {
    const read = readOf(3, [{ rank: 0, ordinal: 1, relevant: 1 }]);
    expect(read).toEqual({
      requests: 1,
      hits: 0,
      ndcg: 0,
      averagePrecision: 0,
      reciprocalRank: 0,
    });
  });

  test('refuses what is no place, and changes nothing', () => {
    const fold = rankingQuality(3);
    const state = fold.initial();
    const step = (rank: number, ordinal: number, relevant: number) => () =>
      fold.step(state, { rank, ordinal, relevant });
    expect(step(-1, 1, 1)).toThrow('rank: expected 0 or an integer from 1, got -1');
    expect(step(1.5, 1, 1)).toThrow('rank: expected 0 or an integer from 1, got 1.5');
    expect(step(1, 2, 2)).toThrow('rank: expected 0 or an integer from 2, got 1');
    expect(step(Number.NaN, 1, 1)).toThrow('rank: expected');
    expect(step(1, 2, 1)).toThrow('ordinal: expected an integer in [1, 1], got 2');
    expect(step(1, 1, Number.POSITIVE_INFINITY)).toThrow('relevant: expected an integer from 1');
    expect(state).toEqual(fold.initial());
    expect(() => rankingQuality(0)).toThrow('cut: expected an integer from 1, got 0');
  });
});
