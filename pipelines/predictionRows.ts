/** Predictions, each beside the outcome that followed it, as rows of the table `predictions`. */
import { filter, map, type OperatorFunction } from 'rxjs';
import { numbersOf } from '../contracts/batch.ts';
import type { Rows } from '../contracts/rows.ts';
import type { Predictions } from '../operators/predictThenLearn.ts';
import { writeTime } from '../operators/rowFields.ts';

/** Under whose name something is stored, beside its version. */
export interface ModelName {
  readonly pipeline: string;
  readonly model: string;
}

export function predictionRows(name: ModelName): OperatorFunction<Predictions, Rows> {
  return (predictions) =>
    predictions.pipe(
      filter(({ length }) => length > 0),
      map((made) => rowsOf(name, made)),
    );
}

function rowsOf({ pipeline, model }: ModelName, predictions: Predictions): Rows {
  return {
    table: 'predictions',
    length: predictions.length,
    encode(writer) {
      const { batch, rows, probabilities, labels, versions, served } = predictions;
      const times = numbersOf(batch, 'time');
      for (let i = 0; i < predictions.length; i += 1) {
        const row = rows[i]!;
        writer.text(pipeline);
        writer.text(model);
        writer.text(versions[served[i]!]!);
        writer.uint16(batch.partition);
        writer.int64(batch.offsets[row]!);
        writeTime(writer, times[row]!);
        writer.float64(probabilities[i]!);
        writer.uint8(labels[i]!);
      }
    },
  };
}
