/** The different values of a column in a batch, each once with how often it came: so that a sketch is asked once for each. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf, pickColumns } from '../contracts/batch.ts';

export interface CountTextsOptions {
  /** String column. */
  readonly column: string;
  /** Rows are counted together within windows of this length only, whole ms. */
  readonly windowMs: number;
  /** Names of the columns that are added: how many rows it stands for, and whether the value is absent, 1 or 0. */
  readonly times: string;
  readonly missing: string;
  /** Name of the string column that is added: the value, '' where it is absent. */
  readonly text: string;
}

/**
 * ```text
 * values      --[a b a a]----|
 * countTexts  --[b×1 a×3]----|      (in the place of the last of each)
 * ```
 *
 * Counts depend on the cuts of batches, their sums do not. The batches have no other columns but `time`. Synchronous: one batch out for
 * each in.
 */
export function countTexts(options: CountTextsOptions): OperatorFunction<Batch, Batch> {
  const { column, windowMs, times, missing, text } = options;
  /** By code + 1: the last row with the value, −1 where there is none; and how many there are. */
  let last = new Int32Array(0);
  let counts = new Int32Array(0);
  return map((batch) => {
    const codes = codesOf(batch, column);
    const moments = numbersOf(batch, 'time');
    const { capacity } = batch.dictionary;
    if (last.length <= capacity) {
      last = new Int32Array(2 * capacity + 1).fill(-1);
      counts = new Int32Array(2 * capacity + 1);
    }
    const found: [row: number, count: number][] = [];
    let from = 0;
    let end = Number.NaN;
    /** Takes what was counted, in the order of the rows. */
    const take = (to: number) => {
      for (let row = from; row < to; row += 1) {
        const at = codes[row]! + 1;
        if (last[at] !== row) continue;
        found.push([row, counts[at]!]);
        last[at] = -1;
        counts[at] = 0;
      }
      from = to;
    };
    for (let row = 0; row < batch.length; row += 1) {
      const time = moments[row]!;
      if (!(time < end && time >= end - windowMs)) {
        take(row);
        end = (Math.floor(time / windowMs) + 1) * windowMs;
      }
      const at = codes[row]! + 1;
      last[at] = row;
      counts[at]! += 1;
    }
    take(batch.length);
    const rows = Int32Array.from(found, ([row]) => row);
    const columns = { strings: [column], numbers: ['time'] };
    const chosen = pickColumns(batch, rows, rows.length, columns);
    const values = codesOf(chosen, column);
    const none = values.includes(-1) ? batch.dictionary.internText('') : -1;
    return {
      ...chosen,
      codes: new Map([[text, values.map((code) => (code < 0 ? none : code))]]),
      numbers: new Map(chosen.numbers)
        .set(
          times,
          Float64Array.from(found, ([, count]) => count),
        )
        .set(
          missing,
          Float64Array.from(values, (code) => (code < 0 ? 1 : 0)),
        ),
    };
  });
}
