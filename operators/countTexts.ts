/** The different values of a text column in a batch, each once with how often it came: so that sketches are asked once for each. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf, selectRows } from '../contracts/batch.ts';

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
 * Counts depend on the cuts of batches, their sums do not. Synchronous: one batch out for each in.
 */
export function countTexts(options: CountTextsOptions): OperatorFunction<Batch, Batch> {
  const { column, windowMs, times, missing, text } = options;
  return map((batch) => {
    const codes = codesOf(batch, column);
    const moments = numbersOf(batch, 'time');
    const places = new Map<number, Map<number, number>>();
    let place: Map<number, number> | undefined;
    let opened = Number.NaN;
    const last: number[] = [];
    const counts: number[] = [];
    for (let row = 0; row < batch.length; row += 1) {
      const window = Math.floor(moments[row]! / windowMs);
      if (place === undefined || window !== opened) {
        place = places.get(window) ?? new Map<number, number>();
        places.set(window, place);
        opened = window;
      }
      const code = codes[row]!;
      let at = place.get(code);
      if (at === undefined) {
        at = last.length;
        place.set(code, at);
        last.push(row);
        counts.push(0);
      }
      last[at] = row;
      counts[at]! += 1;
    }
    const order = last.map((_, at) => at).sort((a, b) => last[a]! - last[b]!);
    const rows = Int32Array.from(order, (at) => last[at]!);
    const chosen = selectRows(batch, rows, rows.length);
    const values = codesOf(chosen, column);
    const none = values.includes(-1) ? batch.dictionary.internText('') : -1;
    return {
      ...chosen,
      codes: new Map(chosen.codes).set(
        text,
        values.map((code) => (code < 0 ? none : code)),
      ),
      numbers: new Map(chosen.numbers)
        .set(
          times,
          Float64Array.from(order, (at) => counts[at]!),
        )
        .set(
          missing,
          Float64Array.from(values, (code) => (code < 0 ? 1 : 0)),
        ),
    };
  });
}
