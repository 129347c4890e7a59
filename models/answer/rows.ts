/**
 * Where each fact stands in the rows that the answer model keeps: one row per user, item, skill, and user × skill.
 *
 * All are Float64: 176 bytes a user, 168 an item, 24 a skill, 48 a user × skill, besides what the table needs. A new
 * row is all zeros, so every fact is written such that zero means "nothing known yet". Rates that are decayed by events
 * are kept as distance from {@link usualRate}. A row of user × item was tried and left out: on 303,895 answers it moved
 * the AUC by 0.0005, for one more row to find and to checkpoint per event.
 */

/** Where rates start before anything is known. */
export const usualRate = 0.4;
/** Most failed attempts in a row on one item that are told apart. */
export const attemptsMax = 7;
/** The same in a user's row. */
export const userAttemptsMax = 4;

export const userRow = {
  hash: 0,
  /** Answers. */
  count: 1,
  /** Time of the last answer, ms. */
  time: 2,
  /** Decayed mean by event time: its sum, its weight, and the time to which both are decayed. */
  decayedSum: 3,
  decayedWeight: 4,
  decayedTime: 5,
  ability: 6,
  /** First attempts. */
  firsts: 7,
  /** Rates of the latest first attempts, and of the latest further attempts. */
  firstRate: 8,
  retryRate: 9,
  /** The last ten outcomes as bits, the latest lowest. */
  outcomes: 10,
  /** Failed attempts before each of the last two successes, three bits each, the latest lowest. */
  effort: 11,
  /** Hash of the last item, and of the one before that was another. */
  item: 12,
  earlierItem: 13,
  /** Hash of the last skill. */
  skill: 14,
  /** Failed attempts in a row on the last item; 0 after a success. */
  failures: 15,
  /** Successes in a row > 0, failures in a row < 0. */
  streak: 16,
  /** Rates of the latest answers by attempt, 0 … userAttemptsMax. */
  attemptRates: 17,
  width: 22,
} as const;

export const itemRow = {
  hash: 0,
  count: 1,
  successes: 2,
  difficulty: 3,
  firsts: 4,
  /** Answers and successes by attempt, in pairs, 0 … attemptsMax. */
  attempts: 5,
  width: 21,
} as const;

export const skillRow = { hash: 0, count: 1, successes: 2, width: 3 } as const;

export const userSkillRow = {
  count: 0,
  successes: 1,
  /** Ability in this skill beyond the user's own. */
  ability: 2,
  /** Rate of the latest first attempts. */
  firstRate: 3,
  /** Attempts that the last four successes took (3 is three or more), two bits each, the latest lowest. */
  effort: 4,
  /** Time of the last answer, ms. */
  time: 5,
  width: 6,
} as const;
