/**
 * Elo ratings: each first attempt is a match of the user's ability, and ability in the skill, against the item.
 *
 * Steps shrink with the number of matches, an item's faster than a user's: students learn, items stay. This is the
 * one-parameter logistic (Rasch) model, fitted online.
 * Source: Pelánek 2016, "Applications of the Elo rating system in adaptive educational systems".
 */
import { sigmoid } from '../features.ts';
import { itemRow, userRow, userSkillRow } from './rows.ts';
import type { Situation } from './situation.ts';

/** Logit of success that the ratings predict; an absent item or skill counts as usual. */
export function ratingGap({ users, user, items, item, userSkills, userSkill }: Situation): number {
  return (
    users[user + userRow.ability]! +
    userSkills[userSkill + userSkillRow.ability]! -
    items[item + itemRow.difficulty]!
  );
}

/**
 * Plays one first attempt.
 *
 * @param situation whose rows are those to be changed
 * @param outcome   0 or 1
 */
export function stepRatings(situation: Situation, outcome: number): void {
  const { users, user, items, item, userSkills, userSkill, itemHash, skillHash } = situation;
  const surprise = outcome - sigmoid(ratingGap(situation));
  const played = users[user + userRow.firsts]!;
  users[user + userRow.ability]! += (0.3 * surprise) / Math.sqrt(1 + 0.05 * played);
  users[user + userRow.firsts] = played + 1;
  if (itemHash !== 0) {
    const seen = items[item + itemRow.firsts]!;
    items[item + itemRow.difficulty]! -= (0.4 * surprise) / (1 + 0.05 * seen);
    items[item + itemRow.firsts] = seen + 1;
  }
  if (skillHash !== 0) {
    const practised = userSkills[userSkill + userSkillRow.count]!;
    userSkills[userSkill + userSkillRow.ability]! +=
      (0.3 * surprise) / Math.sqrt(1 + 0.1 * practised);
  }
}
