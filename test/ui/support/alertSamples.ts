/** Alerts for pure functions of the pages. */
import { Alert } from '../../../contracts/alert.ts';
import { Watch } from '../../../contracts/watch.ts';
import type { WatchStanding } from '../../../contracts/watchApi.ts';
import { alertOf, fakeAlerts } from '../../support/fakeAlerts.ts';

/** A Wednesday, 14:00 UTC. */
export const now = Date.UTC(2026, 10, 25, 14);
export const minute = 60_000;
export const hour = 60 * minute;

export function alert(id: string, part: Partial<Alert> = {}): Alert {
  return alertOf(now, { id, ...part });
}

export function over(id: string, part: Partial<Alert> = {}): Alert {
  return alert(id, { state: 'resolved', ending: 'recovered', resolvedAt: now - minute, ...part });
}

/** Those of the fake engine, at a fixed time. */
export const campusAlerts: readonly Alert[] = fakeAlerts(now).alerts.map((each) =>
  Alert.parse(each),
);

export function standing(
  key: string,
  part: Partial<Omit<WatchStanding, 'watch'>> = {},
  isActive = true,
): WatchStanding {
  const definition = Watch.parse({
    ...{ key, name: key, lane: 'ingest', isActive },
    source: { kind: 'metric', metric: key, figure: 'count' },
    judgement: { kind: 'usual' },
  });
  return {
    watch: { definition, ...{ revision: 1, at: now, actor: 'maria', reason: '' } },
    state: isActive ? 'ok' : 'off',
    ...{ judgedTo: now, keys: 1, problem: null, firedWeek: 0, falseWeek: 0 },
    ...part,
  };
}
