/**
 * A tree ensemble as the operator TreeEnsemble of ai.onnx.ml 5.
 *
 * Thresholds are float32 already and are compared as `x ≤ t`; where a missing value goes is written for every node. A tree is never
 * a single leaf here: the runtime takes the number of the root for that of the leaf.
 *
 * Source: https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html
 */
import type { TreeEnsemble } from '../trees/treeEnsemble.ts';
import type { GraphBuilder } from './graphBuilder.ts';
import type { OnnxAttribute, OnnxNumbers } from './onnxModel.ts';

const atMost = 0;
const memberOf = 6;

/** @throws RangeError when there is no tree, or one without a split */
export function treesAttributes(trees: TreeEnsemble): Record<string, OnnxAttribute> {
  const nodes = trees.features.length;
  if (trees.roots.length === 0) throw new RangeError('trees: expected at least one');
  if (trees.roots.some((root) => root < 0)) throw new RangeError('trees: expected a split in each');
  const isSet = (node: number) => Number.isNaN(trees.thresholds[node]!);
  const modes = Uint8Array.from({ length: nodes }, (_, node) => (isSet(node) ? memberOf : atMost));
  // Sets in the order of their nodes, each ended by NaN.
  const members: number[] = [];
  for (let node = 0; node < nodes; node += 1) {
    if (isSet(node)) {
      members.push(...trees.members.subarray(trees.setStarts[node], trees.setEnds[node]), NaN);
    }
  }
  const numberOf = (child: number) => (child < 0 ? ~child : child);
  const isLeaf = (child: number) => (child < 0 ? 1 : 0);
  const tensor = (name: string, data: OnnxNumbers): OnnxAttribute => ({
    tensor: { name, dims: [data.length], data },
  });
  const hasSets = members.length > 0;
  return {
    aggregate_function: { integer: 1 },
    leaf_targetids: { integers: new Int32Array(trees.leaves.length) },
    leaf_weights: tensor('leaf_weights', trees.leaves),
    ...(hasSets
      ? { membership_values: tensor('membership_values', Float32Array.from(members)) }
      : {}),
    n_targets: { integer: 1 },
    nodes_falseleafs: { integers: trees.no.map(isLeaf) },
    nodes_falsenodeids: { integers: trees.no.map(numberOf) },
    nodes_featureids: { integers: trees.features },
    nodes_missing_value_tracks_true: { integers: trees.missingYes },
    nodes_modes: tensor('nodes_modes', modes),
    nodes_splits: tensor(
      'nodes_splits',
      trees.thresholds.map((threshold) => (Number.isNaN(threshold) ? 0 : threshold)),
    ),
    nodes_trueleafs: { integers: trees.yes.map(isLeaf) },
    nodes_truenodeids: { integers: trees.yes.map(numberOf) },
    post_transform: { integer: 0 },
    tree_roots: { integers: trees.roots },
  };
}

/** @returns the name of the scores, rows × 1 */
export function treesGraph(graph: GraphBuilder, trees: TreeEnsemble, input: string): string {
  const start = graph.floats([trees.start], [1]);
  if (trees.roots.length === 0) {
    // No tree was worth it: the same for every row.
    const first = graph.add('Slice', [
      input,
      ...[[0], [1], [1]].map((numbers) => graph.integers(numbers)),
    ]);
    const isMissing = graph.add('Cast', [graph.add('IsNaN', [first])], { to: { integer: 1 } });
    return graph.add('Add', [graph.add('Mul', [isMissing, graph.floats([0], [1])]), start]);
  }
  const sum = graph.add('TreeEnsemble', [input], treesAttributes(trees), 'ai.onnx.ml');
  return graph.add('Add', [sum, start]);
}
