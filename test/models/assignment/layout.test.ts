import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buckets } from '../../../models/assignment/bucket.ts';
import {
  bucketCounts,
  createLayouts,
  type Layout,
  ownerOf,
} from '../../../models/assignment/layout.ts';

/** Buckets of each variant. */
function sizes({ ends, owners }: Layout, variants: number): number[] {
  const counts = new Array<number>(variants).fill(0);
  owners.forEach((owner, i) => {
    counts[owner]! += ends[i]! - (ends[i - 1] ?? 0);
  });
  return counts;
}

/** Buckets whose owner differs between two layouts. */
function moved(before: Layout, after: Layout): number {
  const cuts = [...new Set([0, ...before.ends, ...after.ends])].sort((a, b) => a - b);
  let count = 0;
  for (let i = 1; i < cuts.length; i += 1) {
    const from = cuts[i - 1]!;
    if (ownerOf(before, from) !== ownerOf(after, from)) count += cuts[i]! - from;
  }
  return count;
}

/** Weights that add up to 1; a later stage may have more variants than an earlier one. */
const weights = fc
  .array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 6 })
  .filter((parts) => parts.some((part) => part > 0))
  .map((parts) => parts.map((part) => part / parts.reduce((sum, each) => sum + each, 0)));
const stages = fc
  .array(weights, { minLength: 1, maxLength: 6 })
  .map((lists) => lists.sort((a, b) => a.length - b.length));

describe('layout', () => {
  test('every variant has its buckets, in every stage', () => {
    fc.assert(
      fc.property(stages, (lists) => {
        createLayouts(lists).forEach((layout, stage) => {
          const list = lists[stage]!;
          expect(sizes(layout, list.length)).toEqual(bucketCounts(list));
          expect(layout.ends.at(-1)).toBe(buckets);
          list.forEach((weight, i) => {
            expect(Math.abs(bucketCounts(list)[i]! - weight * buckets)).toBeLessThanOrEqual(1);
          });
        });
      }),
    );
  });

  test('no more move than must: half the sum of the differences', () => {
    fc.assert(
      fc.property(stages, (lists) => {
        const layouts = createLayouts(lists);
        for (let stage = 1; stage < lists.length; stage += 1) {
          const old = bucketCounts(lists[stage - 1]!);
          const least = bucketCounts(lists[stage]!)
            .map((count, i) => Math.max(count - (old[i] ?? 0), 0))
            .reduce((sum, count) => sum + count, 0);
          expect(moved(layouts[stage - 1]!, layouts[stage]!)).toBe(least);
        }
      }),
    );
  });

  test('a stage does not depend on later ones', () => {
    fc.assert(
      fc.property(stages, (lists) => {
        expect(createLayouts(lists.slice(0, 1))).toEqual(createLayouts(lists).slice(0, 1));
      }),
    );
  });

  test('from thirds to a half and quarters a sixth moves', () => {
    const [before, after] = createLayouts([
      [1 / 3, 1 / 3, 1 / 3],
      [1 / 2, 1 / 4, 1 / 4],
    ]);
    expect(moved(before!, after!) / buckets).toBeCloseTo(1 / 6, 9);
  });

  test('a variant without weight has no bucket', () => {
    const [layout] = createLayouts([[0, 1, 0]]);
    expect(layout).toEqual({ ends: Float64Array.of(buckets), owners: Int32Array.of(1) });
    expect(ownerOf(layout!, buckets - 1)).toBe(1);
  });
});
