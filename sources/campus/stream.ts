/**
 * The running campus: students sit down, sessions play, records travel; what has arrived comes out in order of arrival.
 *
 * Memory: about 60 bytes per student, one object per running session, one per record under way. Records are written as
 * bytes only when they leave, so an offline device costs one object, however much it will deliver.
 */

import { TimeHeap } from '../../contracts/timeHeap.ts';
import type { Activity } from './activity.ts';
import { botSessions } from './bots.ts';
import { afterEvenHours } from './calendar.ts';
import { coursesPerStudent } from './curriculum.ts';
import { type Arrival, deliveryMaxMs, send } from './delivery.ts';
import { playActivity, sessionMaxMs } from './play.ts';
import { exponential, randomState, reseed, uniform } from './random.ts';
import { beginSession, type CampusMemory, type Session } from './session.ts';
import { sessionsMax } from './sessionShape.ts';
import { readTraits, type Traits } from './students.ts';
import type { CampusWorld } from './world.ts';

/** Where arrivals come from: stateful, only forward. */
export interface ArrivalStream {
  /** The next record that arrives before `until`, ms since 1970; undefined when there is none. */
  next(until: number): Arrival | undefined;
}

/**
 * Opens the campus at an arrival time.
 *
 * Everything before is fast-forwarded without playing the sessions: about 2 µs per session begun since the campus start.
 *
 * @param from ms since 1970; records that arrived earlier are left out
 */
export function openArrivals(world: CampusWorld, from: number): ArrivalStream {
  const memory: CampusMemory = {
    practice: new Uint32Array(world.students * coursesPerStudent),
    sessions: new Uint32Array(world.students),
    stages: new Int8Array(world.students * world.plan.experiments.length).fill(-1),
  };
  const slots = new Uint32Array(world.students);
  const random = randomState();
  const traits: Traits = { chronotype: 0, diligence: 1, pace: 1 };
  const starts = new TimeHeap<number>();
  const running = new TimeHeap<Session>();
  const pending = new TimeHeap<Arrival>();

  function deliver(arrival: Arrival, tie: number): void {
    if (arrival.arrivalTime >= from) pending.push(arrival.arrivalTime, tie, arrival);
  }
  function emit(activity: Activity): void {
    // A stream of its own inside: what is drawn here does not disturb the session that is playing.
    send(world, deliveryRandom, activity, deliver);
  }
  const deliveryRandom = randomState();

  /** Plans when a student sits down next; `time` is the last such moment. */
  function schedule(student: number, time: number): void {
    readTraits(random, world.seed, student, traits);
    const slot = slots[student]!;
    slots[student] = slot + 1;
    reseed(random, world.seed ^ 0x7374_6172, student, slot);
    const wait = exponential(random) / (world.sessionsPerHour * traits.diligence);
    const local = afterEvenHours(traits.chronotype, time + world.zoneOffsetMs, wait);
    starts.push(local - world.zoneOffsetMs, student, student);
  }

  /** True when the day is off and the student stays away. */
  function staysAway(student: number, time: number): boolean {
    for (const { fromMs, toMs, keptShare } of world.plan.holidays) {
      const sinceMs = time - world.start;
      if (sinceMs < fromMs || sinceMs >= toMs) continue;
      reseed(random, world.seed ^ 0x686f_6c69, student, slots[student]!);
      return uniform(random) >= keptShare;
    }
    return false;
  }

  function begin(student: number, time: number): Session | undefined {
    schedule(student, time);
    if (staysAway(student, time)) return undefined;
    if (memory.sessions[student]! >= sessionsMax / 2) return undefined;
    return beginSession(world, memory, random, student, Math.ceil(time));
  }

  function enqueue(session: Session): void {
    const offline = !Number.isNaN(session.deliveredAt);
    const tie = session.student * sessionsMax + session.number;
    running.push(offline ? session.deliveredAt : session.time, tie, session);
  }

  function step(): void {
    if (starts.time <= running.time) {
      const time = starts.time;
      const session = begin(starts.pop(), time);
      if (session !== undefined) enqueue(session);
      return;
    }
    const session = running.pop();
    const offline = !Number.isNaN(session.deliveredAt);
    do {
      playActivity(world, random, session, emit);
    } while (offline && session.position < session.length);
    if (session.position < session.length) enqueue(session);
  }

  for (let student = 0; student < world.students; student += 1) schedule(student, world.start);
  for (const session of botSessions(world)) enqueue(session);
  const settled = from - sessionMaxMs(world) - deliveryMaxMs(world);
  while (starts.time < settled) {
    const time = starts.time;
    const session = begin(starts.pop(), time);
    if (session !== undefined && session.deliveredAt >= settled) enqueue(session);
  }

  return {
    next(until) {
      for (;;) {
        const clock = Math.min(starts.time, running.time);
        const due = pending.time;
        // What is still to be played arrives at least 1 ms after the clock.
        if (due <= clock && due < until) return pending.pop();
        if (clock >= until) return undefined;
        step();
      }
    },
  };
}
