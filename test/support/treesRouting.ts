/** Where the runtime sends rows in each tree, for comparison with where they belong. */
import { graphBuilder } from '../../models/onnx/graphBuilder.ts';
import { onnxBytes } from '../../models/onnx/onnxModel.ts';
import { treesAttributes } from '../../models/onnx/treesGraph.ts';
import { leafOf, type TreeEnsemble } from '../../models/trees/treeEnsemble.ts';

/** A model whose output, rows × trees, is the number of the leaf in each tree. */
export function leavesModel(trees: TreeEnsemble): Uint8Array {
  const graph = graphBuilder();
  const leaves = trees.leaves.length;
  const targets = new Int32Array(leaves);
  for (const [tree, root] of trees.roots.entries()) {
    const waiting = [root];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (const child of [trees.yes[node]!, trees.no[node]!]) {
        if (child >= 0) waiting.push(child);
        else targets[~child] = tree;
      }
    }
  }
  const weights = Float32Array.from({ length: leaves }, (_, leaf) => leaf);
  graph.add(
    'TreeEnsemble',
    ['features'],
    {
      ...treesAttributes(trees),
      leaf_targetids: { integers: targets },
      leaf_weights: { tensor: { name: 'leaf_weights', dims: [leaves], data: weights } },
      n_targets: { integer: trees.roots.length },
    },
    'ai.onnx.ml',
  );
  const { width } = trees;
  const output = { name: 'leaves', width: trees.roots.length };
  return onnxBytes(graph.build({ name: 'features', width }, output, {}));
}

/** For every split a copy of a row on its boundary, one just above, and one without the value. */
export function boundaryRows(trees: TreeEnsemble, row: Float32Array): Float32Array {
  const rows: number[] = [];
  const add = (feature: number, value: number) => {
    const copy = [...row];
    copy[feature] = value;
    rows.push(...copy);
  };
  for (const [node, feature] of trees.features.entries()) {
    add(feature, NaN);
    const threshold = trees.thresholds[node]!;
    if (Number.isNaN(threshold)) {
      const members = trees.members.subarray(trees.setStarts[node], trees.setEnds[node]);
      for (const member of members) for (const code of [member, member + 1]) add(feature, code);
      continue;
    }
    add(feature, threshold);
    add(feature, nextAbove(threshold));
  }
  return Float32Array.from(rows);
}

function nextAbove(value: number): number {
  const float = Float32Array.of(value);
  const bits = new Int32Array(float.buffer);
  if (value === 0) bits[0] = 1;
  else bits[0]! += value > 0 ? 1 : -1;
  return Number.isFinite(float[0]!) ? float[0]! : value;
}

/**
 * Rows × trees for which the runtime's leaf is not the one where the row belongs.
 *
 * @param exported what the runtime is given, to see that a mistake is found
 */
export async function misrouted(
  trees: TreeEnsemble,
  rows: Float32Array,
  exported = trees,
): Promise<number> {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(leavesModel(exported), { intraOpNumThreads: 1 });
  const { width, roots } = trees;
  let wrong = 0;
  for (let from = 0; from < rows.length; from += 1_024 * width) {
    const part = rows.subarray(from, from + 1_024 * width);
    const count = part.length / width;
    const feeds = { features: new Tensor('float32', part, [count, width]) };
    const { leaves } = await session.run(feeds);
    const found = leaves!.data as Float32Array;
    for (let row = 0; row < count; row += 1) {
      for (let tree = 0; tree < roots.length; tree += 1) {
        const leaf = leafOf(trees, roots[tree]!, part, row * width);
        if (found[row * roots.length + tree] !== leaf) wrong += 1;
      }
    }
  }
  await session.release();
  return wrong;
}
