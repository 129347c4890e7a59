/** Pairs what happened with what led to it: an answer with the view before it, a reward with its decision. */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf } from '../contracts/batch.ts';
import type { NumberTable, StateTables } from '../contracts/stateTable.ts';

/** Entry i joins row `rows[i]` of the batch with its left row; entries at and beyond `length` mean nothing. */
export interface Joined {
  readonly batch: Batch;
  readonly length: number;
  readonly rows: Int32Array;
  /** Event time of the left row, ms since 1970. */
  readonly leftTimes: Float64Array;
  /** `value` of the left row; NaN when it had none. */
  readonly leftValues: Float64Array;
}

export interface JoinOptions {
  /** `type` of the left rows, such as `viewed`. */
  readonly left: string;
  /** `type` of the right rows, such as `answered`. */
  readonly right: string;
  /** String columns that must agree; rows where one is absent do not join. */
  readonly keys: readonly [string, string];
  /** How far the left row may lie before the right one in event time, ms, > 0. */
  readonly horizonMs: number;
  /** From {@link joinTable}. */
  readonly table: NumberTable;
}

/** Left rows remembered per key, each as (time, value); time 0 is an empty place. */
const remembered = 4;

/**
 * A table for {@link joinWithin}: the four latest left rows of each key, for as long as an on-time right row may need them.
 *
 * @param keysMax most keys held at once; beyond it the least recently seen goes
 */
export function joinTable(
  tables: StateTables,
  name: string,
  options: { readonly horizonMs: number; readonly latenessMs: number; readonly keysMax: number },
): NumberTable {
  const { horizonMs, latenessMs, keysMax } = options;
  return tables.numbers(name, {
    width: remembered * 2,
    keysMax,
    ttlMs: horizonMs + latenessMs,
  });
}

/**
 * Joins each right row with the latest left row of the same keys that came before it: not later in event time, at most
 * `horizonMs` earlier, and earlier in the stream.
 *
 * ```text
 * source      --[v1 a3]--[v9 a8]--[a99]--|      (v viewed, a answered, with their times)
 * joinWithin  --[a3/v1]--[a8/v1]--[]-----|
 * ```
 *
 * Left rows may come in any order among themselves: a right row finds the one that suits its own time among the four
 * latest. A left row that comes behind its right row in the stream is not waited for. Depends on the rows alone, not on how
 * they are cut into batches. Synchronous: one value out for each batch in.
 *
 * @throws RangeError when `horizonMs` is not positive or the table has another width
 */
export function joinWithin(options: JoinOptions): OperatorFunction<Batch, Joined> {
  const { horizonMs, table, keys } = options;
  if (!(horizonMs > 0)) throw new RangeError(`horizonMs: expected > 0, got ${horizonMs}`);
  if (table.width !== remembered * 2) {
    throw new RangeError(`table: expected width ${remembered * 2}, got ${table.width}`);
  }
  return map((batch) => {
    const types = codesOf(batch, 'type');
    const firsts = codesOf(batch, keys[0]);
    const seconds = codesOf(batch, keys[1]);
    const times = numbersOf(batch, 'time');
    const values = numbersOf(batch, 'value');
    const leftType = batch.dictionary.find(options.left);
    const rightType = batch.dictionary.find(options.right);
    const rows = new Int32Array(batch.length);
    const leftTimes = new Float64Array(batch.length);
    const leftValues = new Float64Array(batch.length);
    let length = 0;
    for (let row = 0; row < batch.length; row += 1) {
      const type = types[row]!;
      const first = firsts[row]!;
      const second = seconds[row]!;
      if (type < 0 || first < 0 || second < 0) continue;
      const time = times[row]!;
      // Right before left: where both have the same type, a row joins with an earlier one, not with itself.
      if (type === rightType) {
        const clock = Math.min(time, batch.receivedAt);
        const at = latestBefore(table, table.peekPair(first, second, clock), time, horizonMs);
        if (at >= 0) {
          rows[length] = row;
          leftTimes[length] = table.values[at]!;
          leftValues[length] = table.values[at + 1]!;
          length += 1;
        }
      }
      // A time after the reception does not drive the table's clock: it would expire everybody.
      if (type === leftType) {
        const at = table.atPair(first, second, Math.min(time, batch.receivedAt));
        remember(table.values, at, time, values[row]!);
      }
    }
    return { batch, length, rows, leftTimes, leftValues };
  });
}

/** Position of the latest pair with a time in [time − horizonMs, time], −1 when there is none. */
function latestBefore(table: NumberTable, at: number, time: number, horizonMs: number): number {
  if (at < 0) return -1;
  const values = table.values;
  for (let place = at + remembered * 2 - 2; place >= at; place -= 2) {
    const leftTime = values[place]!;
    if (leftTime === 0 || leftTime > time) continue;
    return leftTime < time - horizonMs ? -1 : place;
  }
  return -1;
}

/** Puts the pair in the place of the earliest, unless it is earlier itself; the places stay in order of time. */
function remember(values: Float64Array, at: number, time: number, value: number): void {
  if (time < values[at]!) return;
  let place = at;
  const last = at + remembered * 2 - 2;
  while (place < last && values[place + 2]! <= time) {
    values[place] = values[place + 2]!;
    values[place + 1] = values[place + 3]!;
    place += 2;
  }
  values[place] = time;
  values[place + 1] = value;
}
