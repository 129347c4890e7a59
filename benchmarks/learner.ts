/**
 * The answer model alone: one pass in file order, each answer predicted before it is learnt, users split over two models
 * that know nothing of each other.
 *
 * AUC and log loss pool the predictions of both. The baseline is the smoothed success rate of the item so far, likewise
 * per model. Features and parameters were chosen on the first 511 students (`auc_first`); `auc` is the whole file.
 */
import { numbersOf } from '../contracts/batch.ts';
import { bytesOf } from '../contracts/bytes.ts';
import { partitionOf } from '../contracts/hash.ts';
import { createAnswerModel } from '../models/answer/answerModel.ts';
import { InternDictionary } from '../operators/state/internDictionary.ts';
import { createStateTables } from '../operators/state/stateTables.ts';
import { prequential } from '../stats/prequential.ts';
import { rankAuc } from '../stats/rankAuc.ts';
import {
  type Answer,
  answerBatch,
  assistmentsAnswers,
  simulatedAnswers,
} from './support/answers.ts';

const partitions = 2;
const batchLength = 4096;
const encoder = new TextEncoder();

/** Positions of the answers of each partition, in order. */
function split(answers: readonly Answer[]): number[][] {
  const parts: number[][] = Array.from({ length: partitions }, () => []);
  answers.forEach(({ user }, position) => {
    const bytes = encoder.encode(user);
    parts[partitionOf(bytesOf(bytes), 0, bytes.length, partitions)]!.push(position);
  });
  return parts;
}

/** Fills `probabilities` at the positions; returns the milliseconds spent in predict and learn. */
function learn(
  answers: readonly Answer[],
  positions: readonly number[],
  probabilities: Float64Array,
): number {
  const dictionary = new InternDictionary();
  const model = createAnswerModel(createStateTables(dictionary));
  let spent = 0;
  for (let first = 0; first < positions.length; first += batchLength) {
    const rows = positions.slice(first, first + batchLength);
    const batch = answerBatch(
      rows.map((position) => answers[position]!),
      dictionary,
    );
    const labels = numbersOf(batch, 'value');
    const predicted = new Float64Array(batch.length);
    const started = performance.now();
    for (let row = 0; row < batch.length; row += 1) {
      predicted[row] = model.predict(batch, row);
      model.learn(batch, row, labels[row]!);
    }
    spent += performance.now() - started;
    rows.forEach((position, row) => {
      probabilities[position] = predicted[row]!;
    });
  }
  return spent;
}

/** Success rate of the item so far, half a success in one answer to begin with. */
function itemRates(
  answers: readonly Answer[],
  positions: readonly number[],
  rates: Float64Array,
): void {
  const items = new Map<string, { count: number; successes: number }>();
  for (const position of positions) {
    const { item = '', correct } = answers[position]!;
    const state = items.get(item) ?? { count: 1, successes: 0.5 };
    items.set(item, state);
    rates[position] = state.successes / state.count;
    state.count += 1;
    state.successes += correct;
  }
}

/** Answers of the first 30 % of the users, in order of appearance. */
function development(answers: readonly Answer[]): number {
  const users = new Set(answers.map(({ user }) => user));
  const kept = new Set([...users].slice(0, Math.floor(users.size * 0.3)));
  const end = answers.findIndex(({ user }) => !kept.has(user));
  return end < 0 ? answers.length : end;
}

export async function run({ full }: { full: boolean }): Promise<Record<string, number | string>> {
  const real = assistmentsAnswers();
  const all = real ?? simulatedAnswers(200_000, 7);
  const answers = full ? all : all.slice(0, 20_000);
  const labels = Uint8Array.from(answers, ({ correct }) => correct);
  const probabilities = new Float64Array(answers.length);
  const rates = new Float64Array(answers.length);
  let spent = 0;
  for (const positions of split(answers)) {
    spent += learn(answers, positions, probabilities);
    itemRates(answers, positions, rates);
  }
  const quality = prequential.initial();
  probabilities.forEach((probability, i) => {
    prequential.step(quality, { probability, label: labels[i]! });
  });
  const { logLoss, brier, accuracy, calibrationError, auc } = prequential.read(quality);
  const first = development(answers);
  return {
    data: real === undefined ? 'simulated' : 'assistments2017',
    rows: answers.length,
    partitions,
    auc: rankAuc(probabilities, labels),
    auc_from_bins: auc,
    auc_first: rankAuc(probabilities.subarray(0, first), labels.subarray(0, first)),
    baseline_auc: rankAuc(rates, labels),
    log_loss: logLoss,
    brier,
    accuracy,
    ece: calibrationError,
    events_per_s: answers.length / (spent / 1000),
    us_per_event: (spent * 1000) / answers.length,
  };
}
