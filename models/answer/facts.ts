/**
 * The numeric features: rates, ratings, recency, streak. Each attempt number has weights of its own, because a first
 * try and a fourth one are different questions.
 */
import type { Features } from '../features.ts';
import { ratingGap } from './ability.ts';
import { readDecayedRate } from './decayedRate.ts';
import { recency } from './recency.ts';
import { attemptsMax, itemRow, skillRow, userAttemptsMax, userRow, userSkillRow } from './rows.ts';
import type { Situation } from './situation.ts';
import { smoothedLogit } from './smoothedLogit.ts';
import { streakStrength } from './streak.ts';

/** In the order of the features. */
export const factNames = [
  'constant',
  'item success',
  'item success at this attempt',
  'skill success',
  'user success in skill',
  'user ability',
  'user ability above item difficulty',
  'user latest first attempts',
  'user latest further attempts',
  'user latest answers at this attempt',
  'user latest first attempts in skill',
  'user success, decayed by time',
  'user streak',
  'same skill as before',
  'time since the user answered',
  'time since the user met the skill',
] as const;

/** Weights that the facts need. */
export const factWeights = factNames.length * (attemptsMax + 1);

/** Fills `features` with the facts of the situation. */
export function writeFacts(features: Features, situation: Situation): void {
  const { time, users, user, items, item, skills, skill, userSkills, userSkill } = situation;
  const attempt = Math.min(situation.attempt, attemptsMax);
  const tries = item + itemRow.attempts + 2 * attempt;
  const userTries = user + userRow.attemptRates + Math.min(attempt, userAttemptsMax);
  const seen = skills[skill + skillRow.count]!;
  const practised = userSkills[userSkill + userSkillRow.count]!;
  const { indices, values } = features;
  values[0] = 1;
  values[1] = smoothedLogit(items[item + itemRow.successes]!, items[item + itemRow.count]!, 4);
  values[2] = smoothedLogit(items[tries + 1]!, items[tries]!, 2);
  values[3] = smoothedLogit(skills[skill + skillRow.successes]!, seen, 20);
  values[4] = smoothedLogit(userSkills[userSkill + userSkillRow.successes]!, practised, 3);
  values[5] = users[user + userRow.ability]!;
  values[6] = ratingGap(situation);
  values[7] = users[user + userRow.firstRate]!;
  values[8] = users[user + userRow.retryRate]!;
  values[9] = users[userTries]!;
  values[10] = userSkills[userSkill + userSkillRow.firstRate]!;
  values[11] = readDecayedRate(users, user + userRow.decayedSum);
  values[12] = streakStrength(users[user + userRow.streak]!);
  values[13] =
    situation.skillHash !== 0 && users[user + userRow.skill] === situation.skillHash ? 1 : 0;
  values[14] = recency(users[user + userRow.time]!, time);
  values[15] = recency(userSkills[userSkill + userSkillRow.time]!, time);
  const first = attempt * factNames.length;
  for (let fact = 0; fact < factNames.length; fact += 1) indices[fact] = first + fact;
}
