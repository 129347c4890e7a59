/** One running computation per key. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf } from '../contracts/batch.ts';
import type { Fold } from '../contracts/fold.ts';
import type { ObjectTable } from '../contracts/stateTable.ts';

export interface Reading<Output> {
  readonly key: string;
  readonly value: Output;
}

export interface Readings<Output> {
  readonly batch: Batch;
  /** One per key that the batch touched, in the order of its first row. */
  readonly readings: readonly Reading<Output>[];
}

/**
 * Folds the rows of each key into that key's state, and says what the touched states read after each batch.
 *
 * ```text
 * source     --[x1 y5 x3]--[y7]--|
 * foldByKey  --[x2 y5]-----[y6]--|      (a running mean per letter)
 * ```
 *
 * Synchronous: one value out for each batch in. An error thrown by `fold` ends the stream with that error. The table's
 * states are changed in place; it holds every key ever seen, so the key must have few values.
 *
 * @param fold  the computation, the same for all keys
 * @param table where the states live, under the key's text; the pipeline snapshots and restores it
 * @param key   the dictionary-encoded column whose value owns the state; rows where it is absent are skipped
 * @param value the numeric column that the fold takes; rows where it is NaN are skipped
 */
export function foldByKey<State, Output>(
  fold: Fold<State, number, Output>,
  table: ObjectTable<State>,
  key: string,
  value: string,
): OperatorFunction<Batch, Readings<Output>> {
  return map((batch) => {
    const codes = codesOf(batch, key);
    const values = numbersOf(batch, value);
    // Codes mean the same within a batch only; so each batch looks each of its keys up once.
    const states = new Map<number, State>();
    let lastCode = -1;
    let state: State | undefined;
    for (let row = 0; row < batch.length; row += 1) {
      const code = codes[row]!;
      const input = values[row]!;
      if (code < 0 || Number.isNaN(input)) continue;
      if (code !== lastCode || state === undefined) {
        state = states.get(code);
        if (state === undefined) {
          state = table.get(batch.dictionary.text(code)) ?? fold.initial();
          states.set(code, state);
        }
        lastCode = code;
      }
      fold.step(state, input);
    }
    const readings: Reading<Output>[] = [];
    for (const [code, touched] of states) {
      const text = batch.dictionary.text(code);
      table.set(text, touched);
      readings.push({ key: text, value: fold.read(touched) });
    }
    return { batch, readings };
  });
}
