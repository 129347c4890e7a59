/** Prequential quality of a model by window of event time, kept in the table `model_quality`. */
import { ignoreElements, map, type OperatorFunction } from 'rxjs';
import { codesOf, numbersOf, watermarksOf } from '../contracts/batch.ts';
import type { ByteWriter } from '../contracts/byteWriter.ts';
import type { PipelineContext } from '../contracts/pipeline.ts';
import type { Rows } from '../contracts/rows.ts';
import type { Predictions } from '../operators/predictThenLearn.ts';
import { writeTime } from '../operators/rowFields.ts';
import {
  createWindowTable,
  type OpenWindow,
  type PublishedWindow,
} from '../operators/state/windowTable.ts';
import { type PrequentialState, prequential } from '../stats/prequential.ts';
import { writeMembers } from './memberColumns.ts';
import type { ModelName } from './predictionRows.ts';

/** Length of a window, ms. */
const widthMs = 300_000;

/**
 * Of each version that served. Emits nothing: the windows are published at each cut.
 *
 * @param name with the version of the learner by itself, whose windows have no segment
 */
export function modelQuality(
  context: PipelineContext,
  name: ModelName & { readonly version: string },
): OperatorFunction<Predictions, never> {
  const table = createWindowTable<PrequentialState>(context.tables, `quality-${name.model}`);
  const rowsOf = (windows: readonly PublishedWindow<PrequentialState>[]): Rows | undefined =>
    windows.length === 0
      ? undefined
      : {
          table: 'model_quality',
          length: windows.length,
          encode: (writer) => {
            for (const window of windows) {
              writeRow(writer, name, context.partition, window);
              writeMembers(writer, window);
            }
          },
        };
  context.publish({
    changed: () => rowsOf(table.takeChanged()),
    settle: () => table.settle(),
  });
  const scored = { probability: 0, label: 0 };
  return (predictions) =>
    predictions.pipe(
      map(({ batch, length, rows, probabilities, labels, versions, served }) => {
        const times = numbersOf(batch, 'time');
        const users = codesOf(batch, 'user');
        const watermarks = watermarksOf(batch);
        const codes = versions.map((version) =>
          version === name.version ? -1 : batch.dictionary.internText(version),
        );
        let window: OpenWindow<PrequentialState> | undefined;
        for (let i = 0; i < length; i += 1) {
          const row = rows[i]!;
          const start = Math.floor(times[row]! / widthMs) * widthMs;
          const code = codes[served[i]!]!;
          if (window === undefined || window.held.start !== start || window.code !== code) {
            window = table.at(code, start, start + widthMs, prequential.initial);
          }
          scored.probability = probabilities[i]!;
          scored.label = labels[i]!;
          prequential.step(window.held.state, scored);
          table.touch(window, batch.offsets[row]!, users[row]!, watermarks[row]!);
        }
        table.flush(batch.length > 0 ? watermarks[batch.length - 1]! : -Infinity);
      }),
      ignoreElements(),
    );
}

function writeRow(
  writer: ByteWriter,
  { pipeline, model, version }: ModelName & { readonly version: string },
  partition: number,
  { segment, state, start, lastOffset }: PublishedWindow<PrequentialState>,
): void {
  writer.text(pipeline);
  writer.text(model);
  writer.text(segment === '' ? version : segment);
  writeTime(writer, start);
  writer.int64(widthMs);
  writer.uint16(partition);
  writer.int64(lastOffset);
  writer.int64(state.count);
  writer.int64(state.positives);
  writer.int64(state.hits);
  writer.float64(state.logLoss);
  writer.float64(state.brier);
  writer.varint(state.positivesByBin.length);
  for (const count of state.positivesByBin) writer.uint32(count);
  writer.varint(state.negativesByBin.length);
  for (const count of state.negativesByBin) writer.uint32(count);
  writer.varint(state.predictedByBin.length);
  for (const sum of state.predictedByBin) writer.float64(sum);
}
