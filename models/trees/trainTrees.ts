/**
 * Gradient-boosted trees over histograms, for probabilities and numbers: each tree is a Newton step on the loss of those before it.
 *
 * The latest rows say when to stop. The same rows, parameters and seed give the same bytes.
 *
 * Source: Friedman 2001 and 2002 (boosting, its stochastic form); Ke et al. 2017, "LightGBM".
 */
import { EngineError } from '../../contracts/errors.ts';
import { randomState, uint32 } from '../../stats/random.ts';
import { parametersOf } from '../spec.ts';
import { type TrainingControl, throwIfCancelled } from '../training/control.ts';
import { meanLoss, type Objective, objectives } from '../training/objective.ts';
import type { TreesModel } from '../training/trainedModel.ts';
import { checkTrainingSet, rowsOf, type TrainingSet } from '../training/trainingSet.ts';
import { addByBins, addByLeaf } from './addTree.ts';
import { binRows } from './binRows.ts';
import { type FeatureBins, featureBins } from './featureBins.ts';
import { type GrownTree, treeGrower } from './growTree.ts';
import { samplePlaces, sampleRows } from './sample.ts';
import { firstTrees } from './treeEnsemble.ts';
import { type TreesBuilder, treesBuilder } from './treesBuilder.ts';
import { type TreesParameters, treesParameters } from './treesParameters.ts';

export interface TrainedTrees extends TreesModel {
  /** By how much the splits of each feature lowered the loss, in shares of 1. */
  readonly importance: Float64Array;
  /** Mean loss after each tree that was tried: of the rows that were kept aside, else of a sample of the training rows. */
  readonly losses: Float64Array;
}

/** The largest float32: every value is at most that, a missing one is not. */
const largest = 3.4028234663852886e38;

/**
 * @throws RangeError for a parameter; EngineError TRAINING_IMPOSSIBLE for a set that cannot be learnt from, TRAINING_CANCELLED
 */
export function trainTrees(
  set: TrainingSet,
  given: Partial<TreesParameters> = {},
  control: TrainingControl = {},
): TrainedTrees {
  const parameters = parametersOf<TreesParameters>(treesParameters, given);
  checkTrainingSet(set);
  const { task, features } = set;
  const objective = objectives[task];
  const rows = set.labels.length;
  const kept = Math.floor(rows * parameters.validationShare);
  const learnt = rowsOf(set, 0, rows - kept);
  const judged = rowsOf(set, rows - kept, rows);
  if (kept > 0) checkTrainingSet(learnt);

  const bins = featureBins(learnt, parameters.bins).filter(({ count }) => count > 1);
  if (bins.length === 0) {
    throw new EngineError('TRAINING_IMPOSSIBLE', 'no feature can be split: each has one bin');
  }
  const binned = binRows(learnt, bins);
  const judgedBins = binRows(judged, bins);
  const monotone = bins.map(({ column }) => features[column]!.monotone ?? 0);
  const grower = treeGrower(binned, bins, monotone, parameters);
  const random = randomState(parameters.seed);

  const start = Math.fround(objective.start(learnt.labels, learnt.weights));
  const scores = new Float64Array(learnt.labels.length).fill(start);
  const judgedScores = new Float64Array(kept).fill(start);
  const derivatives = new Float64Array(2 * scores.length);
  const builder = treesBuilder();
  const importances: Float64Array[] = [];
  const losses: number[] = [];
  let best = 0;
  let bestLoss =
    kept > 0 ? meanLoss(objective, judgedScores, judged.labels, judged.weights) : Infinity;

  for (let round = 1; round <= parameters.rounds; round += 1) {
    throwIfCancelled(control);
    objective.derivatives(scores, learnt.labels, learnt.weights, derivatives);
    const sample = sampleRows(random, scores.length, parameters.rowShare);
    const places = samplePlaces(random, bins.length, parameters.featureShare);
    const tree = grower.grow(derivatives, sample, places, uint32(random));
    if (tree === undefined) {
      // Of other rows and features there may be a tree.
      if (parameters.rowShare < 1 || parameters.featureShare < 1) continue;
      break;
    }
    const values = tree.values.map((value) => Math.fround(value * parameters.learningRate));
    importances.push(buildTree(builder, tree, values, bins));
    if (sample.length === scores.length) addByLeaf(scores, tree, values, sample);
    else addByBins(scores, tree, values, binned, bins);
    addByBins(judgedScores, tree, values, judgedBins, bins);
    const loss =
      kept > 0
        ? meanLoss(objective, judgedScores, judged.labels, judged.weights)
        : sampledLoss(objective, scores, learnt);
    losses.push(loss);
    control.onProgress?.({ round, rounds: parameters.rounds, loss });
    if (kept === 0 || loss < bestLoss) {
      bestLoss = loss;
      best = losses.length;
    } else if (losses.length - best >= parameters.patience) {
      break;
    }
  }
  return {
    kind: 'trees',
    task,
    trees: firstTrees(builder.build(features.length, start), best),
    importance: sharesOf(importances.slice(0, best), features.length),
    losses: Float64Array.from(losses),
  };
}

/** Rows of the sample, evenly over time. */
const lossRows = 10_000;

function sampledLoss(objective: Objective, scores: Float64Array, set: TrainingSet): number {
  const step = Math.ceil(scores.length / lossRows);
  let sum = 0;
  let total = 0;
  for (let row = 0; row < scores.length; row += step) {
    const weight = set.weights === undefined ? 1 : set.weights[row]!;
    sum += weight * objective.loss(scores[row]!, set.labels[row]!);
    total += weight;
  }
  return sum / total;
}

/** @returns by how much each feature lowered the loss, by column */
function buildTree(
  builder: TreesBuilder,
  tree: GrownTree,
  values: readonly number[],
  bins: readonly FeatureBins[],
): Float64Array {
  const importance = new Float64Array(1 + Math.max(...bins.map(({ column }) => column)));
  builder.begin();
  const nodes = tree.splits.map((split) => {
    const { column, bounds, codes } = bins[split.place]!;
    importance[column]! += split.gain;
    return builder.node({
      feature: column,
      threshold: split.bin < 0 ? NaN : (bounds[split.bin] ?? largest),
      missingYes: split.missingYes,
      members: split.members.map((bin) => codes[bin - 1]!),
    });
  });
  const leaves = values.map((value) => builder.leaf(value));
  const childOf = (child: number) => (child < 0 ? leaves[~child]! : nodes[child]!);
  for (const [i, node] of nodes.entries()) {
    builder.connect(node, childOf(tree.yes[i]!), childOf(tree.no[i]!));
  }
  return importance;
}

function sharesOf(importances: readonly Float64Array[], width: number): Float64Array {
  const sums = new Float64Array(width);
  let total = 0;
  for (const each of importances) {
    for (let column = 0; column < each.length; column += 1) {
      sums[column]! += each[column]!;
      total += each[column]!;
    }
  }
  return total > 0 ? sums.map((sum) => sum / total) : sums;
}
