/**
 * Of which keys of a statistic the readings are told: in each window that is over, and for each beginning of the key, the last parts
 * of keys are the parts of a whole.
 */
import { bounded, type Reader } from '../statement.ts';
import { readClosedTo } from './closedTo.ts';
import { shownParts } from './shownParts.ts';
import type { Telling } from './telling.ts';

/** Which rows of `statistics`. */
export interface KeyedFigures {
  readonly pipeline: string;
  readonly name: string;
  readonly statistic: string;
  readonly stateVersion: number;
  readonly parameters: string;
  /** 0: of all time. */
  readonly windowMs: number;
  /** Starts of windows, half-open, ms since 1970. */
  readonly from: number;
  readonly to: number;
}

/** Rows of which figures without a key are told where nobody has counted the people. */
export const rowsMin = 100;

const keys = bounded(`
  SELECT start, prefix, groupArray(last) AS lasts, groupArray(rows) AS rows, groupArray(known) AS people,
    groupArray(if(known >= {least:UInt16}, [], users)) AS users
  FROM (
    SELECT toUnixTimestamp64Milli(window_start) AS start, arrayPopBack(key) AS prefix, key[-1] AS last,
      toFloat64(sum(q.taken)) AS rows, groupUniqArrayArray(32)(q.users) AS users,
      toUInt16(if(max(q.people) >= 32, 32, length(users))) AS known
    FROM statistics AS q FINAL
    WHERE pipeline = {pipeline:String} AND name = {name:String} AND statistic = {statistic:String}
      AND state_version = {stateVersion:UInt16} AND parameters = {parameters:String}
      AND window_ms = {windowMs:UInt64}
      AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    GROUP BY start, prefix, last
  )
  GROUP BY start, prefix
  ORDER BY start, prefix
  LIMIT 20000`);

interface KeysRow {
  readonly start: number;
  readonly prefix: readonly string[];
  readonly lasts: readonly string[];
  readonly rows: readonly number[];
  readonly people: readonly number[];
  readonly users: readonly (readonly number[])[];
}

export type IsShown = (start: number, key: readonly string[]) => boolean;

export async function readShownKeys(
  reader: Reader,
  of: KeyedFigures,
  telling: Telling,
): Promise<IsShown> {
  const { least } = telling;
  const [rows, closedTo] = await Promise.all([
    reader.query<KeysRow>(keys, { ...of, least }),
    of.windowMs === 0
      ? Infinity
      : readClosedTo(reader, 'statistics', of.pipeline, telling, [of.name]),
  ]);
  const shown = new Set<string>();
  for (const { start, prefix, lasts, rows: counts, people, users } of rows) {
    if (start + of.windowMs > closedTo) continue;
    const parts = lasts.map((_, i) => {
      // Enough are enough: which they are is not read.
      const count = people[i]! >= least ? 32 : people[i]!;
      return { rows: counts[i]!, people: { people: count, users: users[i]! } };
    });
    const isWhole = prefix.length === 0 && lasts.length === 1 && lasts[0] === '';
    const isShown = shownParts(parts, least);
    lasts.forEach((last, i) => {
      const isCounted = people[i]! > 0;
      if (isCounted ? isShown[i] : isWhole && counts[i]! >= rowsMin) {
        shown.add(nameOf(start, prefix, last));
      }
    });
  }
  return (start, key) => shown.has(nameOf(start, key.slice(0, -1), key.at(-1) ?? ''));
}

function nameOf(start: number, prefix: readonly string[], last: string): string {
  return JSON.stringify([start, ...prefix, last]);
}
