/** Finds the examples from which nothing can be learnt, and says how many they are and why. */
import type { Task, TrainingFeature } from '../../models/training/trainingSet.ts';
import { type ExampleContents, rowState } from './readExamples.ts';

/** By why they are left out, in the order in which it is asked. */
const sentences = {
  gone: (count: string) => `${count} gone while they were read, and left out.`,
  misshapen: (count: string) => `${count} with another number of features left out.`,
  label: (count: string) => `${count} with a label that is none left out.`,
  weight: (count: string) => `${count} with a weight that is no number above 0 left out.`,
  feature: (count: string) => `${count} with a feature that is infinite, or no code, left out.`,
  prediction: (count: string) => `${count} whose prediction is no number left out.`,
} as const;
type Reason = keyof typeof sentences;

/** Codes from here on are not exact in float32, and larger labels overflow: see `checkTrainingSet`. */
const codesMax = 2 ** 24;
const labelMax = 1e30;

export interface SoundRows {
  /** Rows that are kept, ascending. */
  readonly kept: Int32Array;
  readonly repairs: string[];
}

export function soundRows(
  contents: ExampleContents,
  features: readonly TrainingFeature[],
  task: Task,
): SoundRows {
  const rows = contents.state.length;
  const kept = new Int32Array(rows);
  const counts = new Map<Reason, number>();
  const isCode = Uint8Array.from(features, ({ kind }) => Number(kind === 'categorical'));
  let count = 0;
  for (let row = 0; row < rows; row += 1) {
    const reason = whyNot(contents, row, isCode, task);
    if (reason === undefined) kept[count++] = row;
    else counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const repairs = (Object.keys(sentences) as Reason[]).flatMap((reason) => {
    const left = counts.get(reason);
    if (left === undefined) return [];
    return [
      sentences[reason](`${left.toLocaleString('en')} ${left === 1 ? 'example' : 'examples'}`),
    ];
  });
  return { kept: kept.subarray(0, count), repairs };
}

function whyNot(
  { state, values, labels, weights, served, online }: ExampleContents,
  row: number,
  isCode: Uint8Array,
  task: Task,
): Reason | undefined {
  if (state[row] !== rowState.read) return state[row] === rowState.gone ? 'gone' : 'misshapen';
  const label = labels[row]!;
  const isLabel = task === 'binary' ? label === 0 || label === 1 : Math.abs(label) <= labelMax;
  if (!isLabel) return 'label';
  if (!(weights[row]! > 0 && weights[row]! < Infinity)) return 'weight';
  const width = isCode.length;
  for (let i = 0; i < width; i += 1) {
    const value = values[row * width + i]!;
    if (Number.isNaN(value)) continue; // missing
    const isSound =
      isCode[i] === 1
        ? Number.isInteger(value) && value >= 0 && value < codesMax
        : Math.abs(value) < Infinity;
    if (!isSound) return 'feature';
  }
  return isPrediction(served[row]!, task) && isPrediction(online[row]!, task)
    ? undefined
    : 'prediction';
}

function isPrediction(value: number, task: Task): boolean {
  return task === 'binary' ? value >= 0 && value <= 1 : Math.abs(value) < Infinity;
}

/** The rows that are kept, moved together in place. */
export function moveTogether<Column extends Float32Array | Float64Array | Int32Array>(
  column: Column,
  kept: Int32Array,
  width = 1,
): Column {
  for (let i = 0; i < kept.length; i += 1) {
    if (kept[i] === i) continue;
    column.copyWithin(i * width, kept[i]! * width, (kept[i]! + 1) * width);
  }
  return column.subarray(0, kept.length * width) as Column;
}
