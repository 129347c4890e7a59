/**
 * A small neural network: one or two hidden layers in which everything below 0 becomes 0, trained by Adam.
 *
 * Source: Rumelhart, Hinton & Williams 1986 (back-propagation); He et al. 2015 (weights at first); Kingma & Ba 2015.
 */
import { normal, randomState } from '../../stats/random.ts';
import { type Parameter, parametersOf } from '../spec.ts';
import type { TrainingControl } from '../training/control.ts';
import type { NetworkLayer, NetworkModel } from '../training/trainedModel.ts';
import type { TrainingSet } from '../training/trainingSet.ts';
import { descend } from './descend.ts';
import { type DescentParameters, descentParameters } from './descentParameters.ts';
import { networkPasses, type Place, placesOf, sizeOf } from './networkPasses.ts';
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
  const losses = descend(
    rows,
    networkPasses(places),
    { parameters, decays },
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
