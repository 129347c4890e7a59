/**
 * Random cut trees over reservoirs, all of a forest in flat pools: insertion, deletion, and the walk that scores.
 *
 * Node n < sample is a leaf, n ≥ sample an inner node; a box is kept for each inner node, the point for each leaf. Nothing is
 * allocated after the start.
 *
 * Source: Guha et al. 2016, algorithms 1 and 2; the reservoir keeps the points with the smallest ln(−ln u) − decay × time.
 */
import { type RandomState, uniform } from '../../stats/random.ts';

export interface CutTrees {
  /** Per tree: the root (−1 in an empty tree), the number of its sampled points. */
  root: Int32Array;
  size: Int32Array;
  /** Per tree, `sample` slots: keys as a heap, the largest first, and the leaf that each slot counts in. */
  keys: Float64Array;
  slotLeaf: Int32Array;
  /** Per tree and leaf: its point, dimensions numbers; how many sampled points are equal to it, 0 when free. */
  points: Float64Array;
  /** Per tree and inner node: box as lower bounds, then upper bounds. */
  boxes: Float64Array;
  cutDimension: Int32Array;
  cutValue: Float64Array;
  left: Int32Array;
  right: Int32Array;
  /** Per tree and node, leaves first. */
  parent: Int32Array;
  mass: Int32Array;
  /** Per tree: free leaves and free inner nodes, as stacks, and their heights. */
  freeLeaves: Int32Array;
  freeInner: Int32Array;
  freeLeafCount: Int32Array;
  freeInnerCount: Int32Array;
}

export interface CutTreeOptions {
  readonly dimensions: number;
  readonly trees: number;
  /** Sampled points of a tree. */
  readonly sample: number;
  /** Per point, ≥ 0. */
  readonly decay: number;
}

