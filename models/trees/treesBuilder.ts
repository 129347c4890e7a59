/** Collects trees node by node; what was reserved is filled in later. */
import type { TreeEnsemble } from './treeEnsemble.ts';

export interface NodeFields {
  readonly feature: number;
  /** NaN for a set. */
  readonly threshold: number;
  readonly missingYes: boolean;
  /** Codes that lead to `yes`; none for a threshold. */
  readonly members: readonly number[];
}

export interface TreesBuilder {
  /** Begins a tree at the node that is added next. */
  begin(): void;
  /** @returns its number; its children are for {@link TreesBuilder.connect} */
  node(fields: NodeFields): number;
  /** @returns what stands for it as a child */
  leaf(value: number): number;
  connect(node: number, yes: number, no: number): void;
  build(width: number, start: number): TreeEnsemble;
}

export function treesBuilder(): TreesBuilder {
  const roots: number[] = [];
  const features: number[] = [];
  const thresholds: number[] = [];
  const setStarts: number[] = [];
  const setEnds: number[] = [];
  const yes: number[] = [];
  const no: number[] = [];
  const missingYes: number[] = [];
  const members: number[] = [];
  const leaves: number[] = [];
  return {
    begin: () => void roots.push(features.length),
    node(fields) {
      features.push(fields.feature);
      thresholds.push(fields.threshold);
      missingYes.push(fields.missingYes ? 1 : 0);
      setStarts.push(members.length);
      members.push(...fields.members);
      setEnds.push(members.length);
      yes.push(0);
      no.push(0);
      return features.length - 1;
    },
    leaf: (value) => ~(leaves.push(value) - 1),
    connect(node, yesChild, noChild) {
      yes[node] = yesChild;
      no[node] = noChild;
    },
    build: (width, start) => ({
      width,
      start: Math.fround(start),
      roots: Int32Array.from(roots),
      features: Int32Array.from(features),
      thresholds: Float32Array.from(thresholds),
      setStarts: Int32Array.from(setStarts),
      setEnds: Int32Array.from(setEnds),
      yes: Int32Array.from(yes),
      no: Int32Array.from(no),
      missingYes: Uint8Array.from(missingYes),
      members: Float32Array.from(members),
      leaves: Float32Array.from(leaves),
    }),
  };
}
