/**
 * Waits until an erasure holds: the data plane has come to its record, and a checkpoint has passed it.
 *
 * Until that checkpoint a data plane that fails begins again before the record, and writes again what it had written of the
 * user since; behind it, what is removed does not come back.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../contracts/store.ts';

/** Where the data plane has come to the record of an erasure. */
export interface ErasurePlace {
  readonly partition: number;
  /** 1 + offset of the record. */
  readonly since: number;
}

export interface Waiting {
  readonly store: Store;
  /** The one that learns. */
  readonly pipeline: string;
  /** Nothing is waited for longer, by `performance.now()`. */
  readonly until: number;
}

/** Pause between two looks, ms. */
const everyMs = 200;

/** The latest erasure of the user that the data plane has come to. */
export async function latestErasure(
  { store, pipeline }: Pick<Waiting, 'store' | 'pipeline'>,
  user: string,
): Promise<ErasurePlace | undefined> {
  const [found] = await store.query<ErasurePlace>(
    `SELECT partition, max(since) AS since FROM user_preferences
     WHERE pipeline = {pipeline:String} AND user = {user:String} AND erased = 1
     GROUP BY partition ORDER BY since DESC LIMIT 1`,
    { pipeline, user },
  );
  return found;
}

/** @param before what `latestErasure` had answered before the record was written; undefined in return: not in time */
export async function untilHeard(
  waiting: Waiting,
  user: string,
  before: ErasurePlace | undefined,
): Promise<ErasurePlace | undefined> {
  for (;;) {
    const latest = await latestErasure(waiting, user);
    if (latest !== undefined && latest.since > (before?.since ?? 0)) return latest;
    if (performance.now() >= waiting.until) return undefined;
    await sleep(everyMs);
  }
}

/** Whether the marker of the partition has passed the record in time; then it is on the disk as well. */
export async function untilCommitted(
  { store, pipeline, until }: Waiting,
  { partition, since }: ErasurePlace,
): Promise<boolean> {
  for (;;) {
    // The version of a marker is the offset up to which it is committed.
    const [marker] = await store.query<{ committed: number }>(
      `SELECT max(version) AS committed FROM state
       WHERE pipeline = {pipeline:String} AND partition = {partition:UInt16} AND table = '' AND key = 'marker'`,
      { pipeline, partition },
    );
    if (Number(marker?.committed ?? 0) >= since) break;
    if (performance.now() >= until) return false;
    await sleep(everyMs);
  }
  await store.barrier();
  return true;
}
