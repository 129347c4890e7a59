/** Takes one outcome into the rows of its user, item, skill and user × skill. */
import { stepRatings } from './ability.ts';
import { stepDecayedRate } from './decayedRate.ts';
import { pushEffort, pushOutcome, pushSkillEffort } from './history.ts';
import { stepRecentRate } from './recentRate.ts';
import { attemptsMax, itemRow, skillRow, userAttemptsMax, userRow, userSkillRow } from './rows.ts';
import type { Situation } from './situation.ts';
import { nextStreak } from './streak.ts';

/**
 * @param situation whose rows are those to be changed
 * @param outcome   0 or 1
 */
export function learnRows(situation: Situation, outcome: number, halfLifeMs: number): void {
  if (situation.attempt === 0) stepRatings(situation, outcome);
  if (situation.itemHash !== 0) learnItem(situation, outcome);
  if (situation.skillHash !== 0) learnSkill(situation, outcome);
  learnUser(situation, outcome, halfLifeMs);
}

function learnItem({ items, item, attempt }: Situation, outcome: number): void {
  const tries = item + itemRow.attempts + 2 * Math.min(attempt, attemptsMax);
  items[item + itemRow.count]! += 1;
  items[item + itemRow.successes]! += outcome;
  items[tries]! += 1;
  items[tries + 1]! += outcome;
}

function learnSkill(situation: Situation, outcome: number): void {
  const { skills, skill, userSkills, userSkill, attempt, time } = situation;
  skills[skill + skillRow.count]! += 1;
  skills[skill + skillRow.successes]! += outcome;
  userSkills[userSkill + userSkillRow.count]! += 1;
  userSkills[userSkill + userSkillRow.successes]! += outcome;
  if (attempt === 0) stepRecentRate(userSkills, userSkill + userSkillRow.firstRate, outcome, 0.2);
  if (outcome === 1) {
    const effort = userSkill + userSkillRow.effort;
    userSkills[effort] = pushSkillEffort(userSkills[effort]!, attempt + 1);
  }
  userSkills[userSkill + userSkillRow.time] = time;
}

function learnUser(situation: Situation, outcome: number, halfLifeMs: number): void {
  const { users, user, itemHash, skillHash, attempt, time } = situation;
  const rate = user + (attempt === 0 ? userRow.firstRate : userRow.retryRate);
  const attemptRate = user + userRow.attemptRates + Math.min(attempt, userAttemptsMax);
  stepRecentRate(users, rate, outcome, 0.1);
  stepRecentRate(users, attemptRate, outcome, 0.1);
  stepDecayedRate(users, user + userRow.decayedSum, outcome, time, halfLifeMs);
  const effort = user + userRow.effort;
  if (outcome === 1) users[effort] = pushEffort(users[effort]!, attempt);
  const outcomes = user + userRow.outcomes;
  users[outcomes] = pushOutcome(users[outcomes]!, outcome);
  const streak = user + userRow.streak;
  users[streak] = nextStreak(users[streak]!, outcome);
  users[user + userRow.failures] = outcome === 1 ? 0 : attempt + 1;
  if (users[user + userRow.item] !== itemHash) {
    users[user + userRow.earlierItem] = users[user + userRow.item]!;
    users[user + userRow.item] = itemHash;
  }
  users[user + userRow.skill] = skillHash;
  users[user + userRow.count]! += 1;
  users[user + userRow.time] = time;
}
