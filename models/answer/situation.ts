/** All that is known just before an answer: the rows it concerns and where in them it stands. Made once, filled anew. */
import { itemRow, skillRow, userRow, userSkillRow } from './rows.ts';

export interface Situation {
  /** Event time, ms. */
  time: number;
  /** Hash of the name; 0 when the event has no item. */
  itemHash: number;
  /** Hash of the name; 0 when the event has no skill. */
  skillHash: number;
  userHash: number;
  /** Failed attempts in a row on this item just before, without limit. */
  attempt: number;
  /** Values of each table, and the position of the row in them; a row that is not there is one of zeros. */
  users: Float64Array;
  user: number;
  items: Float64Array;
  item: number;
  skills: Float64Array;
  skill: number;
  userSkills: Float64Array;
  userSkill: number;
}

/** Stands in for a row that is not there. */
export const zeroRow = new Float64Array(
  Math.max(userRow.width, itemRow.width, skillRow.width, userSkillRow.width),
);

export function createSituation(): Situation {
  return {
    time: 0,
    itemHash: 0,
    skillHash: 0,
    userHash: 0,
    attempt: 0,
    users: zeroRow,
    user: 0,
    items: zeroRow,
    item: 0,
    skills: zeroRow,
    skill: 0,
    userSkills: zeroRow,
    userSkill: 0,
  };
}

/** Failed attempts in a row on the item just before this answer: 0 is a first attempt. */
export function attemptOf(users: Float64Array, user: number, itemHash: number): number {
  return itemHash !== 0 && users[user + userRow.item] === itemHash
    ? users[user + userRow.failures]!
    : 0;
}
