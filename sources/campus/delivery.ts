/** How activities travel: delays, losses in outages, reloads in bursts, duplicates, malformed copies. */
import { type Activity, reloadNumber, reloadsMax } from './activity.ts';
import { defects } from './defects.ts';
import type { Interval } from './plan.ts';
import { below, exponential, normal, type RandomState, reseed, uniform } from './random.ts';
import { activitiesMax } from './sessionShape.ts';
import { type CampusWorld, deliveryAt } from './world.ts';

/** How a record arrives: `late` is well-formed and more than a minute behind its time. */
export type ArrivalKind = 'good' | 'duplicate' | 'late' | 'malformed';

/** A record under way. */
export interface Arrival {
  readonly activity: Activity;
  readonly kind: ArrivalKind;
  /** ms since 1970, an integer. */
  readonly arrivalTime: number;
  readonly latencyMs: number;
  /** Index in `defects`; −1 when well-formed. */
  readonly defect: number;
}

/** Takes an arrival; `tie` is unique, and orders those that arrive in the same millisecond. */
export type Deliver = (arrival: Arrival, tie: number) => void;

const latency = { medianMs: 120, spread: 0.4 };
const networkMaxMs = 10_000;
const reloadMaxMs = 2_000;
const copiesMax = 4;

/** Longest time from an event on an online device to the arrival of its last copy, ms. */
export function deliveryMaxMs(world: CampusWorld): number {
  const longest = world.deliveries.map(
    ({ delivery: { slowMs, duplicateMs } }) => slowMs[1] + Math.max(duplicateMs[1], reloadMaxMs),
  );
  return networkMaxMs + Math.max(...longest) + 4;
}

/** Sends one activity, with all that comes of it. */
export function send(
  world: CampusWorld,
  random: RandomState,
  activity: Activity,
  deliver: Deliver,
): void {
  const { plan, start } = world;
  const { session, number } = activity;
  const sinceMs = activity.time - start;
  const delivery = deliveryAt(world, sinceMs);
  const online = Number.isNaN(session.deliveredAt);
  const step = session.number * activitiesMax + number;
  reseed(random, world.seed ^ 0x6465_6c69, session.student, step);
  const outage = online ? during(plan.outages, sinceMs) : undefined;
  const luck = uniform(random);
  if (outage !== undefined && luck >= outage.keptShare) return;

  const spike = during(plan.latencySpikes, sinceMs)?.factor ?? 1;
  const latencyMs = Math.round(
    latency.medianMs * Math.exp(latency.spread * normal(random)) * spike,
  );
  const sent = online ? activity.time : Math.max(activity.time, session.deliveredAt);
  const slow = online && uniform(random) < delivery.slowShare;
  const network = 1 + Math.min(networkMaxMs, delivery.networkMeanMs * exponential(random));
  const first = Math.round(sent + network + (slow ? between(random, delivery.slowMs) : 0));
  const tie = (session.student * 2_097_152 + session.number) * (activitiesMax * copiesMax);
  const ownTie = tie + number * copiesMax;
  const kind = first - activity.time > 60_000 ? 'late' : 'good';
  deliver({ activity, kind, arrivalTime: first, latencyMs, defect: -1 }, ownTie);

  if (uniform(random) < delivery.duplicateShare) {
    const again = first + Math.round(between(random, delivery.duplicateMs));
    const copy: Arrival = {
      activity,
      kind: 'duplicate',
      arrivalTime: again,
      latencyMs,
      defect: -1,
    };
    deliver(copy, ownTie + 1);
  }
  if (uniform(random) < delivery.malformedShare) {
    const defect = below(random, defects.length);
    deliver({ activity, kind: 'malformed', arrivalTime: first, latencyMs, defect }, ownTie + 2);
  }
  const burst = session.botEveryMs === 0 ? during(plan.bursts, sinceMs) : undefined;
  if (burst !== undefined && number < reloadNumber) {
    for (let extra = 0; extra < burst.factor - 1; extra += 1) {
      const again = first + 1 + below(random, reloadMaxMs);
      const reload = reloadOf(world, activity, extra);
      const reloaded: Arrival = {
        activity: reload,
        kind,
        arrivalTime: again,
        latencyMs,
        defect: -1,
      };
      deliver(reloaded, tie + reload.number * copiesMax);
    }
  }
}

/** The page of the activity, or the first of the skill, opened once more. */
function reloadOf(world: CampusWorld, activity: Activity, extra: number): Activity {
  const { session, number, item } = activity;
  return {
    ...activity,
    type: 'viewed',
    number: reloadNumber + number * reloadsMax + extra,
    item: item >= 0 ? item : world.materials[session.skill]![0]!,
    value: 0,
    probability: NaN,
    action: -1,
    seconds: 0,
  };
}

function between(random: RandomState, range: readonly [number, number]): number {
  return range[0] + uniform(random) * (range[1] - range[0]);
}

/** The interval that holds the moment; undefined when none does. */
function during<Planned extends Interval>(
  intervals: readonly Planned[],
  sinceMs: number,
): Planned | undefined {
  for (const interval of intervals) {
    if (sinceMs >= interval.fromMs && sinceMs < interval.toMs) return interval;
  }
  return undefined;
}
