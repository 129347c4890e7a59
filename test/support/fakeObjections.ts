/** Objections in memory: everyone objects to nothing until they do. */
import type { ObjectionDesk } from '../../api/objectionDesk.ts';
import type { Objection } from '../../contracts/objectionApi.ts';

export function fakeObjections(now: number): ObjectionDesk {
  const told = new Map<string, Objection>();
  const standing = (user: string): Objection =>
    told.get(user) ?? { user, to: [], since: null, actor: '', reason: '' };
  return {
    objects: (user, to) => standing(user).to.includes(to),
    read: async (user) => standing(user),
    list: async () => ({ total: told.size, objections: [...told.values()], next: null }),
    async change(user, to, { actor, reason }) {
      const before = standing(user).to;
      told.set(user, { user, to: [...to], since: now, actor, reason });
      const isForgetting = to.includes('personalization');
      return {
        ...{ user, record: 'objection-5c2e', at: now, to: [...to], before },
        removed: isForgetting ? [{ table: 'user_preferences', rows: 1 }] : [],
        consequences: to.length > 0 ? ['Events and decisions stay stored.'] : ['All is as before.'],
        isHeard: isForgetting ? true : null,
      };
    },
    changeAll: async () => ({ taken: 0, refused: 0, objections: [] }),
  };
}
