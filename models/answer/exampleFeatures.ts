/** What is known just before an answer, as plain numbers: the examples that batch trainers learn from, and what their models read. */
import type { ExampleFeatures } from '../../contracts/learner.ts';
import type { Features } from '../features.ts';
import { factNames } from './facts.ts';
import { itemRow, skillRow, userRow, userSkillRow } from './rows.ts';
import type { Situation } from './situation.ts';

/** Facts that vary: all but the constant. */
const facts = factNames.slice(1);

const extraNames = [
  'attempt',
  'item difficulty',
  'user ability in skill',
  'answers of the user',
  'answers to the item',
  'answers in the skill',
  'answers of the user in skill',
  'user success, last ten',
] as const;

/** In the order in which they are written. */
export const exampleNames: readonly string[] = [...facts, ...extraNames];

/**
 * @param known     facts of the situation, as `writeFacts` leaves them
 * @param situation of the row that was predicted last
 */
export function answerExamples(known: Features, situation: Situation): ExampleFeatures {
  return {
    names: exampleNames,
    write(into, at) {
      const { values } = known;
      for (let i = 0; i < facts.length; i += 1) into[at + i] = values[i + 1]!;
      const { users, user, items, item, skills, skill, userSkills, userSkill } = situation;
      const rest = at + facts.length;
      into[rest] = situation.attempt;
      into[rest + 1] = items[item + itemRow.difficulty]!;
      into[rest + 2] = userSkills[userSkill + userSkillRow.ability]!;
      into[rest + 3] = Math.log1p(users[user + userRow.count]!);
      into[rest + 4] = Math.log1p(items[item + itemRow.count]!);
      into[rest + 5] = Math.log1p(skills[skill + skillRow.count]!);
      into[rest + 6] = Math.log1p(userSkills[userSkill + userSkillRow.count]!);
      into[rest + 7] = successShare(users[user + userRow.outcomes]!, users[user + userRow.count]!);
    },
  };
}

/** Of the last ten outcomes; missing before the first. */
function successShare(outcomes: number, count: number): number {
  const known = Math.min(count, 10);
  if (known === 0) return NaN;
  let successes = 0;
  for (let bits = outcomes; bits > 0; bits >>>= 1) successes += bits & 1;
  return successes / known;
}
