/**
 * What is known just before an answer, as plain numbers: the examples that batch trainers learn from, and what their models read.
 *
 * All of it is of the online learner's state, its score included, and has that learner's version. The score comes in two parts, for
 * the crosses know each item and sequence by name, as no table of numbers does. Chosen on the first 60 % of ASSISTments 2017 and on
 * the campus of seed 11: without the score, combined predictions gain at most half as much on the former, and as much on the latter.
 *
 * `skill` tells skills apart, by a hash of the name in [0, 1): what is otherwise in one of them, as when it is graded anew, nothing else
 * here tells.
 *
 * Missing (NaN) is what an answer without item or skill has none of, and shares and means before there is anything to share. Facts
 * are what the learner takes them for: 0 when nothing is known.
 */
import type { ExampleFeatures } from '../../contracts/learner.ts';
import type { Features } from '../features.ts';
import { readDecayedWeight } from './decayedRate.ts';
import { factNames } from './facts.ts';
import { attemptsMax, itemRow, skillRow, userRow, userSkillRow } from './rows.ts';
import type { Situation } from './situation.ts';
import { smoothedLogit } from './smoothedLogit.ts';

/** Facts that vary: all but the constant. */
const facts = factNames.slice(1);

const extraNames = [
  'logit of the facts',
  'logit of the crosses',
  'attempt',
  'same item as before',
  'item difficulty',
  'item success at first attempts',
  'item success at second attempts',
  'item success at the next attempt',
  'answers to the item',
  'answers to the item at this attempt',
  'first attempts among answers to the item',
  'user outcomes, the latest first',
  'user failures before the last success',
  'user latest second attempts',
  'answers of the user',
  'answers of the user, decayed by time',
  'first attempts of the user',
  'first attempts among answers of the user',
  'answers in the skill',
  'user ability in skill',
  'user attempts for the last success in skill',
  'user attempts for a success in skill',
  'answers of the user in skill',
  'skill',
] as const;

/** In the order in which they are written. */
export const exampleNames: readonly string[] = [...facts, ...extraNames];

/** Of the extra names. */
const itemFirst = 4;
const userFirst = 11;
const skillFirst = 18;

export interface ExampleSources {
  /** As `writeFacts` and the score leave them. */
  readonly facts: Features;
  /** As `writeCrosses` and the score leave them. */
  readonly crosses: Features;
  /** Of the row that was predicted last. */
  readonly situation: Situation;
  /** Of the decayed rate, > 0. */
  readonly halfLifeMs: number;
}

export function answerExamples(sources: ExampleSources): ExampleFeatures {
  const { facts: known, crosses, situation, halfLifeMs } = sources;
  return {
    names: exampleNames,
    write(into, at) {
      const { values } = known;
      for (let i = 0; i < facts.length; i += 1) into[at + i] = values[i + 1]!;
      const rest = at + facts.length;
      const { users, user, itemHash, skillHash } = situation;
      into[rest] = scoreOf(known);
      into[rest + 1] = scoreOf(crosses);
      into[rest + 2] = situation.attempt;
      into[rest + 3] = itemHash !== 0 && users[user + userRow.item] === itemHash ? 1 : 0;
      if (itemHash === 0) into.fill(NaN, rest + itemFirst, rest + userFirst);
      else writeItem(into, rest + itemFirst, situation);
      writeUser(into, rest + userFirst, situation, halfLifeMs);
      if (skillHash === 0) into.fill(NaN, rest + skillFirst, rest + extraNames.length);
      else writeSkill(into, rest + skillFirst, situation);
    },
  };
}

function scoreOf({ count, weights, values }: Features): number {
  let score = 0;
  for (let i = 0; i < count; i += 1) score += weights[i]! * values[i]!;
  return score;
}

function writeItem(into: Float32Array, at: number, { items, item, attempt }: Situation): void {
  const count = items[item + itemRow.count]!;
  const first = item + itemRow.attempts;
  const tries = first + 2 * Math.min(attempt, attemptsMax);
  const next = first + 2 * Math.min(attempt + 1, attemptsMax);
  into[at] = items[item + itemRow.difficulty]!;
  into[at + 1] = smoothedLogit(items[first + 1]!, items[first]!, 2);
  into[at + 2] = smoothedLogit(items[first + 3]!, items[first + 2]!, 2);
  into[at + 3] = smoothedLogit(items[next + 1]!, items[next]!, 2);
  into[at + 4] = Math.log1p(count);
  into[at + 5] = Math.log1p(items[tries]!);
  into[at + 6] = items[item + itemRow.firsts]! / count; // 0 / 0 is NaN
}

function writeUser(
  into: Float32Array,
  at: number,
  { users, user, time }: Situation,
  halfLifeMs: number,
): void {
  const count = users[user + userRow.count]!;
  const firsts = users[user + userRow.firsts]!;
  into[at] = count === 0 ? NaN : latestFirst(users[user + userRow.outcomes]!);
  into[at + 1] = users[user + userRow.effort]! & 7;
  into[at + 2] = users[user + userRow.attemptRates + 1]!;
  into[at + 3] = Math.log1p(count);
  into[at + 4] = readDecayedWeight(users, user + userRow.decayedSum, time, halfLifeMs);
  into[at + 5] = Math.log1p(firsts);
  into[at + 6] = firsts / count; // 0 / 0 is NaN
}

function writeSkill(into: Float32Array, at: number, situation: Situation): void {
  const { skills, skill, userSkills, userSkill, skillHash } = situation;
  const effort = userSkills[userSkill + userSkillRow.effort]!;
  const known = Math.min(userSkills[userSkill + userSkillRow.successes]!, 4);
  const attempts = (effort & 3) + ((effort >> 2) & 3) + ((effort >> 4) & 3) + ((effort >> 6) & 3);
  into[at] = Math.log1p(skills[skill + skillRow.count]!);
  into[at + 1] = userSkills[userSkill + userSkillRow.ability]!;
  into[at + 2] = known === 0 ? NaN : effort & 3;
  into[at + 3] = attempts / known; // 0 / 0 is NaN
  into[at + 4] = Math.log1p(userSkills[userSkill + userSkillRow.count]!);
  into[at + 5] = (skillHash >>> 0) / 2 ** 32;
}

/** Ten outcomes as a binary fraction, so that a tree asks for the latest first: 0.5 is a success after nine failures. */
function latestFirst(outcomes: number): number {
  let fraction = 0;
  for (let bits = outcomes, weight = 0.5; bits > 0; bits >>= 1, weight *= 0.5) {
    fraction += (bits & 1) * weight;
  }
  return fraction;
}
