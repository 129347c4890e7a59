/** Finds the rows that an answer concerns: to read them before it, to change them after. */
import { type Batch, type Columns, codesOf, numbersOf } from '../../contracts/batch.ts';
import type { NumberTable, StateTables } from '../../contracts/stateTable.ts';
import type { AnswerParameters } from './answerParameters.ts';
import { nameHash } from './nameHash.ts';
import { itemRow, skillRow, userRow, userSkillRow } from './rows.ts';
import { attemptOf, type Situation, zeroRow } from './situation.ts';

/** What the model reads of an event. */
export const answerColumns: Columns = {
  strings: ['user', 'item', 'context.skill'],
  numbers: ['time'],
};

/** Its rows, and what names them. */
export const answerLookups = [
  { table: 'answer-users', by: ['user'] },
  { table: 'answer-items', by: ['item'] },
  { table: 'answer-skills', by: ['context.skill'] },
  { table: 'answer-user-skills', by: ['user', 'context.skill'] },
] as const;

export interface Locator {
  /** Fills the situation for reading; makes and touches no row. */
  look(batch: Batch, row: number, situation: Situation): void;
  /** The same rows for changing: made where they are absent. Only after `look` at the same row. */
  take(row: number, situation: Situation): void;
}

/** Position of the row, its hash in place. */
function touch(table: NumberTable, code: number, time: number, hash: number): number {
  const at = table.at(code, time);
  table.values[at] = hash;
  return at;
}

export function createLocator(tables: StateTables, parameters: AnswerParameters): Locator {
  const { usersMax, itemsMax, skillsMax, userSkillsMax } = parameters;
  const make = (name: string, width: number, keysMax: number): NumberTable =>
    tables.numbers(name, { width, keysMax });
  const users = make('answer-users', userRow.width, usersMax);
  const items = make('answer-items', itemRow.width, itemsMax);
  const skills = make('answer-skills', skillRow.width, skillsMax);
  const userSkills = make('answer-user-skills', userSkillRow.width, userSkillsMax);
  let current: Batch | undefined;
  let userCodes: Int32Array = new Int32Array(0);
  let itemCodes = userCodes;
  let skillCodes = userCodes;
  let times: Float64Array = new Float64Array(0);

  function open(batch: Batch): void {
    userCodes = codesOf(batch, 'user');
    itemCodes = codesOf(batch, 'item');
    skillCodes = codesOf(batch, 'context.skill');
    times = numbersOf(batch, 'time');
    current = batch;
  }

  return {
    look(batch, row, situation) {
      if (batch !== current) open(batch);
      const time = times[row]!;
      const user = userCodes[row]!;
      const item = itemCodes[row]!;
      const skill = skillCodes[row]!;
      const userAt = users.peek(user, time);
      const itemAt = item < 0 ? -1 : items.peek(item, time);
      const skillAt = skill < 0 ? -1 : skills.peek(skill, time);
      const userSkillAt = skill < 0 ? -1 : userSkills.peekPair(user, skill, time);
      const s = situation;
      s.time = time;
      s.users = userAt < 0 ? zeroRow : users.values;
      s.user = Math.max(0, userAt);
      s.items = itemAt < 0 ? zeroRow : items.values;
      s.item = Math.max(0, itemAt);
      s.skills = skillAt < 0 ? zeroRow : skills.values;
      s.skill = Math.max(0, skillAt);
      s.userSkills = userSkillAt < 0 ? zeroRow : userSkills.values;
      s.userSkill = Math.max(0, userSkillAt);
      const names = tables.dictionary;
      s.userHash = s.users[s.user + userRow.hash]! | 0 || nameHash(names, user);
      s.itemHash = item < 0 ? 0 : s.items[s.item + itemRow.hash]! | 0 || nameHash(names, item);
      s.skillHash =
        skill < 0 ? 0 : s.skills[s.skill + skillRow.hash]! | 0 || nameHash(names, skill);
      s.attempt = attemptOf(s.users, s.user, s.itemHash);
    },

    take(row, situation) {
      const { time, userHash, itemHash, skillHash } = situation;
      const user = userCodes[row]!;
      situation.user = touch(users, user, time, userHash);
      situation.users = users.values;
      if (itemHash !== 0) {
        situation.item = touch(items, itemCodes[row]!, time, itemHash);
        situation.items = items.values;
      }
      if (skillHash !== 0) {
        situation.skill = touch(skills, skillCodes[row]!, time, skillHash);
        situation.skills = skills.values;
        situation.userSkill = userSkills.atPair(user, skillCodes[row]!, time);
        situation.userSkills = userSkills.values;
      }
    },
  };
}
