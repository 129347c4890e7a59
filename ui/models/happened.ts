/** What is marked in the course of a model: what was done, as numbered flags, and days of the calendar, as spans. */
import type { Happening } from '../../contracts/alert.ts';
import type { Window } from '../data/range.ts';

export interface Happened {
  /** In the order of time. */
  readonly flags: readonly Happening[];
  readonly days: readonly Happening[];
}

/** What may change how well a model does; alerts have a page of their own. */
const kinds: readonly Happening['kind'][] = ['experiment', 'policy', 'deployment', 'retraining'];

export function happenedOf(happenings: readonly Happening[], { from, to }: Window): Happened {
  const within = happenings.filter(({ at, until }) => at < to && (until ?? at) >= from);
  return {
    flags: within.filter(({ kind }) => kinds.includes(kind)).toSorted((a, b) => a.at - b.at),
    days: within.filter(({ kind }) => kind === 'calendar'),
  };
}
