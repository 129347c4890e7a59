/** How far each value is from what was usual for its key: takes slow changes out, so that sudden ones can be told. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf } from '../contracts/batch.ts';
import type { ObjectTable } from '../contracts/stateTable.ts';
import { overflowSegment } from './state/windowTable.ts';

export interface UsualState {
  /** Values so far, at most the memory. */
  count: number;
  /** Their decayed mean. */
  mean: number;
}

export interface BeyondUsualOptions {
  /** String column whose values have a mean each. */
  readonly key: string;
  /** Numeric column. */
  readonly value: string;
  /** Name of the column that is added. */
  readonly as: string;
  /** Values that the mean remembers: of a steady rise it stays behind by what that brings in as many values. */
  readonly memory: number;
  /** Keys beyond it are one, `(others)`; 200 by default. */
  readonly keysMax?: number;
}

/**
 * Adds a column: the value less the exponentially decayed mean of those before it, an ordinary mean at first. NaN where value or key are
 * absent, and for the first value of a key.
 *
 * ```text
 * values                   --[2 4]----[6]--|
 * beyondUsual, memory 100  --[NaN 2]--[3]--|
 * ```
 *
 * Depends on the rows alone. Synchronous: one batch out for each in.
 *
 * @param table under the key's text
 * @throws RangeError when `memory` or `keysMax` is not a positive integer
 */
export function beyondUsual(
  table: ObjectTable<UsualState>,
  { key, value, as, memory, keysMax = 200 }: BeyondUsualOptions,
): OperatorFunction<Batch, Batch> {
  for (const [name, given] of Object.entries({ memory, keysMax })) {
    if (Number.isSafeInteger(given) && given >= 1) continue;
    throw new RangeError(`${name}: expected an integer ≥ 1, got ${given}`);
  }
  const nameOf = (text: string) =>
    table.get(text) === undefined && table.size >= keysMax ? overflowSegment : text;
  return map((batch) => {
    const keys = codesOf(batch, key);
    const values = numbersOf(batch, value);
    const beyond = new Float64Array(batch.length).fill(Number.NaN);
    const touched = new Map<string, UsualState>();
    const byCode = new Map<number, UsualState>();
    for (let row = 0; row < batch.length; row += 1) {
      const x = values[row]!;
      const code = keys[row]!;
      if (code < 0 || !Number.isFinite(x)) continue;
      let state = byCode.get(code);
      if (state === undefined) {
        const name = nameOf(batch.dictionary.text(code));
        state = touched.get(name) ?? table.get(name) ?? { count: 0, mean: 0 };
        touched.set(name, state);
        byCode.set(code, state);
        table.set(name, state);
      }
      if (state.count > 0) beyond[row] = x - state.mean;
      state.count = Math.min(memory, state.count + 1);
      state.mean += (x - state.mean) / state.count;
    }
    return { ...batch, numbers: new Map(batch.numbers).set(as, beyond) };
  });
}
