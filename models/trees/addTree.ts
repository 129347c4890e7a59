/** Adds what a tree says of rows to their scores. */
import type { BinnedRows } from './binRows.ts';
import type { FeatureBins } from './featureBins.ts';
import type { GrownTree } from './growTree.ts';
import { yesBins } from './yesBins.ts';

/** To the rows that the tree was grown from, which lie leaf by leaf. */
export function addByLeaf(
  scores: Float64Array,
  { starts, ends }: GrownTree,
  values: readonly number[],
  rows: Int32Array,
): void {
  for (const [leaf, value] of values.entries()) {
    for (let i = starts[leaf]!; i < ends[leaf]!; i += 1) scores[rows[i]!]! += value;
  }
}

/** To any rows. */
export function addByBins(
  scores: Float64Array,
  { splits, yes, no }: GrownTree,
  values: readonly number[],
  { bytes, stride }: BinnedRows,
  bins: readonly FeatureBins[],
): void {
  if (scores.length === 0) return;
  const places = splits.map(({ place }) => place);
  const goesYes = splits.map((split) => yesBins(bins[split.place]!, split));
  for (let row = 0, at = 0; row < scores.length; row += 1, at += stride) {
    let node = 0;
    while (node >= 0) {
      node = goesYes[node]![bytes[at + places[node]!]!] === 1 ? yes[node]! : no[node]!;
    }
    scores[row]! += values[~node]!;
  }
}
