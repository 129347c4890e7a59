/**
 * A model in LightGBM's text format as a tree ensemble that predicts the same, row by row.
 *
 * Thresholds are float64 there and are compared as `x ≤ t`: they are rounded down to float32. Sets of codes lead to `yes`; codes must
 * be whole numbers, as everywhere here. What cannot be told exactly is refused: zeros as missing values, linear trees, several
 * classes, links other than the logistic one.
 *
 * Source: LightGBM 4, src/io/tree.cpp and include/LightGBM/tree.h (format and decisions).
 */
import type { TreesModel } from '../training/trainedModel.ts';
import type { Task } from '../training/trainingSet.ts';
import { roundDown } from '../trees/roundDown.ts';
import { treesBuilder } from '../trees/treesBuilder.ts';
import { addImportedTree, type ImportedNode, refuseImport } from './importedTree.ts';

export interface ImportedTrees extends TreesModel {
  /** By column, as the file has them. */
  readonly featureNames: readonly string[];
}

type Lines = ReadonlyMap<string, string>;

const identities = ['regression', 'regression_l1', 'huber', 'fair', 'quantile', 'mape'];

/** @throws EngineError MODEL_UNUSABLE with what is wrong */
export function importLightGbm(text: string): ImportedTrees {
  const [head = '', ...rest] = text.replaceAll('\r\n', '\n').split(/\n(?=Tree=\d+\n)/);
  if (!head.startsWith('tree\n')) refuseImport('the file is no LightGBM model');
  if (!text.includes('\nend of trees')) refuseImport('the file is cut off: no end of trees');
  const header = linesOf(head);
  for (const key of ['num_class', 'num_tree_per_iteration']) {
    if (header.get(key) !== '1') refuseImport(`${key}: expected 1, got ${header.get(key)}`);
  }
  const featureNames = listOf(header, 'feature_names');
  const width = Number(header.get('max_feature_idx')) + 1;
  if (featureNames.length !== width) {
    refuseImport(`feature_names: expected ${width}, got ${featureNames.length}`);
  }
  const { task, scale } = linkOf(header.get('objective') ?? 'none');
  // A random forest is the mean of its trees.
  const share = header.has('average_output') ? 1 / rest.length : 1;
  const told = (header.get('tree_sizes') ?? '').split(' ').filter((size) => size !== '').length;
  if (told !== rest.length) refuseImport(`expected ${told} trees, got ${rest.length}`);
  const builder = treesBuilder();
  let start = 0;
  for (const part of rest) {
    const tree = linesOf(part.split('\nend of trees')[0]!);
    start += addTree(builder, width, tree, scale * share);
  }
  return { kind: 'trees', task, trees: builder.build(width, start), featureNames };
}

function linesOf(text: string): Lines {
  return new Map(
    text.split('\n').map((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

function listOf(lines: Lines, key: string): string[] {
  return (lines.get(key) ?? '').split(' ').filter((word) => word !== '');
}

function linkOf(objective: string): { task: Task; scale: number } {
  const [name = '', ...options] = objective.split(' ');
  if (name === 'binary') {
    const sigmoid = options.find((option) => option.startsWith('sigmoid:'));
    const scale = Number(sigmoid?.slice('sigmoid:'.length) ?? '1');
    if (!(scale > 0)) refuseImport(`objective: got ${objective}`);
    return { task: 'binary', scale };
  }
  if (name === 'cross_entropy') return { task: 'binary', scale: 1 };
  if (identities.includes(name) && !options.includes('sqrt')) {
    return { task: 'regression', scale: 1 };
  }
  return refuseImport(`objective ${objective}: expected binary or a regression without a link`);
}

/** @returns the value of a tree that is a single leaf */
function addTree(
  builder: ReturnType<typeof treesBuilder>,
  width: number,
  lines: Lines,
  scale: number,
): number {
  if ((lines.get('is_linear') ?? '0') !== '0') refuseImport('linear trees are not taken');
  const leaves = Number(lines.get('num_leaves'));
  if (!(Number.isInteger(leaves) && leaves > 0)) refuseImport(`num_leaves: got ${leaves}`);
  const numbers = (key: string, count: number): number[] => {
    const words = listOf(lines, key);
    const list = words.map(Number);
    if (list.length !== count) {
      refuseImport(`${key}: expected ${count} numbers, got ${list.length}`);
    }
    const other = list.findIndex(Number.isNaN);
    if (other >= 0) refuseImport(`${key}: expected numbers, got ${words[other]!.slice(0, 40)}`);
    return list;
  };
  const values = numbers('leaf_value', leaves);
  const features = numbers('split_feature', leaves - 1);
  const thresholds = numbers('threshold', leaves - 1);
  const decisions = numbers('decision_type', leaves - 1);
  const yes = numbers('left_child', leaves - 1);
  const no = numbers('right_child', leaves - 1);
  const sets = Number(lines.get('num_cat') ?? '0');
  const boundaries = sets > 0 ? numbers('cat_boundaries', sets + 1) : [];
  const words = sets > 0 ? numbers('cat_threshold', boundaries.at(-1)!) : [];

  function nodeOf(key: number): ImportedNode {
    if (key < 0) {
      const value = values[~key];
      return value === undefined
        ? refuseImport(`leaf ${~key} of ${leaves}`)
        : { leaf: value * scale };
    }
    if (!(key < leaves - 1)) return refuseImport(`node ${key} of ${leaves - 1}`);
    const decision = decisions[key]!;
    const threshold = thresholds[key]!;
    const children = { feature: features[key]!, yes: yes[key]!, no: no[key]! };
    if ((decision & 1) === 1) {
      const [from, to] = [boundaries[threshold], boundaries[threshold + 1]];
      if (from === undefined || to === undefined)
        return refuseImport(`set ${threshold} of ${sets}`);
      const members = membersOf(words.slice(from, to));
      // Nothing is a member of an empty set: no threshold sends anything to `yes`.
      if (members.length === 0) {
        return { ...children, threshold: -Infinity, members, missingYes: false };
      }
      return { ...children, threshold: NaN, members, missingYes: false };
    }
    const missing = (decision >> 2) & 3;
    if (missing === 1) return refuseImport('zeros as missing values are not taken');
    // Where no missing value was seen, one is taken for zero.
    const missingYes = missing === 2 ? (decision & 2) !== 0 : threshold >= 0;
    return { ...children, threshold: roundDown(threshold), members: [], missingYes };
  }

  return addImportedTree(builder, width, leaves === 1 ? -1 : 0, nodeOf);
}

/** Numbers of the bits that are set, the lowest of the first word being 0. */
export function membersOf(words: readonly number[]): number[] {
  return words.flatMap((word, i) =>
    Array.from({ length: 32 }, (_, bit) => bit)
      .filter((bit) => ((word >>> bit) & 1) === 1)
      .map((bit) => 32 * i + bit),
  );
}
