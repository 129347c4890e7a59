/** Keeps the rows whose string column has one of some values. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, selectRows } from '../contracts/batch.ts';

/**
 * ```text
 * type                       --[viewed answered viewed]--[rated]--|
 * where('type', 'viewed')    --[viewed viewed]-----------[]-------|
 * ```
 *
 * Compares codes, not texts. Synchronous: one batch out for each in, empty when no row fits; rows where the column is
 * absent never fit.
 *
 * @throws RangeError (in the stream) when the pipeline did not ask for the column
 */
export function where(
  column: string,
  ...values: readonly string[]
): OperatorFunction<Batch, Batch> {
  return map((batch) => {
    const codes = codesOf(batch, column);
    // Looked up anew for each batch: a code may have been freed and given to another text in between.
    const wanted = values.map((value) => batch.dictionary.find(value)).filter((code) => code >= 0);
    const rows = new Int32Array(batch.length);
    let count = 0;
    for (let row = 0; row < batch.length; row += 1) {
      rows[count] = row;
      const code = codes[row]!;
      for (let i = 0; i < wanted.length; i += 1) {
        if (wanted[i] === code) {
          count += 1;
          break;
        }
      }
    }
    return selectRows(batch, rows, count);
  });
}

/**
 * Keeps the rows whose string column has none of some values.
 *
 * ```text
 * type                         --[viewed answered viewed]--[rated]--|
 * whereNot('type', 'viewed')   --[answered]----------------[rated]--|
 * ```
 *
 * As {@link where}, but rows where the column is absent are kept; a batch of which nothing goes passes as it is.
 */
export function whereNot(
  column: string,
  ...values: readonly string[]
): OperatorFunction<Batch, Batch> {
  return map((batch) => {
    const codes = codesOf(batch, column);
    const unwanted = values
      .map((value) => batch.dictionary.find(value))
      .filter((code) => code >= 0);
    if (unwanted.length === 0) return batch;
    const rows = new Int32Array(batch.length);
    let count = 0;
    for (let row = 0; row < batch.length; row += 1) {
      rows[count] = row;
      if (!unwanted.includes(codes[row]!)) count += 1;
    }
    return count === batch.length ? batch : selectRows(batch, rows, count);
  });
}
