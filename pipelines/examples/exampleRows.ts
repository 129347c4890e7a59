/** What was known of each row that was predicted, beside its label and what was answered, as rows of the table `examples`. */
import { filter, map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf } from '../../contracts/batch.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import type { Rows } from '../../contracts/rows.ts';
import type { ObjectTable } from '../../contracts/stateTable.ts';
import type { Examples, Predictions } from '../../operators/predictThenLearn.ts';
import { writeCode, writeTime } from '../../operators/rowFields.ts';
import type { ModelName } from '../predictionRows.ts';
import { type ExampleShare, initialShare, stepShare } from './exampleShare.ts';

export interface ExampleOptions {
  /** Of the features: that of the online learner. */
  readonly featureVersion: string;
  /** String columns of the events by whose values training sets are chosen and models are looked at. */
  readonly slices: readonly string[];
  /** About how many a partition stores of a minute of event time; 30,000 by default. */
  readonly perMinute?: number;
}

const perMinuteDefault = 30_000;

/**
 * The examples that are kept, with how many each stands for: see `stepShare`.
 *
 * Depends on the rows alone, not on how they are cut into batches. Synchronous; nothing comes of a learner on whose features nobody can build.
 *
 * @throws RangeError when `perMinute` is no whole number > 0, or, in the stream, a slice is not among the pipeline's columns
 */
export function exampleRows(
  { tables, partition }: Pick<PipelineContext, 'tables' | 'partition'>,
  name: ModelName,
  { featureVersion, slices, perMinute = perMinuteDefault }: ExampleOptions,
): OperatorFunction<Predictions, Rows> {
  if (!(Number.isSafeInteger(perMinute) && perMinute > 0)) {
    throw new RangeError(`perMinute: expected a whole number > 0, got ${perMinute}`);
  }
  const table = tables.objects<ExampleShare>(`examples-${name.model}`);
  const head = headOf(name, featureVersion, partition);
  const names = slices.map((slice) => textOf(slice));
  return (predictions) =>
    predictions.pipe(
      map((made): Rows | undefined => {
        if (made.examples === undefined || made.length === 0) return undefined;
        const drawn = draw(made, table, perMinute);
        if (drawn.length === 0) return undefined;
        return rowsOf(made, made.examples, drawn, { head, slices, names });
      }),
      filter((rows) => rows !== undefined),
    );
}

interface Drawn {
  readonly length: number;
  /** Entries of the predictions. */
  readonly picked: Int32Array;
  readonly weights: Float64Array;
}

function draw(
  { batch, length, rows }: Predictions,
  table: ObjectTable<ExampleShare>,
  perMinute: number,
): Drawn {
  const { idLow, idHigh, receivedAt } = batch;
  const times = numbersOf(batch, 'time');
  const picked = new Int32Array(length);
  const weights = new Float64Array(length);
  const share = table.get('share') ?? initialShare(Math.min(times[rows[0]!]!, receivedAt));
  let count = 0;
  for (let i = 0; i < length; i += 1) {
    const row = rows[i]!;
    // A clock that is ahead does not keep everybody in its minute.
    const time = Math.min(times[row]!, receivedAt);
    const weight = stepShare(share, time, idLow[row]!, idHigh[row]!, perMinute);
    if (weight === 0) continue;
    picked[count] = i;
    weights[count] = weight;
    count += 1;
  }
  table.set('share', share);
  return { length: count, picked, weights };
}

/** What is the same of all rows, encoded once. */
interface Frame {
  readonly head: Uint8Array;
  readonly slices: readonly string[];
  /** Their names. */
  readonly names: readonly Uint8Array[];
}

function rowsOf(made: Predictions, examples: Examples, drawn: Drawn, frame: Frame): Rows {
  return {
    table: 'examples',
    length: drawn.length,
    encode(writer) {
      const { batch, rows, labels, probabilities, online, versions, served } = made;
      const { head, names } = frame;
      const times = numbersOf(batch, 'time');
      const users = codesOf(batch, 'user');
      const columns = frame.slices.map((slice) => codesOf(batch, slice));
      for (let k = 0; k < drawn.length; k += 1) {
        const i = drawn.picked[k]!;
        const row = rows[i]!;
        writer.raw(head, 0, head.length);
        writer.int64(batch.offsets[row]!);
        writeTime(writer, times[row]!);
        writeCode(writer, batch, users[row]!);
        writeFeatures(writer, examples, i);
        writer.float64(labels[i]!);
        writer.float64(drawn.weights[k]!);
        writer.float64(probabilities[i]!);
        writer.float64(online[i]!);
        writer.text(versions[served[i]!]!);
        writeSlices(writer, batch, row, names, columns);
      }
    },
  };
}

function writeFeatures(writer: ByteWriter, { width, values }: Examples, i: number): void {
  writer.varint(width);
  const end = (i + 1) * width;
  for (let at = i * width; at < end; at += 1) writer.float32(values[at]!);
}

function writeSlices(
  writer: ByteWriter,
  batch: Batch,
  row: number,
  names: readonly Uint8Array[],
  columns: readonly Int32Array[],
): void {
  writer.varint(names.length);
  for (let i = 0; i < names.length; i += 1) {
    const name = names[i]!;
    writer.raw(name, 0, name.length);
    writeCode(writer, batch, columns[i]![row]!);
  }
}

function headOf(
  { pipeline, model }: ModelName,
  featureVersion: string,
  partition: number,
): Uint8Array {
  const writer = new ByteWriter();
  writer.text(pipeline);
  writer.text(model);
  writer.text(featureVersion);
  writer.uint16(partition);
  return writer.take();
}

function textOf(text: string): Uint8Array {
  const writer = new ByteWriter();
  writer.text(text);
  return writer.take();
}
