/**
 * A factorization machine on whole training sets: a weight for each column and, for each pair of columns, the product of their factors.
 *
 * The online one is `factors/factorizationMachine.ts`. Source: Rendle 2010, eq. 1 and lemma 3.1; Kingma & Ba 2015.
 */
import { normal, randomState } from '../../stats/random.ts';
import { type Parameter, parametersOf } from '../spec.ts';
import type { TrainingControl } from '../training/control.ts';
import type { MachineModel } from '../training/trainedModel.ts';
import type { TrainingSet } from '../training/trainingSet.ts';
import { descend } from './descend.ts';
import { type DescentParameters, descentParameters } from './descentParameters.ts';
import { machinePasses } from './machinePasses.ts';
import { prepareRows } from './preparedRows.ts';

export type BatchMachineParameters = DescentParameters & {
  readonly factors: number;
  readonly spread: number;
};

export const batchMachineParameters: {
  readonly [Name in keyof BatchMachineParameters]: Parameter;
} = {
  factors: { default: 8, range: [1, 64], unit: '', whole: true, summary: 'dimensions' },
  spread: { default: 0.05, range: [0, 10], unit: '', summary: 'size of factors at first' },
  ...descentParameters,
};

export interface TrainedMachine extends MachineModel {
  readonly losses: Float64Array;
}

/** @throws RangeError for a parameter; EngineError TRAINING_IMPOSSIBLE, TRAINING_CANCELLED */
export function trainMachine(
  set: TrainingSet,
  given: Partial<BatchMachineParameters> = {},
  control: TrainingControl = {},
): TrainedMachine {
  const rules = parametersOf<BatchMachineParameters>(batchMachineParameters, given);
  const rows = prepareRows(set, rules.validationShare);
  const { width } = rows;
  const size = rules.factors;
  const random = randomState(rules.seed);
  // In the order of `machinePasses`.
  const weightsAt = width * size;
  const biasAt = weightsAt + width;
  const parameters = new Float64Array(biasAt + 1);
  for (let i = 0; i < weightsAt; i += 1) parameters[i] = rules.spread * normal(random);
  if (set.task === 'binary') parameters[biasAt] = rows.start;
  const decays = new Uint8Array(parameters.length).fill(1, 0, biasAt);
  const passes = machinePasses(width, size);
  const losses = descend(rows, passes, { parameters, decays }, rules, random, control);
  // Back to the unit of the labels: factors by its root, as they come in pairs.
  const isRegression = set.task === 'regression';
  const scale = isRegression ? rows.scale : 1;
  const root = Math.sqrt(scale);
  return {
    kind: 'machine',
    task: set.task,
    encoding: rows.encoding,
    bias: parameters[biasAt]! * scale + (isRegression ? rows.start : 0),
    weights: parameters.slice(weightsAt, biasAt).map((weight) => weight * scale),
    factors: parameters.slice(0, weightsAt).map((factor) => factor * root),
    losses,
  };
}
