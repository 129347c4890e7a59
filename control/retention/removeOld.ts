/**
 * Removes the rows of a table that are older than a time, in statements that each take a bounded part of it.
 *
 * A lightweight DELETE marks rows by a column of its own, which costs next to nothing, and waits for nothing, so that no insert waits
 * behind it; the marked rows leave the disk when parts are merged, or by {@link leaveDisk}. ClickHouse finishes by itself what a
 * process that died had begun, and whoever goes on begins with the oldest row that is left.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError } from '../../contracts/errors.ts';
import type { Store } from '../../contracts/store.ts';

export interface AgedTable {
  readonly table: string;
  /** Its column of time, DateTime64(3). */
  readonly time: string;
}

export interface RemoveOptions {
  readonly store: Pick<Store, 'query' | 'command'>;
  /** Time that one statement takes at most, from the oldest row on, ms. */
  readonly sliceMs?: number;
  /** Pause between two looks at whether a statement is done, ms. */
  readonly pollMs?: number;
  /** One statement may take so long, ms. */
  readonly patienceMs?: number;
  /** Asked between statements. */
  readonly isStopped?: () => boolean;
}

const sliceMsDefault = 30 * 86_400_000;
const patienceMsDefault = 1_800_000;

/**
 * @param cut ms since 1970; rows at it stay
 * @returns rows that were removed, duplicates that were not merged yet among them
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function removeOld(
  { table, time }: AgedTable,
  cut: number,
  options: RemoveOptions,
): Promise<number> {
  const { store, sliceMs = sliceMsDefault, isStopped = () => false } = options;
  const older = `${time} < fromUnixTimestamp64Milli({end:Int64}, 'UTC')`;
  const look = async (end: number) => {
    const [found] = await store.query<{ rows: number; oldest: number }>(
      `SELECT count() AS rows, toUnixTimestamp64Milli(min(${time})) AS oldest FROM ${table} WHERE ${older}`,
      { end },
    );
    return found!;
  };
  let removed = 0;
  const { rows, oldest: first } = await look(cut);
  if (rows === 0) return 0;
  // What comes meanwhile and is as old waits for the next run: otherwise this one might never end.
  const statementsMax = Math.ceil((cut - first) / sliceMs) + 1;
  let oldest = first;
  for (let i = 0; i < statementsMax && !isStopped(); i += 1) {
    const end = Math.min(cut, oldest + sliceMs);
    const { rows: inSlice } = await look(end);
    await store.command(
      `DELETE FROM ${table} WHERE ${older} SETTINGS lightweight_deletes_sync = 0`,
      { end },
    );
    await untilDone(table, options);
    removed += inSlice;
    const rest = await look(cut);
    if (rest.rows === 0) break;
    oldest = rest.oldest;
  }
  return removed;
}

/** Waits until every change of the table is made on this replica. */
async function untilDone(table: string, options: RemoveOptions): Promise<void> {
  const { store, pollMs = 100, patienceMs = patienceMsDefault } = options;
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const [open] = await store.query<{ changes: number; reason: string }>(
      `SELECT count() AS changes, any(latest_fail_reason) AS reason FROM system.mutations
       WHERE database = currentDatabase() AND table = {table:String} AND NOT is_done`,
      { table },
    );
    if (open === undefined || open.changes === 0) return;
    if (performance.now() > deadline) {
      const why = open.reason === '' ? 'it takes too long' : open.reason;
      throw new EngineError('SINK_UNAVAILABLE', `rows of ${table} are not removed yet: ${why}`);
    }
    await sleep(pollMs);
  }
}

/** Marked rows are not worth rewriting parts while they are fewer, as a share of all. */
const markedShareMin = 0.02;

/**
 * Has marked rows leave the disk where they are many enough. Nothing is waited for.
 *
 * @param always however few they are
 * @returns whether that was begun
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function leaveDisk(
  store: Pick<Store, 'query' | 'command'>,
  table: string,
  always = false,
): Promise<boolean> {
  const [parts] = await store.query<{ stored: number; live: number; marked: number }>(
    `SELECT sum(rows) AS stored, max(has_lightweight_delete) AS marked,
       (SELECT count() FROM ${table}) AS live
     FROM system.parts WHERE database = currentDatabase() AND table = {table:String} AND active`,
    { table },
  );
  const { stored = 0, live = 0, marked = 0 } = parts ?? {};
  if (marked === 0) return false;
  if (!always && stored - live < markedShareMin * stored) return false;
  await store.command(`ALTER TABLE ${table} APPLY DELETED MASK SETTINGS mutations_sync = 0`);
  return true;
}
