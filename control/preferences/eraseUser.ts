/**
 * Forgets what was learnt of a user's liking: says so in the log, and removes the stored rows once the data plane has heard.
 *
 * What is erased is what was learnt. Events in the archive, decisions and the log itself are not touched, nor the
 * population's sums, in which no single user can be told any more.
 */

import { eraseEvent } from '../../contracts/eraseRecord.ts';
import { nameOf } from '../../contracts/pseudonyms.ts';
import type { Store } from '../../contracts/store.ts';
import {
  appendRecord,
  closeSlices,
  type OpenSlice,
  type Slice,
} from '../../sources/door/slices.ts';
import { partitionsOfUser, type UserPlacing } from '../../sources/door/userPartitions.ts';

export interface ErasureOptions extends UserPlacing {
  append(slices: readonly Slice[], receivedAt: number): Promise<unknown>;
  /** Whether the log takes the user of each record beside it. */
  readonly withKeys?: boolean;
  readonly clock?: () => number;
}

const encoder = new TextEncoder();

/**
 * Resolves when the log has it: from there on nothing that came before counts, in no replay.
 *
 * @param user id or pseudonym
 * @param id of the erasure: one that is sent again under its id is a duplicate
 * @returns the partitions that have it
 * @throws EngineError OVERLOADED, LOG_FULL, LOG_UNAVAILABLE
 */
export async function eraseUser(
  user: string,
  id: string,
  options: ErasureOptions,
): Promise<readonly number[]> {
  const { append, withKeys = false, clock = Date.now } = options;
  const at = clock();
  const name = nameOf(options.pseudonyms, user);
  const key = encoder.encode(name);
  const bytes = encoder.encode(eraseEvent(name, id, at));
  const open = new Map<number, OpenSlice>();
  const places = partitionsOfUser(user, options);
  for (const partition of places) {
    appendRecord(open, partition, bytes, 0, bytes.length, withKeys ? key : undefined);
  }
  await append(closeSlices(open), at);
  return places;
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
  const erased = await store.query<{ preference: string; partition: number; since: number }>(
    `SELECT preference, partition, max(since) AS since FROM user_preferences
     WHERE pipeline = {pipeline:String} AND user = {user:String} AND erased = 1 GROUP BY preference, partition`,
    { pipeline, user },
  );
  for (const { preference, partition, since } of erased) {
    await store.command(
      `ALTER TABLE user_preferences DELETE
       WHERE pipeline = {pipeline:String} AND user = {user:String} AND preference = {preference:String}
         AND partition = {partition:UInt16} AND erased = 0 AND since <= {since:UInt64}`,
      { pipeline, user, preference, partition, since: Number(since) },
    );
  }
  return erased.length > 0;
}
