/**
 * A small neural network: one or two hidden layers in which everything below 0 becomes 0, trained by Adam.
 *
 * Source: Rumelhart, Hinton & Williams 1986 (back-propagation); He et al. 2015 (weights at first); Kingma & Ba 2015.
 */
import { normal, randomState } from '../../stats/random.ts';
import { type Parameter, parametersOf } from '../spec.ts';
import type { TrainingControl } from '../training/control.ts';
import { objectives } from '../training/objective.ts';
import type { NetworkLayer, NetworkModel } from '../training/trainedModel.ts';
import type { TrainingSet } from '../training/trainingSet.ts';
import { descend } from './descend.ts';
import { type DescentParameters, descentParameters } from './descentParameters.ts';
import { type PreparedRows, prepareRows } from './preparedRows.ts';

export type NetworkParameters = DescentParameters & {
  readonly hidden: number;
  readonly hidden2: number;
};

export const networkParameters: { readonly [Name in keyof NetworkParameters]: Parameter } = {
  hidden: {
    default: 32,
    range: [1, 512],
    unit: '',
    whole: true,
    summary: 'units of the first hidden layer',
  },
  hidden2: {
    default: 16,
    range: [0, 512],
    unit: '',
    whole: true,
    summary: 'units of the second; 0 for none',
  },
  ...descentParameters,
};

export interface TrainedNetwork extends NetworkModel {
  readonly losses: Float64Array;
}

/** Where the numbers of a layer stand among all. */
interface Place {
  readonly inputs: number;
  readonly outputs: number;
  /** Weights, inputs × outputs, then biases. */
  readonly at: number;
}

/** @throws RangeError for a parameter; EngineError TRAINING_IMPOSSIBLE, TRAINING_CANCELLED */
export function trainNetwork(
  set: TrainingSet,
  given: Partial<NetworkParameters> = {},
  control: TrainingControl = {},
): TrainedNetwork {
  const rules = parametersOf<NetworkParameters>(networkParameters, given);
  const rows = prepareRows(set, rules.validationShare);
  const random = randomState(rules.seed);
  const places = placesOf([rows.width, rules.hidden, rules.hidden2, 1].filter((size) => size > 0));
  const parameters = new Float64Array(sizeOf(places));
  const decays = new Uint8Array(parameters.length);
  for (const { inputs, outputs, at } of places) {
    const spread = Math.sqrt(2 / inputs);
    for (let i = at; i < at + inputs * outputs; i += 1) parameters[i] = spread * normal(random);
    decays.fill(1, at, at + inputs * outputs);
  }
  if (set.task === 'binary') parameters[parameters.length - 1] = rows.start;
  const pass = passes(places);
  const { derivatives } = objectives[set.task];
  const one = { score: new Float64Array(1), label: new Float64Array(1), into: new Float64Array(2) };
  const losses = descend(
    {
      parameters,
      decays,
      rows: rows.learnt.labels.length,
      weight: rows.meanWeight,
      addGradient(row, values, gradient) {
        one.score[0] = pass.forward(values, rows.columns, row * rows.width);
        one.label[0] = rows.label(row);
        derivatives(one.score, one.label, undefined, one.into);
        const weight = rows.learnt.weights === undefined ? 1 : rows.learnt.weights[row]!;
        pass.backward(values, gradient, weight * one.into[0]!);
      },
      judge: (values) => rows.judge((columns, at) => pass.forward(values, columns, at)),
    },
    rules,
    random,
    control,
  );
  return {
    kind: 'network',
    task: set.task,
    encoding: rows.encoding,
    layers: layersOf(parameters, places, rows, set.task === 'regression'),
    losses,
  };
}

function placesOf(sizes: readonly number[]): Place[] {
  let at = 0;
  return sizes.slice(1).map((outputs, i) => {
    const place = { inputs: sizes[i]!, outputs, at };
    at += (place.inputs + 1) * outputs;
    return place;
  });
}

function sizeOf(places: readonly Place[]): number {
  return places.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);
}

/** Forward and backward through the layers; `backward` is for the row that went forward last. */
function passes(places: readonly Place[]) {
  const inputs = places.map((place) => new Float64Array(place.inputs));
  const slopes = places.map((place) => new Float64Array(place.outputs));
  const last = new Float64Array(1);
  return {
    forward(values: Float64Array, columns: Float64Array, from: number): number {
      const first = inputs[0]!;
      for (let i = 0; i < first.length; i += 1) first[i] = columns[from + i]!;
      for (let layer = 0; layer < places.length; layer += 1) {
        const { outputs, at } = places[layer]!;
        const input = inputs[layer]!;
        const isLast = layer === places.length - 1;
        const output = isLast ? last : inputs[layer + 1]!;
        const biases = at + input.length * outputs;
        for (let to = 0; to < outputs; to += 1) output[to] = values[biases + to]!;
        for (let i = 0, w = at; i < input.length; i += 1, w += outputs) {
          const x = input[i]!;
          if (x === 0) continue;
          for (let to = 0; to < outputs; to += 1) output[to]! += x * values[w + to]!;
        }
        if (isLast) continue;
        for (let to = 0; to < outputs; to += 1) if (output[to]! < 0) output[to] = 0;
      }
      return last[0]!;
    },

    backward(values: Float64Array, gradient: Float64Array, slope: number): void {
      slopes.at(-1)![0] = slope;
      for (let layer = places.length - 1; layer >= 0; layer -= 1) {
        const { outputs, at } = places[layer]!;
        const input = inputs[layer]!;
        const above = slopes[layer]!;
        const below = layer === 0 ? undefined : slopes[layer - 1]!;
        const biases = at + input.length * outputs;
        for (let to = 0; to < outputs; to += 1) gradient[biases + to]! += above[to]!;
        for (let i = 0, w = at; i < input.length; i += 1, w += outputs) {
          const x = input[i]!;
          let sum = 0;
          // A unit at 0 neither learns nor passes on.
          if (x !== 0) {
            for (let to = 0; to < outputs; to += 1) {
              gradient[w + to]! += x * above[to]!;
              sum += values[w + to]! * above[to]!;
            }
          }
          if (below !== undefined) below[i] = sum;
        }
      }
    },
  };
}

function layersOf(
  parameters: Float64Array,
  places: readonly Place[],
  { start, scale }: PreparedRows,
  isRegression: boolean,
): NetworkLayer[] {
  return places.map(({ inputs, outputs, at }, i) => {
    const weights = parameters.slice(at, at + inputs * outputs);
    const biases = parameters.slice(at + inputs * outputs, at + (inputs + 1) * outputs);
    if (!isRegression || i < places.length - 1) return { weights, biases };
    // Back to the unit of the labels.
    return {
      weights: weights.map((weight) => weight * scale),
      biases: biases.map((bias) => bias * scale + start),
    };
  });
}
