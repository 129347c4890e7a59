/**
 * Answers from a table that changes seldom, given again while its rows are the same: one small statement instead of large ones.
 *
 * Each question looks by itself whether the table has changed, so that who has changed it sees that.
 */
import { bounded, heeding, type Reader } from '../../control/statement.ts';

export interface TableMemory {
  /** For one question: what is read of the table is as it is from now on. Rows are shared: nobody may change them. */
  reader(signal: AbortSignal): Reader;
}

interface Kept {
  readonly mark: string;
  readonly rows: unknown[];
}

/** Answers; that which was asked for the longest ago goes first. */
const keptMax = 32;

/** @param table whose rows are told apart by these columns */
export function rememberTable(reader: Reader, table: 'alerts' | 'insights'): TableMemory {
  const markOf = bounded(
    `SELECT toString(sum(cityHash64(id, revision, actor, changed_at))) AS mark FROM ${table}`,
  );
  const kept = new Map<string, Kept>();

  function keep(key: string, answer: Kept): void {
    kept.delete(key);
    kept.set(key, answer);
    if (kept.size > keptMax) kept.delete(kept.keys().next().value as string);
  }

  return {
    reader(signal) {
      const own = heeding(reader, signal);
      let looked: Promise<string | undefined> | undefined;
      return {
        async query<Row>(sql: string, parameters: Readonly<Record<string, unknown>> = {}) {
          // Before the rows: should the table change in between, they are read again the next time.
          looked ??= own.query<{ mark: string }>(markOf).then(([row]) => row?.mark);
          const mark = await looked;
          const key = JSON.stringify([sql, parameters]);
          const known = kept.get(key);
          const isSame = known !== undefined && known.mark === mark;
          const rows = isSame ? known.rows : await own.query<unknown>(sql, parameters);
          if (mark !== undefined) keep(key, { mark, rows });
          return rows as Row[];
        },
      };
    },
  };
}
