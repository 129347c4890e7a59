/** Alerts that likely have the same cause, as one. */
import type { Alert, AlertState } from '../../contracts/alert.ts';

export interface Incident {
  readonly id: string;
  /** What it is called by: the one that came first. */
  readonly lead: Alert;
  /** All of it that are known, the lead among them, the first to begin first. */
  readonly alerts: readonly Alert[];
  readonly since: number;
  /** null: one of them at least is open. */
  readonly until: number | null;
  /** The worst of them. */
  readonly state: AlertState;
  readonly severity: Alert['severity'];
}

/** The worst first. */
const worse: readonly AlertState[] = ['firing', 'error', 'no-data', 'pending', 'resolved'];

export function isOpen({ state }: Pick<Alert, 'state'>): boolean {
  return state !== 'resolved';
}

/** In the order in which the first alert of each stands in the list. */
export function incidentsOf(alerts: readonly Alert[]): Incident[] {
  const groups = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const group = groups.get(alert.incident);
    if (group === undefined) groups.set(alert.incident, [alert]);
    else group.push(alert);
  }
  return [...groups].map(([id, group]) => incidentOf(id, group));
}

/** Each alert as an incident of its own. */
export function alertsApart(alerts: readonly Alert[]): Incident[] {
  return alerts.map((alert) => incidentOf(alert.id, [alert]));
}

/** The worst first, of those the high ones, of those the newest. */
export function byUrgency(a: Incident, b: Incident): number {
  return (
    worse.indexOf(a.state) - worse.indexOf(b.state) ||
    Number(b.severity === 'high') - Number(a.severity === 'high') ||
    b.since - a.since
  );
}

function incidentOf(id: string, group: readonly Alert[]): Incident {
  const alerts = group.toSorted((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
  const lead = alerts.find((alert) => alert.id === id) ?? alerts[0]!;
  const ends = alerts.map(({ resolvedAt, state, since }) =>
    state === 'resolved' ? (resolvedAt ?? since) : null,
  );
  const open = alerts.filter(isOpen);
  const standing = open.length > 0 ? open : alerts;
  return {
    ...{ id, lead, alerts },
    since: alerts[0]!.since,
    until: open.length > 0 ? null : Math.max(...ends.map((end) => end ?? 0)),
    state: worse.find((state) => standing.some((alert) => alert.state === state)) ?? lead.state,
    severity: standing.some(({ severity }) => severity === 'high') ? 'high' : 'low',
  };
}
