/**
 * A batch model of the past, the online learner, and both combined: log loss and AUC on what comes later.
 *
 * Each stream is passed once by the online learner, which logs its examples. On those of the first 60 % batch models are trained;
 * trees that are `retrained` are trained again at 70, 80 and 90 %. Each learns from the latest 400,000 rows before. Combiners start
 * anew with every model, and learn as they go. All figures are of the last 40 %; differences are the ensemble's less the online
 * learner's, with 95 % intervals clustered by user.
 *
 * Features, combiner and defaults of the trainers were chosen on the first 60 % of `file`, the first 60 % of `rounds`, and on campuses
 * of seeds 11 and 12. Early answers of later students of `file` are among those of `rounds`.
 *
 * `--full` takes all of ASSISTments 2017, otherwise its first 200,000 answers; `rounds` and `file` are told in `answerStreams.ts`.
 */
import { sigmoid } from '../models/features.ts';
import { combiner } from '../models/stacking/combiner.ts';
import { replay } from '../models/stacking/replay.ts';
import { rankAuc } from '../stats/rankAuc.ts';
import { type AnswerStream, campusOrder, fileOrder, inRounds } from './ensemble/answerStreams.ts';
import { logExamples } from './ensemble/logExamples.ts';
import { aucDifference, lossDifference, lossesOf } from './ensemble/pairedDifference.ts';
import { walkForward } from './ensemble/walkForward.ts';
import type { Figures, Size } from './run.ts';

const rowsMax = 400_000;
/** Shares of a stream at which the trees are trained, and the others once. */
const trainings = [0.6, 0.7, 0.8, 0.9];

/** Every stream of a size; nothing was chosen on the campus of this seed. */
export function* streamsOf({ full, most }: Size): Generator<AnswerStream> {
  yield campusOrder({ seed: 21, students: full ? 300 : 60, days: full ? 28 : 14 });
  const file = fileOrder(most ? Infinity : full ? 200_000 : 12_000);
  if (file === undefined) return;
  yield file;
  yield inRounds(file.answers);
}

/** Figures of one stream, each under its name. */
export function judge(
  { name: stream, answers, truth }: AnswerStream,
  trainers: readonly string[],
): Figures {
  const examples = logExamples(answers);
  const rows = answers.length;
  const places = trainings.map((share) => Math.floor(rows * share));
  const from = places[0]!;
  const labels = examples.labels.slice(from);
  const users = examples.users.slice(from);
  const online = examples.online.slice(from);
  const onlineAlone = online.map(sigmoid);
  const figures: Record<string, number> = {
    [`${stream}_rows`]: rows,
    [`${stream}_judged_rows`]: rows - from,
    [`${stream}_judged_users`]: new Set(users).size,
  };
  const add = (name: string, probabilities: Float64Array) => {
    figures[`${stream}_loss_${name}`] = meanOf(lossesOf(probabilities, labels));
    figures[`${stream}_auc_${name}`] = rankAuc(probabilities, labels);
  };
  /** @param starts rows at which another model begins, and another combiner with it */
  const addEnsemble = (name: string, base: Float64Array, starts: readonly number[]) => {
    const ensemble = new Float64Array(base.length);
    for (const [block, start] of starts.entries()) {
      const part = (values: Float64Array) => {
        return values.subarray(start - from, (starts[block + 1] ?? rows) - from);
      };
      const combined = { base: part(base), online: part(online), labels: part(labels) };
      ensemble.set(replay(combiner, combined), start - from);
    }
    add(`${name}_batch`, base.map(sigmoid));
    add(`${name}_ensemble`, ensemble);
    const pair = { first: ensemble, second: onlineAlone, labels, users };
    for (const [figure, { estimate, lower, upper }] of [
      ['loss_difference', lossDifference(pair)],
      ['auc_difference', aucDifference(pair)],
    ] as const) {
      figures[`${stream}_${figure}_${name}`] = estimate;
      figures[`${stream}_${figure}_${name}_lower`] = lower;
      figures[`${stream}_${figure}_${name}_upper`] = upper;
    }
  };
  if (truth !== undefined) add('truth', truth.slice(from).map(bounded));
  add('online', onlineAlone);
  for (const trainer of trainers) {
    const trainedAt = trainer === 'trees' ? places : [from];
    const { base, once, seconds } = walkForward(examples, { trainer, trainedAt, rowsMax });
    if (trainedAt.length > 1) addEnsemble(`${trainer}_retrained`, base, trainedAt);
    addEnsemble(trainer, once, [from]);
    figures[`${stream}_training_cpu_s_${trainer}`] = seconds;
  }
  return figures;
}

/** A bot is always right: its answers have the probability 1, or none. */
function bounded(probability: number): number {
  return Number.isNaN(probability) ? 1 - 1e-6 : Math.min(Math.max(probability, 1e-6), 1 - 1e-6);
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export async function run(size: Size): Promise<Figures> {
  // Small: the network alone takes longer than all else.
  const trainers = ['trees', 'linear', ...(size.full ? ['network'] : [])];
  const figures: Record<string, number | string> = { data: 'campus' };
  for (const stream of streamsOf(size)) {
    if (stream.name === 'file') figures['data'] = 'campus, assistments2017';
    Object.assign(figures, judge(stream, trainers));
  }
  return figures;
}
