import { expect, test } from 'vitest';
import { type Answer, answerBatch, simulatedAnswers } from '../../../benchmarks/support/answers.ts';
import { bytesOf } from '../../../contracts/bytes.ts';
import { murmur3 } from '../../../contracts/hash.ts';
import { answerFeatures, createAnswerModel } from '../../../models/answer/answerModel.ts';
import { crossNames } from '../../../models/answer/crosses.ts';
import { exampleNames } from '../../../models/answer/exampleFeatures.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables } from '../../../operators/state/stateTables.ts';

const halfLifeMs = 600_000;

/** Fails often and tries again; every seventh answer has no item, every fifth no skill. */
const answers: readonly Answer[] = simulatedAnswers(3_000, 5).map((answer, i, all) => {
  const { time, correct } = answer;
  // The same few users, each on an item for up to four answers.
  const { item, skill } = all[i - ((i >> 3) % 4) * 8] ?? answer;
  return {
    user: `user-${i % 8}`,
    time: time + (i % 3) * 40_000,
    correct: correct === 1 && i % 3 > 0 ? 1 : 0,
    ...(i % 7 === 6 ? {} : { item: item!.slice(0, 6) }),
    ...(i % 5 === 4 ? {} : { skill: skill! }),
  };
});

interface Past extends Answer {
  readonly attempt: number;
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const successes = (past: readonly Past[]) => past.filter(({ correct }) => correct === 1);

/** ln(odds) of success less the usual, with 0.4 × weight successes and 0.6 × weight failures before the first. */
function smoothed(past: readonly Past[], weight: number): number {
  const right = successes(past).length;
  return Math.log((right + 0.4 * weight) / (past.length - right + 0.6 * weight) / (0.4 / 0.6));
}

/** Exponential smoothing of the outcomes, from 0.4 on, less 0.4. */
function latest(past: readonly Past[], share: number): number {
  return past.reduce((rate, { correct }) => rate + share * (correct - rate), 0.4) - 0.4;
}

function since(past: readonly Past[], now: number): number {
  const last = past.at(-1);
  return last !== undefined && now > last.time ? Math.log1p((now - last.time) / 1_000) : 0;
}

/** Ratings, replayed from the first answer on. */
function ratings(all: readonly Past[]) {
  const users = new Map<string, number>();
  const items = new Map<string, number>();
  const pairs = new Map<string, number>();
  const gap = ({ user, item, skill }: Answer) =>
    (users.get(user) ?? 0) +
    (skill === undefined ? 0 : (pairs.get(`${user} ${skill}`) ?? 0)) -
    (item === undefined ? 0 : (items.get(item) ?? 0));
  all.forEach((answer, i) => {
    if (answer.attempt > 0) return;
    const { user, item, skill, correct } = answer;
    const before = all.slice(0, i);
    const firsts = before.filter(({ attempt }) => attempt === 0);
    const surprise = correct - 1 / (1 + Math.exp(-gap(answer)));
    const played = firsts.filter((past) => past.user === user).length;
    users.set(user, (users.get(user) ?? 0) + (0.3 * surprise) / Math.sqrt(1 + 0.05 * played));
    if (item !== undefined) {
      const seen = firsts.filter((past) => past.item === item).length;
      items.set(item, (items.get(item) ?? 0) - (0.4 * surprise) / (1 + 0.05 * seen));
    }
    if (skill !== undefined) {
      const key = `${user} ${skill}`;
      const practised = before.filter((past) => past.user === user && past.skill === skill).length;
      pairs.set(key, (pairs.get(key) ?? 0) + (0.3 * surprise) / Math.sqrt(1 + 0.1 * practised));
    }
  });
  return { users, items, pairs, gap };
}

/** Every feature but the parts of the score, from the list of all that came before. */
function expected(all: readonly Past[], now: Past): Record<string, number> {
  const { user, item, skill, attempt, time } = now;
  const own = all.filter((past) => past.user === user);
  const ofItem = item === undefined ? [] : all.filter((past) => past.item === item);
  const ofSkill = skill === undefined ? [] : all.filter((past) => past.skill === skill);
  const practised = ofSkill.filter((past) => past.user === user);
  const at = (number: number) =>
    ofItem.filter((past) => Math.min(past.attempt, 7) === Math.min(number, 7));
  const ownAt = (number: number) =>
    own.filter((past) => Math.min(past.attempt, 4) === Math.min(number, 4));
  const firsts = own.filter((past) => past.attempt === 0);
  const { users, items, pairs, gap } = ratings(all);
  const weights = own.map((past) => 0.5 ** ((time - past.time) / halfLifeMs));
  const decayed = own.reduce((sum, past, i) => sum + weights[i]! * (past.correct - 0.4), 0);
  const newest = Math.max(...own.map((past) => past.time));
  const atNewest = (sum: number) => sum * 2 ** ((time - newest) / halfLifeMs);
  const weight = weights.reduce((sum, x) => sum + x, 0);
  const last = own.at(-1);
  const run = own.length - 1 - own.findLastIndex((past) => past.correct !== last?.correct);
  const tries = successes(practised)
    .slice(-4)
    .map((past) => Math.min(past.attempt + 1, 3));
  const itemOnly = (value: number) => (item === undefined ? NaN : value);
  const skillOnly = (value: number) => (skill === undefined ? NaN : value);
  return {
    'item success': smoothed(ofItem, 4),
    'item success at this attempt': smoothed(at(attempt), 2),
    'skill success': smoothed(ofSkill, 20),
    'user success in skill': smoothed(practised, 3),
    'user ability': users.get(user) ?? 0,
    'user ability above item difficulty': gap(now),
    'user latest first attempts': latest(firsts, 0.1),
    'user latest further attempts': latest(
      own.filter((past) => past.attempt > 0),
      0.1,
    ),
    'user latest answers at this attempt': latest(ownAt(attempt), 0.1),
    'user latest first attempts in skill': latest(
      practised.filter((past) => past.attempt === 0),
      0.2,
    ),
    // Weights are of the time of the latest answer: how long ago that was counts only beside the five usual ones.
    'user success, decayed by time':
      own.length === 0 ? 0 : atNewest(decayed) / (atNewest(weight) + 5),
    'user streak': (last?.correct === 1 ? 1 : -1) * Math.log1p(own.length === 0 ? 0 : run),
    'same skill as before': skill !== undefined && last?.skill === skill ? 1 : 0,
    'time since the user answered': since(own, time),
    'time since the user met the skill': since(practised, time),
    attempt,
    'same item as before': item !== undefined && last?.item === item ? 1 : 0,
    'item difficulty': itemOnly(items.get(item!) ?? 0),
    'item success at first attempts': itemOnly(smoothed(at(0), 2)),
    'item success at second attempts': itemOnly(smoothed(at(1), 2)),
    'item success at the next attempt': itemOnly(smoothed(at(attempt + 1), 2)),
    'answers to the item': itemOnly(Math.log(1 + ofItem.length)),
    'answers to the item at this attempt': itemOnly(Math.log(1 + at(attempt).length)),
    'first attempts among answers to the item': itemOnly(at(0).length / ofItem.length),
    'user outcomes, the latest first':
      own.length === 0
        ? NaN
        : Number.parseInt(
            own
              .map(({ correct }) => correct)
              .reverse()
              .slice(0, 10)
              .join('')
              .padEnd(10, '0'),
            2,
          ) / 1_024,
    'user failures before the last success': Math.min(successes(own).at(-1)?.attempt ?? 0, 7),
    'user latest second attempts': latest(ownAt(1), 0.1),
    'answers of the user': Math.log(1 + own.length),
    // An answer that comes late finds the later ones undiminished.
    'answers of the user, decayed by time': time > newest ? weight : atNewest(weight),
    'first attempts of the user': Math.log(1 + firsts.length),
    'first attempts among answers of the user': firsts.length / own.length,
    'answers in the skill': skillOnly(Math.log(1 + ofSkill.length)),
    'user ability in skill': skillOnly(pairs.get(`${user} ${skill}`) ?? 0),
    'user attempts for the last success in skill': skillOnly(tries.at(-1) ?? NaN),
    'user attempts for a success in skill': skillOnly(mean(tries)),
    'answers of the user in skill': skillOnly(Math.log(1 + practised.length)),
    skill: skillOnly(shareOfHash(skill!)),
  };
}

/** Of the name, in [0, 1). */
function shareOfHash(name: string | undefined): number {
  const bytes = new TextEncoder().encode(name ?? '');
  return (murmur3(bytesOf(bytes), 0, bytes.length, 0x616e_7377) >>> 0) / 2 ** 32;
}

/** Failures in a row on the same item just before. */
function attemptOf(all: readonly Past[], { user, item }: Answer): number {
  const last = all.findLast((past) => past.user === user);
  if (item === undefined || last?.item !== item || last.correct === 1) return 0;
  return last.attempt + 1;
}

test('every feature is what a computation from the whole past says', () => {
  const dictionary = new InternDictionary();
  const model = createAnswerModel(createStateTables(dictionary), { bits: 12, halfLifeMs });
  const batch = answerBatch(answers, dictionary);
  const width = exampleNames.length;
  const into = new Float32Array(width + 2).fill(7);
  const past: Past[] = [];
  const missing = new Set<string>();
  for (const [row, answer] of answers.slice(0, 350).entries()) {
    const attempt = attemptOf(past, answer);
    const logit = (p: number) => Math.log(p / (1 - p));
    const score = logit(model.predict(batch, row));
    model.examples!.write(into, 1);
    const found = Object.fromEntries(exampleNames.map((name, i) => [name, into[1 + i]!]));
    const { 'logit of the facts': facts, 'logit of the crosses': crosses, ...rest } = found;
    const wanted = expected(past, { ...answer, attempt });
    expect(Object.keys(rest)).toEqual(Object.keys(wanted));
    for (const [name, value] of Object.entries(wanted)) {
      if (Number.isNaN(value)) missing.add(name);
      if (Number.isNaN(value)) expect([row, name, rest[name]]).toEqual([row, name, NaN]);
      else expect(Math.abs(rest[name]! - value), `${name}, row ${row}`).toBeLessThan(1e-5);
    }
    const added = model.contributions();
    expect(facts! + crosses!).toBeCloseTo(score, 4);
    const ofCrosses = added.slice(answerFeatures.length - crossNames.length);
    expect(crosses).toBeCloseTo(
      ofCrosses.reduce((sum, x) => sum + x, 0),
      5,
    );
    model.learn(batch, row, answer.correct);
    past.push({ ...answer, attempt });
  }
  expect([into[0], into[width + 1]]).toEqual([7, 7]);
  // The stream has what the rules are about.
  expect(Math.max(...past.map(({ attempt }) => attempt))).toBeGreaterThan(2);
  expect(missing.size).toBe(15);
});

// Files of models and stored examples go by these: a change is a new version of the learner.
test('names and their order', () => {
  expect(exampleNames).toHaveLength(39);
  expect(new Set(exampleNames).size).toBe(39);
  expect(exampleNames).toMatchInlineSnapshot(`
    [
      "item success",
      "item success at this attempt",
      "skill success",
      "user success in skill",
      "user ability",
      "user ability above item difficulty",
      "user latest first attempts",
      "user latest further attempts",
      "user latest answers at this attempt",
      "user latest first attempts in skill",
      "user success, decayed by time",
      "user streak",
      "same skill as before",
      "time since the user answered",
      "time since the user met the skill",
      "logit of the facts",
      "logit of the crosses",
      "attempt",
      "same item as before",
      "item difficulty",
      "item success at first attempts",
      "item success at second attempts",
      "item success at the next attempt",
      "answers to the item",
      "answers to the item at this attempt",
      "first attempts among answers to the item",
      "user outcomes, the latest first",
      "user failures before the last success",
      "user latest second attempts",
      "answers of the user",
      "answers of the user, decayed by time",
      "first attempts of the user",
      "first attempts among answers of the user",
      "answers in the skill",
      "user ability in skill",
      "user attempts for the last success in skill",
      "user attempts for a success in skill",
      "answers of the user in skill",
      "skill",
    ]
  `);
});
