/**
 * One tree, grown where it gains most: of all leaves the one with the best split is split next.
 *
 * Rows of a leaf are a run of one list, which a split parts in two and keeps in order. Histograms are lent by a pool.
 *
 * Source: Shi 2007, "Best-first decision tree learning"; Ke et al. 2017. Monotone bounds: as LightGBM's basic method.
 */
import type { BinnedRows } from './binRows.ts';
import type { FeatureBins } from './featureBins.ts';
import { fillHistogram, histogramStride, subtractHistogram } from './histogram.ts';
import { childrenOf, type Leaf, rootOf } from './leaf.ts';
import { fillPackedHistogram, packDerivatives } from './packedDerivatives.ts';
import { categoricalSplit, nodeValue, numericSplit, type Split, type SplitRules } from './split.ts';
import { yesBins } from './yesBins.ts';

export interface GrowRules extends SplitRules {
  /** Most leaves of a tree, ≥ 2. */
  readonly leaves: number;
  /** Most splits between root and leaf; 0 for any number. */
  readonly depth: number;
}

/** A tree in terms of bins. Children as in `TreeEnsemble`. */
export interface GrownTree {
  readonly splits: readonly Split[];
  readonly yes: readonly number[];
  readonly no: readonly number[];
  /** Of each leaf, before the learning rate. */
  readonly values: readonly number[];
  /** Where in the list of rows those of each leaf begin and end. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

export interface TreeGrower {
  /**
   * @param rows   numbers of the rows to learn from; their order is changed
   * @param places of the features that may be asked
   * @param draw   another integer for every tree
   * @returns undefined when no split is worth it
   */
  grow(
    derivatives: Float64Array,
    rows: Int32Array,
    places: readonly number[],
    draw: number,
  ): GrownTree | undefined;
}

/** @param monotone of each binned feature: −1, 0 or 1 */
export function treeGrower(
  binned: BinnedRows,
  features: readonly FeatureBins[],
  monotone: readonly number[],
  rules: GrowRules,
): TreeGrower {
  const pool: Float64Array[] = [];
  const scratch = new Int32Array(binned.rows);
  const packing = new Float64Array(binned.rows);
  const sums = new Float64Array((binned.stride * histogramStride) / 2);
  const lend = () => pool.pop() ?? new Float64Array(binned.stride * histogramStride);

  function findBest(leaf: Leaf, places: readonly number[]): void {
    for (const place of places) {
      const feature = features[place]!;
      const better = leaf.best?.gain ?? rules.gain;
      const found = feature.isCategorical
        ? categoricalSplit(leaf.histogram!, place, feature, leaf, rules, better)
        : numericSplit(leaf.histogram!, place, feature, monotone[place]!, leaf, rules, better);
      if (found !== undefined) leaf.best = found;
    }
  }

  /** Parts the rows of a leaf, in order. @returns where those of `no` begin */
  function part(rows: Int32Array, { start, end }: Leaf, split: Split): number {
    const goesYes = yesBins(features[split.place]!, split);
    const { bytes, stride } = binned;
    const { place } = split;
    let middle = start;
    let rest = 0;
    // Without branches, which no processor could foresee: a row is written to both and one of the two is kept.
    for (let i = start; i < end; i += 1) {
      const row = rows[i]!;
      const isYes = goesYes[bytes[row * stride + place]!]!;
      rows[middle] = row;
      scratch[rest] = row;
      middle += isYes;
      rest += 1 - isYes;
    }
    rows.set(scratch.subarray(0, rest), middle);
    return middle;
  }

  function giveBack(leaf: Leaf): void {
    if (leaf.histogram !== undefined) pool.push(leaf.histogram);
    leaf.histogram = undefined;
  }

  return {
    grow(derivatives, rows, places, draw) {
      const packed = packDerivatives(derivatives, draw, packing);
      const count = (leaf: Leaf) => {
        leaf.histogram = lend();
        const { histogram, start, end } = leaf;
        if (packed === undefined) {
          fillHistogram(histogram, binned, derivatives, rows, start, end);
        } else fillPackedHistogram(histogram, sums, binned, packed, rows, start, end);
      };
      const root = rootOf(rows);
      count(root);
      for (let i = 0; i < histogramStride; i += 2) {
        root.gradient += root.histogram![i]!;
        root.curvature += root.histogram![i + 1]!;
      }
      findBest(root, places);
      const leaves: Leaf[] = [root];
      const splits: Split[] = [];
      const yes: number[] = [];
      const no: number[] = [];
      const link = (child: number, { parent, isYes }: Leaf) => {
        if (parent >= 0) (isYes ? yes : no)[parent] = child;
      };
      const canSplit = (leaf: Leaf) =>
        (rules.depth === 0 || leaf.depth < rules.depth) && leaf.rows >= 2 * rules.childRows;

      while (leaves.length < rules.leaves) {
        let at = -1;
        for (let i = 0; i < leaves.length; i += 1) {
          if (leaves[i]!.best === undefined) continue;
          if (at < 0 || leaves[i]!.best!.gain > leaves[at]!.best!.gain) at = i;
        }
        if (at < 0) break;
        const leaf = leaves[at]!;
        const split = leaf.best!;
        const node = splits.push(split) - 1;
        link(node, leaf);
        const children = childrenOf(
          leaf,
          split,
          part(rows, leaf, split),
          node,
          monotone[split.place]!,
          rules.ridge,
        );
        leaves[at] = children[0];
        leaves.push(children[1]);
        const isLast = leaves.length === rules.leaves;
        if (!isLast && children.some(canSplit)) {
          const [small, large] = children.sort((a, b) => a.rows - b.rows);
          count(small);
          large.histogram = leaf.histogram!;
          subtractHistogram(large.histogram, small.histogram!);
          for (const child of [small, large]) {
            if (canSplit(child)) findBest(child, places);
            if (child.best === undefined) giveBack(child);
          }
        } else {
          giveBack(leaf);
        }
        leaf.histogram = undefined;
      }
      for (const leaf of leaves) giveBack(leaf);
      if (splits.length === 0) return undefined;
      for (const [i, leaf] of leaves.entries()) link(~i, leaf);
      return {
        splits,
        yes,
        no,
        values: leaves.map((leaf) => nodeValue(leaf.gradient, leaf.curvature, rules.ridge, leaf)),
        starts: leaves.map(({ start }) => start),
        ends: leaves.map(({ end }) => end),
      };
    },
  };
}
