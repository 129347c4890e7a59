/**
 * The hashed one-hot features: combinations that have a weight of their own each, found by hashing.
 *
 * Source: Weinberger et al. 2009, "Feature hashing for large scale multitask learning".
 */
import type { Features } from '../features.ts';
import { practiceLevel } from './history.ts';
import { rateLevel } from './recentRate.ts';
import { attemptsMax, userRow, userSkillRow } from './rows.ts';
import type { Situation } from './situation.ts';

/** In the order of the features. */
export const crossNames = [
  'user',
  'outcomes × attempt',
  'effort × attempt',
  'item × item before × outcome',
  'item × two items before',
  'item × first-attempt level × attempt',
  'item × outcomes × attempt',
  'item × further-attempt level × attempt',
  'item × effort × attempt',
  'item × effort in skill × attempt',
  'skill × outcomes × attempt',
  'skill × practice × first-attempt level × attempt',
] as const;

/** First of the features that need an item, and of those that need a skill. */
const itemFirst = 3;
const skillFirst = 10;

/** Different for every feature, so that equal combinations of two features get different weights. */
const salts = Int32Array.from(crossNames, (_, feature) => Math.imul(feature + 1, 0x9e37_79b1));

/** Two 32-bit numbers as one, which still has to be mixed. */
function join(left: number, right: number): number {
  return (Math.imul(left, 0x85eb_ca77) + Math.imul(right ^ (left >>> 15), 0xc2b2_ae3d)) | 0;
}

/**
 * Which weight a combination has: its mixed bits, the highest first. MurmurHash3's finish (Appleby), on signed
 * integers only: it runs twelve times per event, and larger numbers would be boxed.
 */
function slot(combination: number, salt: number, shift: number): number {
  let h = combination ^ salt;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return (h ^ (h >>> 16)) >>> shift;
}

/**
 * Fills `features` with the crosses of the situation. Without item or skill those that need it have the value 0.
 *
 * @param bits the features have 2^bits weights
 */
export function writeCrosses(features: Features, situation: Situation, bits: number): void {
  const { users, user, userSkills, userSkill, userHash, itemHash, skillHash } = situation;
  const { indices, values } = features;
  const shift = 32 - bits;
  const attempt = Math.min(situation.attempt, attemptsMax);
  const outcomes = users[user + userRow.outcomes]! | 0;
  const effort = users[user + userRow.effort]! | 0;
  const firstLevel = rateLevel(users[user + userRow.firstRate]!, 6);
  const retryLevel = rateLevel(users[user + userRow.retryRate]!, 6);
  indices[0] = slot(userHash, salts[0]!, shift);
  indices[1] = slot((outcomes & 63) * 8 + attempt, salts[1]!, shift);
  indices[2] = slot(effort * 8 + attempt, salts[2]!, shift);
  if (itemHash === 0) {
    values.fill(0, itemFirst, skillFirst);
  } else {
    if (values[itemFirst] === 0) values.fill(1, itemFirst, skillFirst);
    const before = users[user + userRow.item]! | 0;
    const earlier = users[user + userRow.earlierItem]! | 0;
    const skillEffort = userSkills[userSkill + userSkillRow.effort]! | 0;
    const previous = join(itemHash, before);
    indices[3] = slot(join(previous, outcomes & 1), salts[3]!, shift);
    indices[4] = slot(join(previous, earlier), salts[4]!, shift);
    indices[5] = slot(join(itemHash, firstLevel * 8 + Math.min(attempt, 2)), salts[5]!, shift);
    indices[6] = slot(join(itemHash, (outcomes & 15) * 8 + attempt), salts[6]!, shift);
    indices[7] = slot(join(itemHash, retryLevel * 8 + attempt), salts[7]!, shift);
    indices[8] = slot(join(itemHash, (effort & 7) * 8 + attempt), salts[8]!, shift);
    indices[9] = slot(join(itemHash, (skillEffort & 15) * 8 + attempt), salts[9]!, shift);
  }
  if (skillHash === 0) {
    values.fill(0, skillFirst);
  } else {
    if (values[skillFirst] === 0) values.fill(1, skillFirst);
    const practice = practiceLevel(userSkills[userSkill + userSkillRow.count]!);
    const level = (practice * 8 + firstLevel) * 8 + attempt;
    indices[10] = slot(join(skillHash, (outcomes & 7) * 8 + attempt), salts[10]!, shift);
    indices[11] = slot(join(skillHash, level), salts[11]!, shift);
  }
}
