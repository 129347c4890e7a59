/** One tree of another program, node by node, into the builder of an ensemble: checked to be a tree first. */
import { EngineError } from '../../contracts/errors.ts';
import type { TreesBuilder } from '../trees/treesBuilder.ts';

/** @throws EngineError MODEL_UNUSABLE */
export function refuseImport(reason: string): never {
  throw new EngineError('MODEL_UNUSABLE', reason);
}

export type ImportedNode =
  | { readonly leaf: number }
  | {
      readonly feature: number;
      /** Float32; NaN for a set. */
      readonly threshold: number;
      readonly members: readonly number[];
      readonly missingYes: boolean;
      /** Keys of the nodes below. */
      readonly yes: number;
      readonly no: number;
    };

/** Most nodes of a tree: beyond it a file is thought broken. */
const nodesMax = 2 ** 20;

/**
 * Adds a tree; one that is a single leaf is not added.
 *
 * @param width  features that nodes may ask
 * @param nodeOf the node of a key
 * @returns the value of the single leaf, else 0
 * @throws EngineError MODEL_UNUSABLE when it is no tree, asks a feature that is not there, or a leaf is not finite
 */
export function addImportedTree(
  builder: TreesBuilder,
  width: number,
  root: number,
  nodeOf: (key: number) => ImportedNode,
): number {
  const seen = new Set<number>();
  const visit = (key: number): ImportedNode => {
    if (seen.has(key)) refuseImport(`node ${key} has two parents`);
    if (seen.size >= nodesMax) refuseImport(`a tree of more than ${nodesMax} nodes`);
    seen.add(key);
    const node = nodeOf(key);
    if ('leaf' in node) {
      if (!Number.isFinite(Math.fround(node.leaf))) refuseImport(`a leaf of ${node.leaf}`);
    } else {
      const { feature, threshold, members } = node;
      if (!(Number.isInteger(feature) && feature >= 0 && feature < width)) {
        refuseImport(`a node asks feature ${feature} of ${width}`);
      }
      if (Number.isNaN(threshold) && members.length === 0) refuseImport('a node has no threshold');
    }
    return node;
  };
  const first = visit(root);
  if ('leaf' in first) return first.leaf;
  builder.begin();
  // Nodes whose children are still to be added; a list, because a tree may be deep.
  const waiting = [{ at: builder.node(first), node: first }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [yes, no] = [next.node.yes, next.node.no].map((key) => {
      const child = visit(key);
      if ('leaf' in child) return builder.leaf(Math.fround(child.leaf));
      const at = builder.node(child);
      waiting.push({ at, node: child });
      return at;
    });
    builder.connect(next.at, yes!, no!);
  }
  return 0;
}
