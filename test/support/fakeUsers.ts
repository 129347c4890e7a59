/** People of whom something is known, until they are erased; of everyone else nothing is. */
import type { UserDesk } from '../../api/routes/users.ts';
import type { UserAnswer } from '../../contracts/userApi.ts';

const hour = 3_600_000;

function liking(value: string, affinity: number, standardError: number, words: string) {
  return {
    ...{ value, affinity, standardError, words, population: 0.01, level: 0.02 },
    ...{ own: affinity - 0.03, weight: 6, seen: 11, lastAt: 0 },
  };
}

function known(user: string, now: number): UserAnswer {
  return {
    user,
    preferences: [
      {
        ...{ name: 'topic', events: 61, level: 0.02 },
        words: 'From 61 outcomes: likes sports more than others do, likes history less.',
        values: [
          liking(
            'sports',
            0.41,
            0.09,
            'Likes sports more than others do (+0.41 ± 0.09 beyond them).',
          ),
          liking('music', 0.04, 0.13, 'Likes music as others do (+0.04 ± 0.13 beyond them).'),
          liking(
            'history',
            -0.29,
            0.11,
            'Likes history less than others do (−0.29 ± 0.11 beyond them).',
          ),
        ],
      },
    ],
    decisions: [
      {
        ...{ decision: 'd-2', policy: 'tutor', at: now - hour, action: 'video', position: 1 },
        ...{ way: 'policy', probability: 0.62, reward: null },
        words: 'tutor chose video with a probability of 62 %, by what it had learnt.',
      },
      {
        ...{ decision: 'd-1', policy: 'gone', at: now - 30 * hour, action: 'gold', position: 2 },
        ...{ way: 'pin', probability: 1, reward: 1 },
        words: 'Somebody has pinned gold in gone for such users.',
      },
    ],
  };
}

const nothing = {
  ...{ name: 'topic', events: 0, level: 0, values: [] },
  words: "Nothing is known of this user's topic: answered as for everyone.",
};

/** @param users who are known */
export function fakeUsers(users: Iterable<string>, now: number): UserDesk {
  const left = new Set(users);
  const answer = (user: string): UserAnswer =>
    left.has(user) ? known(user, now) : { user, preferences: [nothing], decisions: [] };
  return {
    read: async (user) => answer(user),
    readPlaced: async () => undefined,
    exportedPlaced: async () => undefined,
    async *exported(user) {
      for (const row of answer(user).decisions) {
        yield `${JSON.stringify({ table: 'policy_decisions', row })}\n`;
      }
    },
    async erase(user) {
      const { preferences, decisions } = answer(user);
      left.delete(user);
      return {
        ...{ user, erasure: 'erase-7f3a', at: now, isForgotten: true, isFinal: true },
        removed: [
          { table: 'events', rows: 1_204 },
          { table: 'policy_decisions', rows: decisions.length },
          { table: 'user_preferences', rows: preferences[0]!.events > 0 ? 1 : 0 },
        ],
        learntFrom: decisions.length === 0 ? [] : [{ what: 'policy tutor', events: 37 }],
        kept: ['Counts and sums stay: they are of all users together.'],
      };
    },
  };
}
