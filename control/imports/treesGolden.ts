/**
 * Golden rows of trees from elsewhere: on each threshold and the float32 above it, at each code, at zero and missing, in turn; so that
 * every way through a tree that a wrong comparison would miss is taken by some row.
 */
import { predictRow, type TreesModel } from '../../models/training/trainedModel.ts';
import { nextBelow } from '../../models/trees/roundDown.ts';
import { below, randomState } from '../../stats/random.ts';
import type { GoldenSample } from '../gates/gateInput.ts';

const rows = 256;

/** The same trees always have the same. */
export function treesGolden(model: TreesModel): GoldenSample {
  const { trees } = model;
  const { width } = trees;
  const places = placesOf(model);
  const random = randomState(1);
  const values = new Float32Array(rows * width);
  for (let row = 0; row < rows; row += 1) {
    for (let feature = 0; feature < width; feature += 1) {
      const candidates = places[feature]!;
      values[row * width + feature] = candidates[below(random, candidates.length)]!;
    }
  }
  const predict = predictRow(model);
  return {
    rows: values,
    predictions: Float64Array.from({ length: rows }, (_, row) => predict(values, row * width)),
  };
}

/** By feature, values worth asking. */
function placesOf({ trees }: TreesModel): number[][] {
  const places = Array.from({ length: trees.width }, () => new Set<number>([0, NaN]));
  for (const [node, feature] of trees.features.entries()) {
    const threshold = trees.thresholds[node]!;
    if (Number.isFinite(threshold)) {
      places[feature]!.add(threshold);
      places[feature]!.add(-nextBelow(-threshold));
    }
    for (let i = trees.setStarts[node]!; i < trees.setEnds[node]!; i += 1) {
      places[feature]!.add(trees.members[i]!);
      places[feature]!.add(trees.members[i]! + 1);
    }
  }
  return places.map((each) => [...each].filter((place) => !(Math.abs(place) > 3.4e38)));
}
