/**
 * Keeps a stream from being of one user: of each key a user has at most so many of the last rows.
 *
 * What is measured of a mixture of users, such as whether a model still fits, moves when one of them floods it, though nothing has
 * changed for anybody else.
 */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, codesOf, numbersOf, selectRows } from '../contracts/batch.ts';
import type { ObjectTable } from '../contracts/stateTable.ts';
import { overflowSegment } from './state/windowTable.ts';

/** The last rows that were kept, as rings: row i at i modulo the length. */
export interface FairShareState {
  /** Hashes of their users: a name need not be kept for this. */
  readonly users: Int32Array;
  /** Their times, ms since 1970. */
  readonly times: Float64Array;
  /** Rows kept so far, and those of them that are no longer counted. */
  kept: number;
  gone: number;
}

export interface FairShareOptions {
  /** String column whose values have a stream each. Rows in which it is absent are dropped. */
  readonly key: string;
  /** The last rows of a key that count, and for how long they do, event time, ms. */
  readonly rows: number;
  readonly spanMs: number;
  /** Most of them that a user has. */
  readonly most: number;
  /** Keys beyond it are one, `(others)`. 200 by default: 6 KB each. */
  readonly keysMax?: number;
}

/** State with how often each user is in it. */
interface Held {
  readonly key: string;
  readonly state: FairShareState;
  readonly counts: Map<number, number>;
}

/**
 * ```text
 * users                            --[a b a a c]--|
 * fairShare, a third of three      --[a b     c]--|
 * ```
 *
 * Depends on the rows alone, not on how they are cut into batches. Synchronous: one batch out for each in.
 *
 * @param table under the key's text
 * @throws RangeError when an option is not a positive integer
 */
export function fairShare(
  table: ObjectTable<FairShareState>,
  { key, rows, spanMs, most, keysMax = 200 }: FairShareOptions,
): OperatorFunction<Batch, Batch> {
  for (const [name, value] of Object.entries({ rows, spanMs, most, keysMax })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new RangeError(`${name}: expected an integer ≥ 1, got ${value}`);
  }
  const held = new Map<string, Held>();

  function heldOf(text: string): Held {
    const found = held.get(text);
    if (found !== undefined) return found;
    const stored = table.get(text);
    if (stored === undefined && table.size >= keysMax && text !== overflowSegment) {
      return heldOf(overflowSegment);
    }
    const state = stored ?? {
      ...{ users: new Int32Array(rows), times: new Float64Array(rows), kept: 0, gone: 0 },
    };
    const counts = new Map<number, number>();
    for (let i = state.gone; i < state.kept; i += 1) add(counts, state.users[i % rows]!, 1);
    const made = { key: text, state, counts };
    held.set(text, made);
    if (stored === undefined) table.set(text, state);
    return made;
  }

  /** @returns whether the row is kept; then it counts */
  function take({ state, counts }: Held, user: number, time: number): boolean {
    const { users, times } = state;
    while (
      state.gone < state.kept &&
      (state.kept - state.gone === rows || times[state.gone % rows]! < time - spanMs)
    ) {
      add(counts, users[state.gone % rows]!, -1);
      state.gone += 1;
    }
    if ((counts.get(user) ?? 0) >= most) return false;
    users[state.kept % rows] = user;
    times[state.kept % rows] = time;
    state.kept += 1;
    add(counts, user, 1);
    return true;
  }

  return map((batch) => {
    const keys = codesOf(batch, key);
    const users = codesOf(batch, 'user');
    const moments = numbersOf(batch, 'time');
    const { dictionary } = batch;
    // Codes mean the same within a batch only.
    const byCode = new Map<number, Held>();
    const chosen = new Int32Array(batch.length);
    let count = 0;
    for (let row = 0; row < batch.length; row += 1) {
      const code = keys[row]!;
      if (code < 0) continue;
      let own = byCode.get(code);
      if (own === undefined) {
        own = heldOf(dictionary.text(code));
        byCode.set(code, own);
      }
      const user = users[row]! < 0 ? 0 : hashOf(dictionary.text(users[row]!));
      if (!take(own, user, moments[row]!)) continue;
      chosen[count] = row;
      count += 1;
    }
    for (const { key: text, state } of byCode.values()) table.set(text, state);
    return selectRows(batch, chosen, count);
  });
}

function add(counts: Map<number, number>, user: number, change: number): void {
  const count = (counts.get(user) ?? 0) + change;
  if (count > 0) counts.set(user, count);
  else counts.delete(user);
}

/** FNV-1a over UTF-16 units. Two users of one hash share their part. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash | 0;
}
