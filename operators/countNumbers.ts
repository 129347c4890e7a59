/** The different numbers of a column in a batch, each once with how often it came: so that a sketch is asked once for each. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, numbersOf, pickColumns } from '../contracts/batch.ts';

const directMax = 65_536;

export interface CountNumbersOptions {
  /** Numeric column. */
  readonly column: string;
  /** Rows are counted together within windows of this length only, whole ms. */
  readonly windowMs: number;
  /** Names of the columns that are added: the number, 0 where there is none; how many rows it stands for; and what is the matter. */
  readonly value: string;
  readonly times: string;
  /** 0 a finite number, 1 absent, 2 not finite. */
  readonly missing: string;
}

/**
 * ```text
 * values        --[7 8 7 7]----|
 * countNumbers  --[8×1 7×3]----|      (in the place of the last of each)
 * ```
 *
 * As `countTexts`.
 */
export function countNumbers(options: CountNumbersOptions): OperatorFunction<Batch, Batch> {
  const { column, windowMs, value, times, missing } = options;
  /** Places of whole numbers, which most columns of events have, + 1; 0 where there is none. Others are in a map. */
  const direct = new Int32Array(directMax);
  return map((batch) => {
    const numbers = numbersOf(batch, column);
    const moments = numbersOf(batch, 'time');
    const last: number[] = [];
    const counts: number[] = [];
    const others = new Map<number, number>();
    let end = Number.NaN;
    let from = 0;
    const begin = () => {
      for (let at = from; at < last.length; at += 1) {
        const x = numbers[last[at]!]!;
        if (x >= 0 && x < directMax && Number.isInteger(x)) direct[x] = 0;
      }
      others.clear();
      from = last.length;
    };
    for (let row = 0; row < batch.length; row += 1) {
      const time = moments[row]!;
      if (!(time < end && time >= end - windowMs)) {
        begin();
        end = (Math.floor(time / windowMs) + 1) * windowMs;
      }
      const x = numbers[row]!;
      const isDirect = x >= 0 && x < directMax && Number.isInteger(x);
      // A map holds NaN as one value.
      const at = isDirect ? direct[x]! - 1 : (others.get(x) ?? -1);
      if (at >= 0) {
        last[at] = row;
        counts[at]! += 1;
        continue;
      }
      last.push(row);
      counts.push(1);
      if (isDirect) direct[x] = last.length;
      else others.set(x, last.length - 1);
    }
    begin();
    const order = last.map((_, at) => at).sort((a, b) => last[a]! - last[b]!);
    const rows = Int32Array.from(order, (at) => last[at]!);
    const columns = { strings: [], numbers: [...new Set(['time', column])] };
    const chosen = pickColumns(batch, rows, rows.length, columns);
    const found = numbersOf(chosen, column);
    return {
      ...chosen,
      numbers: new Map([['time', numbersOf(chosen, 'time')]])
        .set(
          value,
          found.map((x) => (Number.isFinite(x) ? x : 0)),
        )
        .set(
          missing,
          found.map((x) => (Number.isNaN(x) ? 1 : Number.isFinite(x) ? 0 : 2)),
        )
        .set(
          times,
          Float64Array.from(order, (at) => counts[at]!),
        ),
    };
  });
}
