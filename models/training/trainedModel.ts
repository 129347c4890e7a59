/** What trainers make: a model of one kind, enough to score rows and to be written as ONNX. */

import { type Encoding, encodedWidth, encodeRow } from '../batch/encoding.ts';
import type { Calibration } from '../calibration/calibration.ts';
import { calibrate } from '../calibration/calibration.ts';
import { scoreTrees, type TreeEnsemble } from '../trees/treeEnsemble.ts';
import { objectives } from './objective.ts';
import type { Task } from './trainingSet.ts';

export interface TreesModel {
  readonly kind: 'trees';
  readonly task: Task;
  readonly trees: TreeEnsemble;
}

export interface LinearModel {
  readonly kind: 'linear';
  readonly task: Task;
  readonly encoding: Encoding;
  /** By encoded column. */
  readonly weights: Float64Array;
  readonly bias: number;
}

export interface NetworkLayer {
  /** Row-major, inputs × outputs. */
  readonly weights: Float64Array;
  readonly biases: Float64Array;
}

export interface NetworkModel {
  readonly kind: 'network';
  readonly task: Task;
  readonly encoding: Encoding;
  /** Between two layers everything below 0 becomes 0; the last has one output, the score. */
  readonly layers: readonly NetworkLayer[];
}

export interface MachineModel {
  readonly kind: 'machine';
  readonly task: Task;
  readonly encoding: Encoding;
  readonly bias: number;
  readonly weights: Float64Array;
  /** Row-major, encoded columns × factors. */
  readonly factors: Float64Array;
}

export type TrainedModel = TreesModel | LinearModel | NetworkModel | MachineModel;

/** Reads the row that begins at `at`; all arithmetic in float64. */
export type RowScore = (values: Float32Array, at: number) => number;

/** Features of a row. */
export function widthOf(model: TrainedModel): number {
  return model.kind === 'trees' ? model.trees.width : model.encoding.width;
}

/** The score of a row before the link: log-odds of a binary model. */
export function rawScore(model: TrainedModel): RowScore {
  if (model.kind === 'trees') return (values, at) => scoreTrees(model.trees, values, at);
  const x = new Float64Array(encodedWidth(model.encoding));
  const scoreOf = encodedScore(model);
  return (values, at) => {
    encodeRow(model.encoding, values, at, x, 0);
    return scoreOf(x);
  };
}

/** What a model predicts of a row: the reference that ONNX is compared with, and what serves where there is no runtime. */
export function predictRow(model: TrainedModel, calibration?: Calibration): RowScore {
  const score = rawScore(model);
  if (calibration !== undefined) return (values, at) => calibrate(calibration, score(values, at));
  const { prediction } = objectives[model.task];
  return (values, at) => prediction(score(values, at));
}

function encodedScore(model: Exclude<TrainedModel, TreesModel>): (x: Float64Array) => number {
  switch (model.kind) {
    case 'linear':
      return (x) => dot(model.weights, x) + model.bias;
    case 'machine':
      return (x) => machineScore(model, x);
    case 'network':
      return (x) => networkScore(model.layers, x);
  }
}

function dot(weights: Float64Array, x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += 1) sum += weights[i]! * x[i]!;
  return sum;
}

function machineScore({ bias, weights, factors }: MachineModel, x: Float64Array): number {
  const size = x.length === 0 ? 0 : factors.length / x.length;
  let products = 0;
  for (let f = 0; f < size; f += 1) {
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < x.length; i += 1) {
      const v = factors[i * size + f]! * x[i]!;
      sum += v;
      squares += v * v;
    }
    products += sum * sum - squares;
  }
  return bias + dot(weights, x) + products / 2;
}

function networkScore(layers: readonly NetworkLayer[], x: Float64Array): number {
  let input = x;
  for (const [i, { weights, biases }] of layers.entries()) {
    const output = Float64Array.from(biases);
    for (let from = 0; from < input.length; from += 1) {
      const value = input[from]!;
      if (value === 0) continue;
      for (let to = 0; to < output.length; to += 1) {
        output[to]! += value * weights[from * output.length + to]!;
      }
    }
    if (i < layers.length - 1) {
      for (let to = 0; to < output.length; to += 1) output[to] = Math.max(0, output[to]!);
    }
    input = output;
  }
  return input[0]!;
}
