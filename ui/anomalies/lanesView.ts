/** What the timeline shows: incidents, the time they are drawn over, days of the calendar and what else happened. */
import type { Alert, Happening } from '../../contracts/alert.ts';
import type { LanesContext } from '../charts/alertLanes.ts';
import type { Window } from '../data/range.ts';
import { laneNames, type Search } from '../data/search.ts';
import { isChosen } from './chosen.ts';
import { alertsApart, type Incident, incidentsOf } from './incidents.ts';

export interface LanesView {
  readonly incidents: readonly Incident[];
  readonly context: LanesContext;
  /** What else happened, numbered as in the timeline. */
  readonly others: readonly Happening[];
}

type Asked = Pick<Search, 'standing' | 'lane' | 'watch' | 'apart' | 'range'>;

/** What a timeline of everything shows at least, ms. */
const leastMs = 86_400_000;

/** Kinds that have a place of their own. */
const own: readonly Happening['kind'][] = ['calendar', 'alert'];

/** @param window that was asked for; of the range `all` it begins with the first alert */
export function lanesView(
  alerts: readonly Alert[],
  happenings: readonly Happening[],
  asked: Asked,
  window: Window,
): LanesView {
  const chosen = alerts.filter((alert) => isChosen(alert, asked));
  const incidents = asked.apart === true ? alertsApart(chosen) : incidentsOf(chosen);
  const sorted = incidents.toSorted((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
  const first = sorted[0]?.since ?? window.to;
  const from = asked.range === 'all' ? Math.min(first, window.to - leastMs) : window.from;
  const shown = { from, to: Math.max(window.to, from + 1) };
  const within = happenings.filter(
    ({ at, until }) => at <= shown.to && (until ?? at) >= shown.from,
  );
  const others = within.filter(({ kind }) => !own.includes(kind)).toSorted((a, b) => a.at - b.at);
  return {
    incidents: sorted,
    others,
    context: {
      window: shown,
      lanes: laneNames.flatMap((lane, i) =>
        asked.lane === undefined || asked.lane === lane ? [i] : [],
      ),
      stripes: within
        .filter(({ kind }) => kind === 'calendar')
        .map(({ at, until, sentence }) => ({ from: at, to: until ?? at, name: sentence })),
      flags: others.map(({ at }, i) => ({ at, label: String(i + 1) })),
    },
  };
}
