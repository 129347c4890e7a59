/** Predictions of the engine's own models, whose labels came with the event, as the rows that monitors take. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf, watermarksOf } from '../../contracts/batch.ts';
import { modelColumns } from '../../contracts/predictionFields.ts';
import type { Predictions } from '../../operators/predictThenLearn.ts';
import type { ModelName } from '../predictionRows.ts';

/**
 * Each prediction as a `labelled` row, with the columns that `watchModels` reads.
 *
 * Synchronous: one batch out for each in.
 *
 * @param slices string columns of the events that go along
 */
export function ownPredictions(
  { model }: ModelName,
  slices: readonly string[],
): OperatorFunction<Predictions, Batch> {
  return map(({ batch, length, rows: all, probabilities, labels, versions, served }) => {
    const { dictionary } = batch;
    const rows = all.subarray(0, length);
    const pick = (column: Float64Array) => pickInto(new Float64Array(length), rows, column);
    const same = (text: string) => new Int32Array(length).fill(dictionary.internText(text));
    const codes = versions.map((version) => dictionary.internText(version));
    const byVersion = Int32Array.from({ length }, (_, i) => codes[served[i]!]!);
    const absent = new Int32Array(length).fill(-1);
    const [modelColumn, versionColumn] = modelColumns;
    return {
      ...batch,
      length,
      offsets: pick(batch.offsets),
      numbers: new Map([
        ['time', pick(numbersOf(batch, 'time'))],
        ['value', Float64Array.from(labels.subarray(0, length))],
        ['prediction', probabilities.subarray(0, length)],
      ]),
      codes: new Map([
        ['type', same('labelled')],
        ['user', pickInto(new Int32Array(length), rows, codesOf(batch, 'user'))],
        [modelColumn, same(model)],
        [versionColumn, byVersion],
        ...slices.map((slice): [string, Int32Array] => [
          slice,
          pickInto(new Int32Array(length), rows, codesOf(batch, slice)),
        ]),
      ]),
      texts: new Map(),
      idLow: new Uint32Array(length),
      idHigh: new Uint32Array(length),
      raw: { bytes: batch.raw.bytes, starts: absent, ends: absent },
      watermarks: pick(watermarksOf(batch)),
    };
  });
}

function pickInto<Column extends Float64Array | Int32Array>(
  picked: Column,
  rows: Int32Array,
  column: Column,
): Column {
  for (let i = 0; i < rows.length; i += 1) picked[i] = column[rows[i]!]!;
  return picked;
}
