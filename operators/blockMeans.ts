/** Means of so many rows of a key at a time: for detectors that only ask for means, at a fraction of their work. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf, pickColumns } from '../contracts/batch.ts';
import type { ObjectTable } from '../contracts/stateTable.ts';
import { overflowSegment } from './state/windowTable.ts';

/** What has come of the block that is not complete. */
export interface BlockState {
  /** Rows in it. */
  rows: number;
  /** Of each column: finite values, and their sum. */
  readonly counts: Float64Array;
  readonly sums: Float64Array;
}

export interface BlockMeansOptions {
  /** String column whose values have blocks of their own. Rows in which it is absent are dropped. */
  readonly key: string;
  /** Rows of a block. */
  readonly length: number;
  /** Numeric columns; values that are absent or not finite are left out of their means. */
  readonly columns: readonly string[];
  /** Keys beyond it are one, `(others)`; 200 by default. */
  readonly keysMax?: number;
}

/**
 * ```text
 * values                --[1 3 5]----[7]--|
 * blockMeans, length 2  --[  2  ]----[6]--|      (in the place of the last row of each block)
 * ```
 *
 * The batches have no other columns but the key and `time`; a mean of nothing is NaN. Depends on the rows alone, not on how they are cut
 * into batches. Synchronous: one batch out for each in, empty when no block is complete.
 *
 * @param table under the key's text
 * @throws RangeError when `length` or `keysMax` is not a positive integer
 */
export function blockMeans(
  table: ObjectTable<BlockState>,
  { key, length, columns, keysMax = 200 }: BlockMeansOptions,
): OperatorFunction<Batch, Batch> {
  for (const [name, given] of Object.entries({ length, keysMax })) {
    if (Number.isSafeInteger(given) && given >= 1) continue;
    throw new RangeError(`${name}: expected an integer ≥ 1, got ${given}`);
  }
  const width = columns.length;
  const nameOf = (text: string) =>
    table.get(text) === undefined && table.size >= keysMax ? overflowSegment : text;
  const initial = (): BlockState => ({
    ...{ rows: 0, counts: new Float64Array(width), sums: new Float64Array(width) },
  });

  return map((batch) => {
    const keys = codesOf(batch, key);
    const values = columns.map((column) => numbersOf(batch, column));
    const states = new Map<number, BlockState>();
    const rows = new Int32Array(Math.ceil(batch.length));
    const means: number[] = [];
    let count = 0;
    for (let row = 0; row < batch.length; row += 1) {
      const code = keys[row]!;
      if (code < 0) continue;
      let state = states.get(code);
      if (state === undefined) {
        const name = nameOf(batch.dictionary.text(code));
        state = table.get(name) ?? initial();
        states.set(code, state);
        table.set(name, state);
      }
      for (let i = 0; i < width; i += 1) {
        const x = values[i]![row]!;
        if (!Number.isFinite(x)) continue;
        state.counts[i]! += 1;
        state.sums[i]! += x;
      }
      state.rows += 1;
      if (state.rows < length) continue;
      for (let i = 0; i < width; i += 1) means.push(state.sums[i]! / state.counts[i]!); // 0 / 0 is NaN
      state.rows = 0;
      state.counts.fill(0);
      state.sums.fill(0);
      rows[count] = row;
      count += 1;
    }
    const chosen = pickColumns(batch, rows, count, { strings: [key], numbers: ['time'] });
    const numbers = new Map(chosen.numbers);
    columns.forEach((column, i) => {
      numbers.set(
        column,
        Float64Array.from({ length: count }, (_, at) => means[at * width + i]!),
      );
    });
    return { ...chosen, numbers };
  });
}
