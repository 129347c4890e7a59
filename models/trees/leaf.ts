/** A leaf of a tree that grows: its rows, its sums, the best way to split it. */
import { type NodeSums, nodeValue, type Split } from './split.ts';

export interface Leaf extends NodeSums {
  gradient: number;
  curvature: number;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** The node above and whether this is its `yes`; −1 for the root. */
  readonly parent: number;
  readonly isYes: boolean;
  histogram: Float64Array | undefined;
  best: Split | undefined;
}

/** All rows. Their sums come from the histogram, rounded as those of the children will be. */
export function rootOf(rows: Int32Array): Leaf {
  return {
    start: 0,
    end: rows.length,
    rows: rows.length,
    depth: 0,
    parent: -1,
    isYes: false,
    gradient: 0,
    curvature: 0,
    low: -Infinity,
    high: Infinity,
    histogram: undefined,
    best: undefined,
  };
}

/**
 * The two leaves that a split makes of one, with the bounds that its direction sets: half-way between their values.
 *
 * @param middle    where the rows of `no` begin
 * @param node      number of the split
 * @param direction of the feature: −1, 0 or 1
 */
export function childrenOf(
  leaf: Leaf,
  split: Split,
  middle: number,
  node: number,
  direction: number,
  ridge: number,
): [Leaf, Leaf] {
  const share = { depth: leaf.depth + 1, parent: node, histogram: undefined, best: undefined };
  const gradient = leaf.gradient - split.yesGradient;
  const curvature = leaf.curvature - split.yesCurvature;
  let { low: yesLow, high: yesHigh } = leaf;
  let { low: noLow, high: noHigh } = leaf;
  if (direction !== 0 && split.bin >= 0) {
    const yes = nodeValue(split.yesGradient, split.yesCurvature, ridge, leaf);
    const centre = (yes + nodeValue(gradient, curvature, ridge, leaf)) / 2;
    if (direction > 0) {
      yesHigh = centre;
      noLow = centre;
    } else {
      yesLow = centre;
      noHigh = centre;
    }
  }
  return [
    {
      ...share,
      isYes: true,
      start: leaf.start,
      end: middle,
      rows: middle - leaf.start,
      gradient: split.yesGradient,
      curvature: split.yesCurvature,
      low: yesLow,
      high: yesHigh,
    },
    {
      ...share,
      isYes: false,
      start: middle,
      end: leaf.end,
      rows: leaf.end - middle,
      gradient,
      curvature,
      low: noLow,
      high: noHigh,
    },
  ];
}
