/**
 * Items that the same users have: for each item a bounded number of neighbours with the count of users who had both shortly
 * after each other, for each user the last few items.
 *
 * When an item has no room for a new neighbour, that takes the place of the weakest and its count: what is often seen is never
 * lost, and no count is too large by more than the smallest.
 *
 * Source: Linden, Smith & York 2003 (item to item); Metwally, Agrawal & El Abbadi 2005 (Space-Saving).
 */
import type { StateTables } from '../../contracts/stateTable.ts';
import { nameHash } from '../answer/nameHash.ts';

export interface SimilarItems {
  /** Counts that a user has an item, behind those that the user had before. */
  count(user: number, item: number, time: number): void;
  /**
   * How well an item goes with the last ones of a user: Σ both / √(one × other), 0 when nothing is known.
   *
   * @param user code in the dictionary of the tables
   * @param item the same
   */
  score(user: number, item: number, time: number): number;
}

/** In an item's row: its hash, uses; then pairs of a neighbour's hash and count. In a user's: hashes, the latest first. */
const hashAt = 0;
const usesAt = 1;
const pairsAt = 2;

/** @throws RangeError when a bound is not a whole number above 0 */
export function similarItems(
  tables: StateTables,
  name: string,
  { neighboursMax = 32, recentMax = 5, usersMax = 2 ** 20, itemsMax = 2 ** 17 } = {},
): SimilarItems {
  const width = pairsAt + 2 * neighboursMax;
  const items = tables.numbers(`${name}-items`, { width, keysMax: itemsMax });
  const users = tables.numbers(`${name}-users`, { width: recentMax, keysMax: usersMax });

  function strengthen(at: number, other: number): void {
    const { values } = items;
    let weakest = at + pairsAt;
    for (let pair = weakest; pair < at + width; pair += 2) {
      if (values[pair] === other || values[pair] === 0) {
        values[pair] = other;
        values[pair + 1]! += 1;
        return;
      }
      if (values[pair + 1]! < values[weakest + 1]!) weakest = pair;
    }
    values[weakest] = other;
    values[weakest + 1]! += 1;
  }

  /** Count of users who had both, by the item's row. */
  function bothOf(at: number, other: number): number {
    const { values } = items;
    for (let pair = at + pairsAt; pair < at + width; pair += 2) {
      if (values[pair] === other) return values[pair + 1]!;
    }
    return 0;
  }

  return {
    count(user, item, time) {
      const hash = nameHash(tables.dictionary, item);
      const at = items.at(item, time);
      items.values[at + hashAt] = hash;
      items.values[at + usesAt]! += 1;
      const own = users.at(user, time);
      const recent = users.values;
      for (let i = 0; i < recentMax; i += 1) {
        const other = recent[own + i]!;
        if (other !== 0 && other !== hash) strengthen(at, other);
      }
      if (recent[own] === hash) return;
      recent.copyWithin(own + 1, own, own + recentMax - 1);
      recent[own] = hash;
    },

    score(user, item, time) {
      const at = items.peek(item, time);
      const own = users.peek(user, time);
      if (at < 0 || own < 0) return 0;
      let score = 0;
      for (let i = 0; i < recentMax; i += 1) {
        const other = users.values[own + i]!;
        if (other !== 0) score += bothOf(at, other);
      }
      return score / Math.sqrt(items.values[at + usesAt]!);
    },
  };
}
