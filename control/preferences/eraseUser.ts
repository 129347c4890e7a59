/**
 * Forgets what was learnt of a user's liking: says so in the log, and removes the stored rows once the data plane has heard.
 *
 * What is erased is what was learnt. Events in the archive, decisions and the log itself are not touched, nor the
 * population's sums, in which no single user can be told any more.
 */

import { bytesOf } from '../../contracts/bytes.ts';
import { eraseEvent } from '../../contracts/eraseRecord.ts';
import { partitionOf } from '../../contracts/hash.ts';
import type { Store } from '../../contracts/store.ts';
import {
  appendRecord,
  closeSlices,
  type OpenSlice,
  type Slice,
} from '../../sources/door/slices.ts';

export interface ErasureOptions {
  append(slices: readonly Slice[], receivedAt: number): Promise<unknown>;
  readonly partitions: number;
  /** Partition of a user, as the log has it; by default that of the embedded log. */
  readonly choosePartition?: typeof partitionOf;
  /** Whether the log takes the user of each record beside it. */
  readonly withKeys?: boolean;
  readonly clock?: () => number;
}

const encoder = new TextEncoder();

/**
 * Resolves when the log has it: from there on nothing that came before counts, in no replay.
 *
 * @param id of the erasure: one that is sent again under its id is a duplicate
 * @throws EngineError OVERLOADED, LOG_FULL, LOG_UNAVAILABLE
 */
export async function eraseUser(user: string, id: string, options: ErasureOptions): Promise<void> {
  const { append, partitions, choosePartition = partitionOf } = options;
  const { withKeys = false, clock = Date.now } = options;
  const at = clock();
  const key = encoder.encode(user);
  const bytes = encoder.encode(eraseEvent(user, id, at));
  const open = new Map<number, OpenSlice>();
  const partition = choosePartition(bytesOf(key), 0, key.length, partitions);
  appendRecord(open, partition, bytes, 0, bytes.length, withKeys ? key : undefined);
  await append(closeSlices(open), at);
}

/**
 * Removes the rows that an erasure has made void. What says so stays, so that a row of a lost process that lands late is void as
 * well.
 *
 * @returns whether the data plane had heard of an erasure of this user
 */
export async function removeErased(
  store: Store,
  user: string,
  pipeline = 'learning',
): Promise<boolean> {
  const erased = await store.query<{ preference: string; since: number }>(
    `SELECT preference, max(since) AS since FROM user_preferences
     WHERE pipeline = {pipeline:String} AND user = {user:String} AND erased = 1 GROUP BY preference`,
    { pipeline, user },
  );
  for (const { preference, since } of erased) {
    await store.command(
      `ALTER TABLE user_preferences DELETE
       WHERE pipeline = {pipeline:String} AND user = {user:String} AND preference = {preference:String}
         AND erased = 0 AND since <= {since:UInt64}`,
      { pipeline, user, preference, since: Number(since) },
    );
  }
  return erased.length > 0;
}
