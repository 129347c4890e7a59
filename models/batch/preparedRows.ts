/** Rows encoded once for training by epochs: those to learn from, and the latest, kept aside to say when to stop. */
import { EngineError } from '../../contracts/errors.ts';
import { meanLoss, objectives } from '../training/objective.ts';
import { checkTrainingSet, rowsOf, type TrainingSet } from '../training/trainingSet.ts';
import { type Encoding, encodedWidth, encodeRows, fitEncoding } from './encoding.ts';

export interface PreparedRows {
  readonly encoding: Encoding;
  readonly width: number;
  readonly learnt: TrainingSet;
  /** Row-major, of the rows to learn from. */
  readonly columns: Float64Array;
  /** The best constant score; labels of a regression are taken in units of {@link PreparedRows.scale} around it. */
  readonly start: number;
  readonly scale: number;
  readonly meanWeight: number;
  /** Mean loss of the rows kept aside, else of those learnt, in the unit of training. */
  judge(scoreOf: (columns: Float64Array, at: number) => number): number;
  label(row: number): number;
}

/** @throws EngineError TRAINING_IMPOSSIBLE */
export function prepareRows(set: TrainingSet, validationShare: number): PreparedRows {
  checkTrainingSet(set);
  const rows = set.labels.length;
  const kept = Math.floor(rows * validationShare);
  const learnt = rowsOf(set, 0, rows - kept);
  if (kept > 0) checkTrainingSet(learnt);
  const judged = kept > 0 ? rowsOf(set, rows - kept, rows) : learnt;
  const encoding = fitEncoding(learnt);
  const width = encodedWidth(encoding);
  if (width === 0) throw new EngineError('TRAINING_IMPOSSIBLE', 'no feature varies enough');
  const columns = encodeRows(encoding, learnt);
  const judgedColumns = kept > 0 ? encodeRows(encoding, judged) : columns;
  const objective = objectives[set.task];
  const start = objective.start(learnt.labels, learnt.weights);
  const isRegression = set.task === 'regression';
  const scale = isRegression ? deviationOf(learnt.labels, start) : 1;
  const scaled = (labels: Float64Array) =>
    isRegression ? labels.map((label) => (label - start) / scale) : labels;
  const labels = scaled(learnt.labels);
  const judgedLabels = scaled(judged.labels);
  const scores = new Float64Array(judgedLabels.length);
  const { weights } = learnt;
  return {
    encoding,
    width,
    learnt,
    columns,
    start,
    scale,
    meanWeight:
      weights === undefined ? 1 : weights.reduce((sum, each) => sum + each, 0) / weights.length,
    judge(scoreOf) {
      for (let row = 0; row < scores.length; row += 1) {
        scores[row] = scoreOf(judgedColumns, row * width);
      }
      return meanLoss(objective, scores, judgedLabels, judged.weights);
    },
    label: (row) => labels[row]!,
  };
}

function deviationOf(labels: Float64Array, mean: number): number {
  let squares = 0;
  for (const label of labels) squares += (label - mean) * (label - mean);
  return Math.sqrt(squares / labels.length) || 1;
}
