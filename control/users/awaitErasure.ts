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

/** The latest erasures of the user that the data plane has come to, one a partition that was told of one. */
export function latestErasures(
  { store, pipeline }: Pick<Waiting, 'store' | 'pipeline'>,
  user: string,
): Promise<ErasurePlace[]> {
  return store.query<ErasurePlace>(
    `SELECT partition, max(since) AS since FROM user_preferences
     WHERE pipeline = {pipeline:String} AND user = {user:String} AND erased = 1
     GROUP BY partition`,
    { pipeline, user },
  );
}

/**
 * @param before what `latestErasures` had answered before the record was written
 * @param told the partitions into which it was written
 * @returns where it is in each of them; undefined: not in time
 */
export async function untilHeard(
  waiting: Waiting,
  user: string,
  before: readonly ErasurePlace[],
  told: readonly number[],
): Promise<ErasurePlace[] | undefined> {
  const sinceOf = (places: readonly ErasurePlace[], partition: number) =>
    Number(places.find((each) => each.partition === partition)?.since ?? 0);
  for (;;) {
    const latest = await latestErasures(waiting, user);
    const heard = told.filter((each) => sinceOf(latest, each) > sinceOf(before, each));
    if (heard.length === told.length) {
      return told.map((partition) => ({ partition, since: sinceOf(latest, partition) }));
    }
    if (performance.now() >= waiting.until) return undefined;
    await sleep(everyMs);
  }
}

/** Whether the markers of the partitions have passed the record in time; then it is on the disk as well. */
export async function untilCommitted(
  { store, pipeline, until }: Waiting,
  places: readonly ErasurePlace[],
): Promise<boolean> {
  const partitions = places.map(({ partition }) => partition);
  for (;;) {
    // The version of a marker is the offset up to which it is committed.
    const markers = await store.query<{ partition: number; committed: number }>(
      `SELECT partition, max(version) AS committed FROM state
       WHERE pipeline = {pipeline:String} AND partition IN {partitions:Array(UInt16)} AND table = '' AND key = 'marker'
       GROUP BY partition`,
      { pipeline, partitions },
    );
    const committed = new Map(markers.map((each) => [each.partition, Number(each.committed)]));
    if (places.every(({ partition, since }) => (committed.get(partition) ?? 0) >= since)) break;
    if (performance.now() >= until) return false;
    await sleep(everyMs);
  }
  await store.barrier();
  return true;
}
