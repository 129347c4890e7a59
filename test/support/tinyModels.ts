/** One small model of each kind, with fixed numbers, a numeric and a categorical feature. */
import type { Encoding } from '../../models/batch/encoding.ts';
import type { Calibration } from '../../models/calibration/calibration.ts';
import type { TrainedModel } from '../../models/training/trainedModel.ts';
import type { TrainingFeature } from '../../models/training/trainingSet.ts';
import { roundDown } from '../../models/trees/roundDown.ts';
import { treesBuilder } from '../../models/trees/treesBuilder.ts';

export const tinyFeatures: readonly TrainingFeature[] = [
  { name: 'minutes', kind: 'numeric', monotone: 1 },
  { name: 'device', kind: 'categorical' },
];

const encoding: Encoding = {
  width: 2,
  numeric: Int32Array.of(0),
  centres: Float32Array.of(10),
  scales: Float32Array.of(0.25),
  categorical: Int32Array.of(1, 1),
  codes: Float32Array.of(2, 70),
};

function tinyTrees() {
  const builder = treesBuilder();
  builder.begin();
  const root = builder.node({
    feature: 0,
    threshold: roundDown(0.1),
    missingYes: true,
    members: [],
  });
  const below = builder.node({ feature: 1, threshold: NaN, missingYes: false, members: [2, 70] });
  builder.connect(root, below, builder.leaf(0.5));
  builder.connect(below, builder.leaf(-0.25), builder.leaf(0.125));
  builder.begin();
  const stump = builder.node({ feature: 0, threshold: 12, missingYes: false, members: [] });
  builder.connect(stump, builder.leaf(-1), builder.leaf(1));
  return builder.build(2, 0.25);
}

export const tinyModels: Readonly<Record<string, TrainedModel>> = {
  trees: { kind: 'trees', task: 'binary', trees: tinyTrees() },
  'no-tree': { kind: 'trees', task: 'binary', trees: treesBuilder().build(2, 0.25) },
  'trees-of-numbers': { kind: 'trees', task: 'regression', trees: tinyTrees() },
  linear: {
    kind: 'linear',
    task: 'binary',
    encoding,
    weights: Float64Array.of(0.5, -1, 2),
    bias: 0.1,
  },
  network: {
    kind: 'network',
    task: 'binary',
    encoding,
    layers: [
      { weights: Float64Array.of(1, -1, 0.5, 0.25, -2, 1), biases: Float64Array.of(0, 0.1) },
      { weights: Float64Array.of(1, -0.5), biases: Float64Array.of(0.2) },
    ],
  },
  machine: {
    kind: 'machine',
    task: 'binary',
    encoding,
    bias: -0.1,
    weights: Float64Array.of(0.5, -1, 2),
    factors: Float64Array.of(1, 0.5, -1, 0.25, 0.5, 2),
  },
};

export const tinyCalibrations: Readonly<Record<string, Calibration>> = {
  platt: { kind: 'platt', slope: 0.8, offset: -0.2 },
  beta: { kind: 'beta', a: 0.9, b: 1.2, c: 0.1 },
  isotonic: {
    kind: 'isotonic',
    from: Float32Array.of(0.2, 0.4, 0.5, 0.9),
    to: Float32Array.of(0.1, 0.35, 0.5, 0.8),
  },
};

/** Pairs of values: on the boundaries, beyond, missing, codes known and not. */
export const tinyRows: Float32Array = Float32Array.from(
  [roundDown(0.1), Math.fround(0.1), -3, 0, 5, 12, Math.fround(12.000001), 40, NaN].flatMap(
    (minutes) => [0, 2, 3, 69, 70, 71, 1e6, NaN].flatMap((device) => [minutes, device]),
  ),
);
