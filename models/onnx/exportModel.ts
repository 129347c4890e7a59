/**
 * A trained model as an ONNX file: rows of features in, one prediction a row out, calibration included.
 *
 * Input `features` is float32, rows × features, NaN where a value is missing; output `prediction` is float32, rows × 1. The metadata
 * says what the features are, so that a file alone tells what it is for.
 */
import { canonicalJson } from '../../contracts/canonicalJson.ts';
import { encodedWidth } from '../batch/encoding.ts';
import type { Calibration } from '../calibration/calibration.ts';
import type { MachineModel, NetworkLayer, TrainedModel } from '../training/trainedModel.ts';
import { widthOf } from '../training/trainedModel.ts';
import type { TrainingFeature } from '../training/trainingSet.ts';
import { calibrationGraph } from './calibrationGraph.ts';
import { encodingGraph } from './encodingGraph.ts';
import { type GraphBuilder, graphBuilder } from './graphBuilder.ts';
import { onnxBytes } from './onnxModel.ts';
import { treesGraph } from './treesGraph.ts';

export const inputName = 'features';
export const outputName = 'prediction';

export interface ModelDescription {
  /** As many as the model takes, in its order. */
  readonly features: readonly TrainingFeature[];
  readonly calibration?: Calibration;
  /** Whatever else should stand in the file: seed, hash of the training set. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** @throws RangeError when the features are not those of the model, or a regression has a calibration */
export function exportModel(model: TrainedModel, description: ModelDescription): Uint8Array {
  const { features, calibration, metadata = {} } = description;
  const width = widthOf(model);
  if (features.length !== width) {
    throw new RangeError(`features: expected ${width}, got ${features.length}`);
  }
  if (calibration !== undefined && model.task !== 'binary') {
    throw new RangeError(`calibration: expected none for a ${model.task}`);
  }
  const graph = graphBuilder();
  calibrationGraph(graph, model.task, calibration, scoreGraph(graph, model));
  return onnxBytes(
    graph.build(
      { name: inputName, width },
      { name: outputName, width: 1 },
      {
        ...metadata,
        features: canonicalJson(features),
        kind: model.kind,
        task: model.task,
      },
    ),
  );
}

function scoreGraph(graph: GraphBuilder, model: TrainedModel): string {
  if (model.kind === 'trees') return treesGraph(graph, model.trees, inputName);
  const encoded = encodingGraph(graph, model.encoding, inputName);
  switch (model.kind) {
    case 'linear':
      return denseGraph(graph, { weights: model.weights, biases: [model.bias] }, encoded);
    case 'network':
      return model.layers.reduce(
        (input, layer, i) => denseGraph(graph, layer, i === 0 ? input : graph.add('Relu', [input])),
        encoded,
      );
    case 'machine':
      return machineGraph(graph, model, encoded);
  }
}

function denseGraph(
  graph: GraphBuilder,
  { weights, biases }: { weights: NetworkLayer['weights']; biases: ArrayLike<number> },
  input: string,
): string {
  const outputs = biases.length;
  return graph.add('Gemm', [
    input,
    graph.floats(weights, [weights.length / outputs, outputs]),
    graph.floats(biases, [outputs]),
  ]);
}

/** Rendle 2010, lemma 3.1. */
function machineGraph(graph: GraphBuilder, model: MachineModel, input: string): string {
  const columns = encodedWidth(model.encoding);
  const dims = [columns, model.factors.length / columns];
  const linear = denseGraph(graph, { weights: model.weights, biases: [model.bias] }, input);
  const sums = graph.add('MatMul', [input, graph.floats(model.factors, dims)]);
  const squares = graph.add('MatMul', [
    graph.add('Mul', [input, input]),
    graph.floats(
      model.factors.map((factor) => factor * factor),
      dims,
    ),
  ]);
  const products = graph.add('Sub', [graph.add('Mul', [sums, sums]), squares]);
  const total = graph.add('ReduceSum', [products, graph.integers([1])]);
  return graph.add('Add', [linear, graph.add('Mul', [total, graph.floats([0.5], [1])])]);
}
