/**
 * Which alerts likely have the same cause: those that begin close together are one incident, and only its head is told.
 *
 * The head is the one earliest in the flow, and among those of a lane the one that began first; an alert about the whole counts
 * as having begun when the first one of its segments did, and comes before them. When the events stop, everything that
 * is made of them falls too: that is one gap, and it joins the alert about the events however long that has been open.
 *
 * An incident never spans more than it may, so a series of alerts each close to the next is not one. As whether an alert fits
 * depends on those that are there and not on who came first, alerts that all begin within one span are one incident with one
 * head in whatever order they are known.
 */
import type { Alert } from '../../contracts/alert.ts';
import { lanes } from '../../contracts/watch.ts';
import { isUnjudged } from './endedAlert.ts';

/** Alerts of one cause begin within so long, event time. */
export const incidentSpanMs = 15 * 60_000;

/**
 * Gives alerts that have just fired their place.
 *
 * @param known those that are in incidents: all that have fired and are open, and the heads of their incidents
 * @param fresh those that have fired since; what is pending is not told and heads nothing
 * @returns by id the incident (id of its head) of each alert, known or fresh, for which it is not what `incident` says
 */
export function joinIncidents(
  known: readonly Alert[],
  fresh: readonly Alert[],
  spanMs: number = incidentSpanMs,
): ReadonlyMap<string, string> {
  const freshIds = new Set(fresh.map(({ id }) => id));
  const incidents = groupsOf(known.filter(({ id }) => !freshIds.has(id)));
  for (const alert of [...fresh].sort(byBeginning)) {
    const fitting = incidents.filter((members) => takes(members, alert, spanMs));
    const [incident] = fitting.sort((a, b) => byBeginning(headOf(a), headOf(b)));
    if (incident === undefined) incidents.push([alert]);
    else incident.push(alert);
  }
  const changed = new Map<string, string>();
  for (const members of incidents) {
    const { id: head } = headOf(members);
    for (const { id, incident } of members) if (incident !== head) changed.set(id, head);
  }
  return changed;
}

/**
 * Whether a member of an incident is not told because its head was. One that outlasts its head by more than its watch asks
 * for to be well has a cause of its own, and is told then.
 *
 * @param head    undefined: it is not known any more
 * @param clearMs of the member's watch
 * @param at      now, event time
 */
export function isBehindHead(
  member: Alert,
  head: Alert | undefined,
  clearMs: number,
  at: number,
): boolean {
  if (head === undefined || head.id === member.id) return false;
  // Nobody would know of the incident.
  if (head.firedAt === null || head.mutedBy !== null) return false;
  return head.resolvedAt === null || at <= head.resolvedAt + clearMs;
}

function groupsOf(known: readonly Alert[]): Alert[][] {
  const groups = new Map<string, Alert[]>();
  for (const alert of known) {
    const members = groups.get(alert.incident);
    if (members === undefined) groups.set(alert.incident, [alert]);
    else members.push(alert);
  }
  return [...groups.values()];
}

function takes(members: readonly Alert[], alert: Alert, spanMs: number): boolean {
  const { resolvedAt } = headOf(members);
  if (resolvedAt !== null && alert.since > resolvedAt) return false;
  if (members.some((member) => isCauseOf(member, alert))) return true;
  const beginnings = [...members, alert].map(({ since }) => since);
  return Math.max(...beginnings) - Math.min(...beginnings) <= spanMs;
}

/** Whatever falls or is silent while the events it comes from do; a segment while the whole does. */
function isCauseOf(cause: Alert, alert: Alert): boolean {
  if (cause.resolvedAt !== null || cause.since > alert.since) return false;
  if (cause.watch === alert.watch) return cause.key.length === 0;
  const isSameKey = cause.key.length === 0 || cause.key.join('\n') === alert.key.join('\n');
  return isSameKey && cause.lane === 'ingest' && isFall(cause) && isFall(alert);
}

function isFall(alert: Alert): boolean {
  return alert.direction === 'fall' || isUnjudged(alert) || alert.state === 'no-data';
}

function headOf(members: readonly Alert[]): Alert {
  const rank = (alert: Alert) => {
    const isWhole = alert.key.length === 0;
    const own = isWhole ? members.filter(({ watch }) => watch === alert.watch) : [alert];
    const since = Math.min(...own.map((each) => each.since));
    return { lane: lanes.indexOf(alert.lane), since, whole: isWhole ? 0 : 1, id: alert.id };
  };
  const ranked = members.map((alert) => ({ alert, ...rank(alert) }));
  ranked.sort(
    (a, b) => a.lane - b.lane || a.since - b.since || a.whole - b.whole || (a.id < b.id ? -1 : 1),
  );
  return ranked[0]!.alert;
}

function byBeginning(a: Alert, b: Alert): number {
  return (
    a.since - b.since ||
    lanes.indexOf(a.lane) - lanes.indexOf(b.lane) ||
    a.key.length - b.key.length ||
    (a.id < b.id ? -1 : 1)
  );
}
