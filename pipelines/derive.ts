/** Columns that are computed from others, so that any operator can take them by name. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, numbersOf, selectRows } from '../contracts/batch.ts';
import type { Joined } from '../operators/joinWithin.ts';
import type { Predictions } from '../operators/predictThenLearn.ts';

/** Adds the column `one`: 1 in each row, for metrics that count. */
export function withOnes(): OperatorFunction<Batch, Batch> {
  return map((batch) => withNumbers(batch, 'one', new Float64Array(batch.length).fill(1)));
}

/** The joined rows, with the column `elapsed_s`: seconds since the left row. */
export function withElapsed(): OperatorFunction<Joined, Batch> {
  return map(({ batch, rows, length, leftTimes }) => {
    const selected = selectRows(batch, rows, length);
    const times = numbersOf(selected, 'time');
    const elapsed = new Float64Array(length);
    for (let i = 0; i < length; i += 1) elapsed[i] = (times[i]! - leftTimes[i]!) / 1000;
    return withNumbers(selected, 'elapsed_s', elapsed);
  });
}

/**
 * Adds the column `label`: 1 where another column is at least `from`, else 0; NaN where that is absent.
 *
 * @param from undefined: the column as it is
 */
export function withLabels(
  column: string,
  from: number | undefined,
): OperatorFunction<Batch, Batch> {
  return map((batch) => {
    const values = numbersOf(batch, column);
    if (from === undefined) return withNumbers(batch, 'label', values);
    const label = (value: number) => (Number.isNaN(value) ? value : Number(value >= from));
    return withNumbers(batch, 'label', values.map(label));
  });
}

/** The predicted rows, with the column `residual`: label less prediction, in (−1, 1). */
export function withResiduals(): OperatorFunction<Predictions, Batch> {
  return map(({ batch, rows, length, probabilities, labels }) => {
    const residuals = new Float64Array(length);
    for (let i = 0; i < length; i += 1) residuals[i] = labels[i]! - probabilities[i]!;
    return withNumbers(selectRows(batch, rows, length), 'residual', residuals);
  });
}

function withNumbers(batch: Batch, name: string, column: Float64Array): Batch {
  return { ...batch, numbers: new Map(batch.numbers).set(name, column) };
}
