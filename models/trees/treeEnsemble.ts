/**
 * A sum of decision trees as flat arrays: what a trainer makes, an import reads, the scorer walks and ONNX takes.
 *
 * A node asks one feature: is it at most the threshold, or one of a set of codes? Children are numbers of nodes, or where
 * negative the complement of the number of a leaf. All numbers are float32, as in ONNX, so nothing is rounded on the way there.
 */

export interface TreeEnsemble {
  /** Features of a row. */
  readonly width: number;
  /** What the trees are added to; the prediction is of the whole by the link of the task. */
  readonly start: number;
  /** Node at which each tree begins. */
  readonly roots: Int32Array;
  /** Which feature a node asks. */
  readonly features: Int32Array;
  /** A row goes to `yes` when its value is at most this; NaN where a set is asked. */
  readonly thresholds: Float32Array;
  /** Where in `members` the set of a node begins and ends; empty for a threshold. */
  readonly setStarts: Int32Array;
  readonly setEnds: Int32Array;
  readonly yes: Int32Array;
  readonly no: Int32Array;
  /** 1 where a row without the value goes to `yes`. */
  readonly missingYes: Uint8Array;
  readonly members: Float32Array;
  readonly leaves: Float32Array;
}

/** Score of the row of `values` that begins at `at`, before the link. */
export function scoreTrees(trees: TreeEnsemble, values: Float32Array, at: number): number {
  const { roots, leaves } = trees;
  let score = trees.start;
  for (let tree = 0; tree < roots.length; tree += 1) {
    score += leaves[leafOf(trees, roots[tree]!, values, at)]!;
  }
  return score;
}

/** Number of the leaf at which a row ends. */
export function leafOf(
  trees: TreeEnsemble,
  root: number,
  values: Float32Array,
  at: number,
): number {
  const { features, thresholds, yes, no, missingYes } = trees;
  let node = root;
  while (node >= 0) {
    const value = values[at + features[node]!]!;
    const threshold = thresholds[node]!;
    let isYes = value <= threshold;
    if (!isYes) {
      if (Number.isNaN(value)) isYes = missingYes[node] === 1;
      else if (Number.isNaN(threshold)) isYes = isMember(trees, node, value);
    }
    node = isYes ? yes[node]! : no[node]!;
  }
  return ~node;
}

function isMember({ members, setStarts, setEnds }: TreeEnsemble, node: number, value: number) {
  for (let i = setStarts[node]!; i < setEnds[node]!; i += 1) if (members[i] === value) return true;
  return false;
}

/** The ensemble without its last trees. */
export function firstTrees(trees: TreeEnsemble, count: number): TreeEnsemble {
  if (count >= trees.roots.length) return trees;
  const nodes = trees.roots[count]!;
  let leaves = 0;
  for (let node = 0; node < nodes; node += 1) {
    leaves = Math.max(leaves, -trees.yes[node]!, -trees.no[node]!);
  }
  return {
    ...trees,
    roots: trees.roots.slice(0, count),
    features: trees.features.slice(0, nodes),
    thresholds: trees.thresholds.slice(0, nodes),
    setStarts: trees.setStarts.slice(0, nodes),
    setEnds: trees.setEnds.slice(0, nodes),
    yes: trees.yes.slice(0, nodes),
    no: trees.no.slice(0, nodes),
    missingYes: trees.missingYes.slice(0, nodes),
    members: trees.members.slice(0, nodes === 0 ? 0 : trees.setEnds[nodes - 1]!),
    leaves: trees.leaves.slice(0, leaves),
  };
}
