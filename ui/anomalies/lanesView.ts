/** What the timeline shows: incidents, the time they are drawn over, days of the calendar and what else happened. */
import type { Alert } from '../../contracts/alert.ts';
import type { LanesContext } from '../charts/alertLanes.ts';
import type { Window } from '../data/range.ts';
import { laneNames, type Search } from '../data/search.ts';
import type { Happened } from '../happenings/happened.ts';
import { isChosen } from './chosen.ts';
import { alertsApart, type Incident, incidentsOf } from './incidents.ts';

export interface Timeline {
  /** The oldest first. */
  readonly incidents: readonly Incident[];
  readonly window: Window;
}

export interface LanesView extends Pick<Timeline, 'incidents'> {
  readonly context: LanesContext;
}

type Asked = Pick<Search, 'standing' | 'lane' | 'watch' | 'apart' | 'range'>;

/** What a timeline of everything shows at least, ms. */
const leastMs = 86_400_000;

/** @param window that was asked for; of the range `all` it begins with the first alert */
export function timelineOf(alerts: readonly Alert[], asked: Asked, window: Window): Timeline {
  const chosen = alerts.filter((alert) => isChosen(alert, asked));
  const incidents = asked.apart === true ? alertsApart(chosen) : incidentsOf(chosen);
  const sorted = incidents.toSorted((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
  const first = sorted[0]?.since ?? window.to;
  const from = asked.range === 'all' ? Math.min(first, window.to - leastMs) : window.from;
  return { incidents: sorted, window: { from, to: Math.max(window.to, from + 1) } };
}

export function lanesView(
  { incidents, window }: Timeline,
  { items, days }: Pick<Happened, 'items' | 'days'>,
  asked: Pick<Asked, 'lane'>,
): LanesView {
  return {
    incidents,
    context: {
      window,
      lanes: laneNames.flatMap((lane, i) =>
        asked.lane === undefined || asked.lane === lane ? [i] : [],
      ),
      stripes: days.map(({ at, until, sentence }) => ({
        from: at,
        to: until ?? at,
        name: sentence,
      })),
      flags: items.map(({ at, number }) => ({ at, label: String(number) })),
    },
  };
}
