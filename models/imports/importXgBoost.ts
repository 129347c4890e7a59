/**
 * A model in XGBoost's JSON format as a tree ensemble that predicts the same, row by row.
 *
 * Thresholds are float32 there and are compared as `x < t`, which is `x ≤` the float32 below. Codes of a set lead to the right child,
 * all others to the left.
 *
 * Source: XGBoost 3, doc/model.schema and src/tree/tree_model.cc (format), include/xgboost/base.h and src/common/categorical.h
 * (decisions).
 */

import type { Task } from '../training/trainingSet.ts';
import { nextBelow } from '../trees/roundDown.ts';
import { treesBuilder } from '../trees/treesBuilder.ts';
import { addImportedTree, type ImportedNode, refuseImport } from './importedTree.ts';
import type { ImportedTrees } from './importLightGbm.ts';

/** Tasks, and whether the score to which the trees are added is told as a probability. */
const objectives: Readonly<Record<string, { task: Task; isProbability: boolean }>> = {
  'binary:logistic': { task: 'binary', isProbability: true },
  'reg:squarederror': { task: 'regression', isProbability: false },
  'reg:absoluteerror': { task: 'regression', isProbability: false },
  'reg:pseudohubererror': { task: 'regression', isProbability: false },
  'reg:quantileerror': { task: 'regression', isProbability: false },
};

type Members = Readonly<Record<string, unknown>>;

/** @throws EngineError MODEL_UNUSABLE with what is wrong */
export function importXgBoost(text: string): ImportedTrees {
  const learner = memberOf(parse(text), 'learner');
  const parameters = memberOf(learner, 'learner_model_param');
  const booster = memberOf(learner, 'gradient_booster');
  if (booster['name'] !== 'gbtree') {
    refuseImport(`booster: expected gbtree, got ${String(booster['name'])}`);
  }
  const name = String(memberOf(learner, 'objective')['name']);
  const objective = Object.hasOwn(objectives, name) ? objectives[name] : undefined;
  if (objective === undefined) {
    return refuseImport(`objective ${name}: expected one of ${Object.keys(objectives).join(', ')}`);
  }
  if (Number(parameters['num_class']) > 1 || Number(parameters['num_target'] ?? 1) > 1) {
    refuseImport('several classes or targets are not taken');
  }
  const width = Number(parameters['num_feature']);
  if (!(Number.isInteger(width) && width > 0)) refuseImport(`num_feature: got ${width}`);
  const names = Array.isArray(learner['feature_names']) ? learner['feature_names'].map(String) : [];
  const featureNames =
    names.length === width ? names : Array.from({ length: width }, (_, i) => `f${i}`);
  let start = startOf(String(parameters['base_score']), objective.isProbability);
  const trees = memberOf(booster, 'model')['trees'];
  if (!Array.isArray(trees)) return refuseImport('trees: expected a list');
  const builder = treesBuilder();
  for (const tree of trees) start += addTree(builder, width, asMembers(tree, 'tree'));
  const built = builder.build(width, start);
  return { kind: 'trees', task: objective.task, trees: built, featureNames };
}

function parse(text: string): Members {
  try {
    return asMembers(JSON.parse(text), 'file');
  } catch (error) {
    return refuseImport(`the file is no XGBoost model: ${(error as Error).message}`);
  }
}

function asMembers(value: unknown, what: string): Members {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  return refuseImport(`${what}: expected an object`);
}

function memberOf(members: Members, key: string): Members {
  return asMembers(members[key], key);
}

/** Newer versions write a list of one. */
function startOf(text: string, isProbability: boolean): number {
  const score = Number(text.replace(/^\[(.*)\]$/, '$1'));
  const start = isProbability ? Math.log(score / (1 - score)) : score;
  return Number.isFinite(start) ? start : refuseImport(`base_score: got ${text}`);
}

/** @returns the value of a tree that is a single leaf */
function addTree(builder: ReturnType<typeof treesBuilder>, width: number, tree: Members): number {
  const numbers = (key: string, count?: number): number[] => {
    const list = tree[key];
    if (!Array.isArray(list) || (count !== undefined && list.length !== count)) {
      return refuseImport(`${key}: expected a list of ${count ?? 'some'} numbers`);
    }
    return list.map(Number);
  };
  const left = numbers('left_children');
  const count = left.length;
  if (count === 0) refuseImport('a tree without nodes');
  const right = numbers('right_children', count);
  const features = numbers('split_indices', count);
  // Of a leaf its value.
  const conditions = numbers('split_conditions', count);
  const missingLeft = numbers('default_left', count);
  const kinds = tree['split_type'] === undefined ? [] : numbers('split_type', count);
  if (numbers('base_weights').length !== count) refuseImport('leaves of several numbers');
  const sets = kinds.some((kind) => kind !== 0) ? setsOf(numbers) : new Map<number, number[]>();

  function nodeOf(key: number): ImportedNode {
    if (!(key >= 0 && key < count)) return refuseImport(`node ${key} of ${count}`);
    const condition = conditions[key]!;
    if (Number.isNaN(condition)) return refuseImport('split_conditions: expected numbers');
    if (left[key] === -1) return { leaf: condition };
    const feature = features[key]!;
    const isMissingLeft = missingLeft[key] !== 0;
    if ((kinds[key] ?? 0) !== 0) {
      const members = sets.get(key);
      if (members === undefined || members.length === 0) {
        return refuseImport(`node ${key} has no codes`);
      }
      const children = { yes: right[key]!, no: left[key]! };
      return { feature, threshold: NaN, members, missingYes: !isMissingLeft, ...children };
    }
    const threshold = nextBelow(Math.fround(condition));
    const children = { yes: left[key]!, no: right[key]! };
    return { feature, threshold, members: [], missingYes: isMissingLeft, ...children };
  }

  return addImportedTree(builder, width, 0, nodeOf);
}

/** Codes by node. */
function setsOf(numbers: (key: string, count?: number) => number[]): Map<number, number[]> {
  const nodes = numbers('categories_nodes');
  const starts = numbers('categories_segments', nodes.length);
  const sizes = numbers('categories_sizes', nodes.length);
  const codes = numbers('categories');
  return new Map(nodes.map((node, i) => [node, codes.slice(starts[i]!, starts[i]! + sizes[i]!)]));
}