/** Shares of a score by dimension: above and below the box. */
interface Shares {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

export function createCutTrees(dimensions: number, trees: number, sample: number): CutTrees {
  const inner = trees * sample;
  const stack = () => Int32Array.from({ length: inner }, (_, i) => sample - 1 - (i % sample));
  return {
    root: new Int32Array(trees).fill(-1),
    size: new Int32Array(trees),
    keys: new Float64Array(inner),
    slotLeaf: new Int32Array(inner),
    points: new Float64Array(inner * dimensions),
    boxes: new Float64Array(inner * dimensions * 2),
    cutDimension: new Int32Array(inner),
    cutValue: new Float64Array(inner),
    left: new Int32Array(inner),
    right: new Int32Array(inner),
    parent: new Int32Array(2 * inner),
    mass: new Int32Array(2 * inner),
    freeLeaves: stack(),
    freeInner: stack(),
    freeLeafCount: new Int32Array(trees).fill(sample),
    freeInnerCount: new Int32Array(trees).fill(sample),
  };
}

/** Functions over {@link CutTrees} of one shape; they share scratch, so they are called one after the other. */
export function cutTrees({ dimensions, trees, sample, decay }: CutTreeOptions) {
  const path = new Int32Array(sample + 1);
  const treeHigh = new Float64Array(dimensions);
  const treeLow = new Float64Array(dimensions);

  function isAt(points: Float64Array, at: number, query: Float64Array): boolean {
    for (let i = 0; i < dimensions; i += 1) if (points[at + i] !== query[i]) return false;
    return true;
  }

  /** Down from the root by the cuts; `path` gets the nodes. @returns the depth of the leaf */
  function descend(state: CutTrees, tree: number, query: Float64Array): number {
    const { cutDimension, cutValue, left, right } = state;
    const offset = tree * sample;
    let node = state.root[tree]!;
    let depth = 0;
    path[0] = node;
    while (node >= sample) {
      const at = offset + node - sample;
      node = query[cutDimension[at]!]! <= cutValue[at]! ? left[at]! : right[at]!;
      depth += 1;
      path[depth] = node;
    }
    return depth;
  }

  /** Score of the query in one tree; with `shares`, in `treeHigh` and `treeLow` what each dimension explains of it. */
  function scoreIn(state: CutTrees, tree: number, query: Float64Array, isShared: boolean): number {
    const { boxes, points, mass } = state;
    const depth = descend(state, tree, query);
    const leaf = path[depth]!;
    const at = (tree * sample + leaf) * dimensions;
    const total = state.size[tree]!;
    let score = 1 / (depth + 1);
    if (isAt(points, at, query)) {
      const same = mass[tree * 2 * sample + leaf]!;
      score = (1 - same / (2 * total)) / (depth + Math.log2(same + 1));
      if (isShared) {
        // A point that was seen is strange in no direction: all have their part.
        treeHigh.fill(score / (2 * dimensions));
        treeLow.fill(score / (2 * dimensions));
      }
    } else if (isShared) {
      let range = 0;
      for (let i = 0; i < dimensions; i += 1) range += Math.abs(query[i]! - points[at + i]!);
      for (let i = 0; i < dimensions; i += 1) {
        const beyond = query[i]! - points[at + i]!;
        treeHigh[i] = beyond > 0 ? (score * beyond) / range : 0;
        treeLow[i] = beyond < 0 ? (-score * beyond) / range : 0;
      }
    }
    for (let level = depth - 1; level >= 0; level -= 1) {
      const box = (tree * sample + path[level]! - sample) * dimensions * 2;
      let beyond = 0;
      let range = 0;
      for (let i = 0; i < dimensions; i += 1) {
        const low = boxes[box + i]!;
        const high = boxes[box + dimensions + i]!;
        const x = query[i]!;
        range += high - low;
        if (x < low) beyond += low - x;
        else if (x > high) beyond += x - high;
      }
      // Inside this box means inside those above.
      if (beyond === 0) break;
      const unit = 1 / (range + beyond);
      const parted = beyond * unit;
      const parts = 1 / (level + 1);
      score = parted * parts + (1 - parted) * score;
      if (!isShared) continue;
      for (let i = 0; i < dimensions; i += 1) {
        const above = query[i]! - boxes[box + dimensions + i]!;
        const below = boxes[box + i]! - query[i]!;
        treeHigh[i] = (1 - parted) * treeHigh[i]! + (above > 0 ? above * unit * parts : 0);
        treeLow[i] = (1 - parted) * treeLow[i]! + (below > 0 ? below * unit * parts : 0);
      }
    }
    return score;
  }

  /** Mean over the trees, × log₂(sampled points + 1); adds the shares. The trees must not be empty. */
  function walk(state: CutTrees, query: Float64Array, shares?: Shares): number {
    let sum = 0;
    for (let tree = 0; tree < trees; tree += 1) {
      const scale = Math.log2(state.size[tree]! + 1) / trees;
      sum += scale * scoreIn(state, tree, query, shares !== undefined);
      if (shares === undefined) continue;
      for (let i = 0; i < dimensions; i += 1) {
        shares.high[i]! += scale * treeHigh[i]!;
        shares.low[i]! += scale * treeLow[i]!;
      }
    }
    return sum;
  }

  function growBox(boxes: Float64Array, box: number, query: Float64Array): void {
    for (let i = 0; i < dimensions; i += 1) {
      const x = query[i]!;
      if (x < boxes[box + i]!) boxes[box + i] = x;
      if (x > boxes[box + dimensions + i]!) boxes[box + dimensions + i] = x;
    }
  }

  /** Bound of a node in a dimension: of its box, or the point of a leaf. */
  function lowerOf(state: CutTrees, offset: number, node: number, i: number): number {
    return node < sample
      ? state.points[(offset + node) * dimensions + i]!
      : state.boxes[(offset + node - sample) * dimensions * 2 + i]!;
  }
  function upperOf(state: CutTrees, offset: number, node: number, i: number): number {
    return node < sample
      ? state.points[(offset + node) * dimensions + i]!
      : state.boxes[(offset + node - sample) * dimensions * 2 + dimensions + i]!;
  }

  function replaceChild(state: CutTrees, tree: number, above: number, from: number, to: number) {
    const offset = tree * sample;
    state.parent[2 * offset + to] = above;
    if (above < 0) state.root[tree] = to;
    else if (state.left[offset + above - sample] === from) state.left[offset + above - sample] = to;
    else state.right[offset + above - sample] = to;
  }

  /** @returns the leaf that counts the point */
  function insert(state: CutTrees, tree: number, query: Float64Array, random: RandomState): number {
    const offset = tree * sample;
    const { mass, boxes } = state;
    let node = state.root[tree]!;
    if (node < 0) return placeLeaf(state, tree, -1, query);
    let above = -1;
    for (;;) {
      if (node < sample && isAt(state.points, (offset + node) * dimensions, query)) {
        mass[2 * offset + node]! += 1;
        return node;
      }
      let range = 0;
      for (let i = 0; i < dimensions; i += 1) {
        const low = Math.min(query[i]!, lowerOf(state, offset, node, i));
        range += Math.max(query[i]!, upperOf(state, offset, node, i)) - low;
      }
      let rest = uniform(random) * range;
      for (let i = 0; i < dimensions; i += 1) {
        const x = query[i]!;
        const low = lowerOf(state, offset, node, i);
        const high = upperOf(state, offset, node, i);
        const width = Math.max(x, high) - Math.min(x, low);
        if (rest >= width) {
          rest -= width;
          // Rounding may leave a rest behind the last dimension; a leaf must be parted all the same.
          if (i < dimensions - 1 || node >= sample) continue;
          rest = 0;
        }
        const isLeft = x < low;
        if (!isLeft && x <= high) {
          if (node >= sample) break;
          continue;
        }
        let cut = Math.min(x, low) + rest;
        if (cut >= Math.max(x, high)) cut = isLeft ? x : high;
        if (isLeft ? cut >= low : cut < high) break;
        return part(state, tree, above, node, { dimension: i, cut, isLeft }, query);
      }
      if (node < sample) return partByFirst(state, tree, above, node, query);
      const at = offset + node - sample;
      mass[2 * offset + node]! += 1;
      growBox(boxes, at * dimensions * 2, query);
      above = node;
      node =
        query[state.cutDimension[at]!]! <= state.cutValue[at]! ? state.left[at]! : state.right[at]!;
    }
  }

  /** Where rounding left no cut between two different points: the first dimension in which they differ. */
  function partByFirst(
    state: CutTrees,
    tree: number,
    above: number,
    leaf: number,
    query: Float64Array,
  ): number {
    for (let i = 0; ; i += 1) {
      const mine = lowerOf(state, tree * sample, leaf, i);
      if (query[i] === mine) continue;
      const isLeft = query[i]! < mine;
      const cut = isLeft ? query[i]! : mine;
      return part(state, tree, above, leaf, { dimension: i, cut, isLeft }, query);
    }
  }

  /** A new inner node over `node` and a new leaf. */
  function part(
    state: CutTrees,
    tree: number,
    above: number,
    node: number,
    { dimension, cut, isLeft }: { dimension: number; cut: number; isLeft: boolean },
    query: Float64Array,
  ): number {
    const offset = tree * sample;
    state.freeInnerCount[tree]! -= 1;
    const inner = state.freeInner[offset + state.freeInnerCount[tree]!]! + sample;
    const at = offset + inner - sample;
    const leaf = placeLeaf(state, tree, inner, query);
    state.cutDimension[at] = dimension;
    state.cutValue[at] = cut;
    state.left[at] = isLeft ? leaf : node;
    state.right[at] = isLeft ? node : leaf;
    for (let i = 0; i < dimensions; i += 1) {
      state.boxes[at * dimensions * 2 + i] = lowerOf(state, offset, node, i);
      state.boxes[at * dimensions * 2 + dimensions + i] = upperOf(state, offset, node, i);
    }
    growBox(state.boxes, at * dimensions * 2, query);
    state.mass[2 * offset + inner] = state.mass[2 * offset + node]! + 1;
    replaceChild(state, tree, above, node, inner);
    state.parent[2 * offset + node] = inner;
    return leaf;
  }

  function placeLeaf(state: CutTrees, tree: number, above: number, query: Float64Array): number {
    const offset = tree * sample;
    state.freeLeafCount[tree]! -= 1;
    const leaf = state.freeLeaves[offset + state.freeLeafCount[tree]!]!;
    state.points.set(query, (offset + leaf) * dimensions);
    state.mass[2 * offset + leaf] = 1;
    state.parent[2 * offset + leaf] = above;
    if (above < 0) state.root[tree] = leaf;
    return leaf;
  }

  function remove(state: CutTrees, tree: number, leaf: number): void {
    const offset = tree * sample;
    const { mass, parent } = state;
    const isLast = mass[2 * offset + leaf] === 1;
    mass[2 * offset + leaf]! -= 1;
    let node = parent[2 * offset + leaf]!;
    if (isLast) {
      state.freeLeaves[offset + state.freeLeafCount[tree]!] = leaf;
      state.freeLeafCount[tree]! += 1;
      if (node < 0) {
        state.root[tree] = -1;
        return;
      }
      const at = offset + node - sample;
      const sibling = state.left[at] === leaf ? state.right[at]! : state.left[at]!;
      const above = parent[2 * offset + node]!;
      replaceChild(state, tree, above, node, sibling);
      state.freeInner[offset + state.freeInnerCount[tree]!] = node - sample;
      state.freeInnerCount[tree]! += 1;
      node = above;
    }
    for (let isShrinking = isLast; node >= 0; node = parent[2 * offset + node]!) {
      mass[2 * offset + node]! -= 1;
      if (isShrinking) isShrinking = fitBox(state, offset, node);
    }
  }

  /** The box of a node from those of its children; false when it was so already. */
  function fitBox(state: CutTrees, offset: number, node: number): boolean {
    const at = offset + node - sample;
    const left = state.left[at]!;
    const right = state.right[at]!;
    const box = at * dimensions * 2;
    let isChanged = false;
    for (let i = 0; i < dimensions; i += 1) {
      const low = Math.min(lowerOf(state, offset, left, i), lowerOf(state, offset, right, i));
      const high = Math.max(upperOf(state, offset, left, i), upperOf(state, offset, right, i));
      if (low !== state.boxes[box + i] || high !== state.boxes[box + dimensions + i]) {
        isChanged = true;
      }
      state.boxes[box + i] = low;
      state.boxes[box + dimensions + i] = high;
    }
    return isChanged;
  }

  /** Puts key and leaf at the place of the largest key. */
  function sinkRoot(state: CutTrees, offset: number, size: number, key: number, leaf: number) {
    const { keys, slotLeaf } = state;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && keys[offset + child + 1]! > keys[offset + child]!) child += 1;
      if (keys[offset + child]! <= key) break;
      keys[offset + at] = keys[offset + child]!;
      slotLeaf[offset + at] = slotLeaf[offset + child]!;
      at = child;
    }
    keys[offset + at] = key;
    slotLeaf[offset + at] = leaf;
  }

  function raise(state: CutTrees, offset: number, from: number, key: number, leaf: number): void {
    const { keys, slotLeaf } = state;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (keys[offset + above]! >= key) break;
      keys[offset + at] = keys[offset + above]!;
      slotLeaf[offset + at] = slotLeaf[offset + above]!;
      at = above;
    }
    keys[offset + at] = key;
    slotLeaf[offset + at] = leaf;
  }

  /** Offers the point to the reservoir of each tree. @param time number of the point */
  function take(state: CutTrees, query: Float64Array, time: number, random: RandomState): void {
    for (let tree = 0; tree < trees; tree += 1) {
      const offset = tree * sample;
      // 1 − u is in (0, 1]; u = 0 gives −∞: the point is taken.
      const key = Math.log(-Math.log(1 - uniform(random))) - decay * time;
      const size = state.size[tree]!;
      if (size < sample) {
        raise(state, offset, size, key, insert(state, tree, query, random));
        state.size[tree] = size + 1;
      } else if (key < state.keys[offset]!) {
        remove(state, tree, state.slotLeaf[offset]!);
        sinkRoot(state, offset, size, key, insert(state, tree, query, random));
      }
    }
  }

  return { walk, take };
}
