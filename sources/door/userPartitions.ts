/** In which partitions of the log a user's records are, or may be. */
import { bytesOf } from '../../contracts/bytes.ts';
import { partitionOf } from '../../contracts/hash.ts';
import { nameOf } from '../../contracts/pseudonyms.ts';
import type { DoorOptions } from './door.ts';

const encoder = new TextEncoder();

/** How the log chooses partitions. */
export type UserPlacing = Pick<
  DoorOptions,
  'partitions' | 'choosePartition' | 'pseudonyms' | 'partitionBy'
>;

/** The partition of what is sent of a user under this id. */
export function partitionOfUser(user: string, placing: UserPlacing): number {
  const { partitions, choosePartition = partitionOf, pseudonyms, partitionBy } = placing;
  const text = partitionBy === 'id' ? user : nameOf(pseudonyms, user);
  const bytes = encoder.encode(text);
  return choosePartition(bytesOf(bytes), 0, bytes.length, partitions);
}

/**
 * The partitions that must hear of what is said of a user once for all, such as an erasure.
 *
 * Where others choose the partition by their own id of the user, it cannot be told from the pseudonym: then all of them.
 *
 * @param user id or pseudonym
 */
export function partitionsOfUser(user: string, placing: UserPlacing): number[] {
  const { partitions, pseudonyms, partitionBy } = placing;
  const own = partitionOfUser(user, placing);
  if (pseudonyms === undefined || partitionBy !== 'id') return [own];
  const name = pseudonyms.of(user);
  if (name === user) return Array.from({ length: partitions }, (_, partition) => partition);
  // Some may send the pseudonym.
  return [...new Set([own, partitionOfUser(name, placing)])];
}
