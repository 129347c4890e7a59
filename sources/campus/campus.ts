/**
 * The synthetic campus: students who learn, rate and take part in experiments, with the truth about all of it.
 *
 * It is the demo's source of events and the yardstick of the engine: what is planted is known exactly and stands in
 * `campus.truth`. Where each thing is decided:
 *
 * | planted | file | parameters |
 * | --- | --- | --- |
 * | effects, drifts, anomalies, delays, shares of bad records, learning rate | `plan.ts` | `CampusPlan` |
 * | the same, as the demo has them | `defaultPlan.ts` | the table there |
 * | hours, weekdays, chronotypes | `calendar.ts` | `homeHours` |
 * | courses, skills, topics, classes | `curriculum.ts` | tables |
 * | difficulty, discrimination, formats | `items.ts` | `Item` |
 * | ability, taste, diligence, pace | `students.ts` | `abilitySpread`, `diligenceSpread`, `paceSpread` |
 * | what a session consists of | `sessionShape.ts` | `blocksRange`, `answersPerBlockRange`, `suggestionShare` |
 * | probabilities of answers, ratings, outcomes, feedback | `response.ts` | `taste`, `suggestionRewards` |
 * | kinds of malformed records and their codes | `defects.ts` | `defects` |
 *
 * Everything follows from the seed. A record is the same however the time range is cut, and, unless `intensity` shares one
 * rate among all, a student does the same however many others there are.
 *
 * @example
 * const campus = createCampus({ seed: 1, start: Date.UTC(2026, 2, 2) });
 * for (const record of campus.events(campus.start, campus.start + 86_400_000)) send(record.bytes);
 */
import type { ActivityType } from './activity.ts';
import { defects } from './defects.ts';
import type { Arrival, ArrivalKind } from './delivery.ts';
import { eventText, isoWriter } from './encode.ts';
import { withGaps } from './gaps.ts';
import { randomState } from './random.ts';
import { eventsPerSession } from './sessionShape.ts';
import { openArrivals } from './stream.ts';
import { type CampusTruth, truthOf } from './truth.ts';
import { type CampusOptions, createWorld } from './world.ts';

export interface CampusRecord {
  /** When the record reaches the engine, ms since 1970, an integer. */
  readonly arrivalTime: number;
  /** When it happened; what a malformed record meant to say. */
  readonly eventTime: number;
  /** JSON in UTF-8; malformed records may be neither. */
  readonly bytes: Uint8Array;
  readonly kind: ArrivalKind;
  /** Name in `truth.defects`; undefined when well-formed. */
  readonly defect: string | undefined;
  readonly type: ActivityType;
  readonly student: number;
  /** Written by a bot. */
  readonly bot: boolean;
  /** True probability that `value` is 1; NaN where no such model is. */
  readonly probability: number;
}

/** Consecutive arrivals as one block of bytes, as an event log takes them. */
export interface CampusBlock {
  readonly length: number;
  readonly bytes: Uint8Array;
  /** End of each record in `bytes`. */
  readonly ends: Int32Array;
  /** Arrival of the last record, ms since 1970; NaN when empty. */
  readonly arrivalTime: number;
}

export interface CampusStream {
  /**
   * The next records that arrive before `until`, at most `lengthMax`; an empty block when there are none.
   *
   * @param until     ms since 1970; may be any, in any order
   * @param lengthMax > 0
   */
  advance(until: number, lengthMax: number): CampusBlock;
}

export interface Campus {
  readonly start: number;
  readonly students: number;
  readonly truth: CampusTruth;
  /** Records that arrive in [from, to), in order of arrival. Each call plays the campus anew up to `from`. */
  events(from: number, to: number): IterableIterator<CampusRecord>;
  /** The same records as blocks, from an arrival time on: goes on where the last call ended. */
  open(from?: number): CampusStream;
}

/** @throws RangeError when an option is out of its range */
export function createCampus(options: CampusOptions): Campus {
  const world = createWorld(options);
  const random = randomState();
  const { duplicateShare, malformedShare } = world.plan.delivery;
  const perSession =
    eventsPerSession(world.plan.experiments.length > 0) * (1 + duplicateShare + malformedShare);
  const recordsPerSecond = (perSession * world.sessionsPerHour * world.students) / 3_600;

  function textOf(arrival: Arrival, iso: (time: number) => string): string {
    const whole = eventText(world, arrival.activity, iso, arrival.latencyMs);
    const text =
      world.plan.gaps.length === 0 ? whole : withGaps(world, random, arrival.activity, whole);
    return arrival.defect < 0 ? text : defects[arrival.defect]!.spoil(text);
  }

  function* events(from: number, to: number): IterableIterator<CampusRecord> {
    const arrivals = openArrivals(world, from);
    const iso = isoWriter();
    for (let arrival = arrivals.next(to); arrival !== undefined; arrival = arrivals.next(to)) {
      const { activity, defect, kind, arrivalTime } = arrival;
      yield {
        arrivalTime,
        eventTime: activity.time,
        bytes: Buffer.from(textOf(arrival, iso), 'latin1'),
        kind,
        defect: defect < 0 ? undefined : defects[defect]!.name,
        type: activity.type,
        student: activity.session.student,
        bot: activity.session.botEveryMs > 0,
        probability: activity.probability,
      };
    }
  }

  function open(from = world.start): CampusStream {
    const arrivals = openArrivals(world, from);
    const iso = isoWriter();
    let sizeBefore = 4_096;
    return {
      advance(until, lengthMax) {
        if (!(lengthMax > 0)) throw new RangeError(`lengthMax: expected > 0, got ${lengthMax}`);
        let buffer = Buffer.allocUnsafe(sizeBefore);
        const ends: number[] = [];
        let size = 0;
        let arrivalTime = NaN;
        while (ends.length < lengthMax) {
          const arrival = arrivals.next(until);
          if (arrival === undefined) break;
          const text = textOf(arrival, iso);
          if (size + text.length > buffer.length) {
            const grown = Buffer.allocUnsafe(Math.max(buffer.length * 2, size + text.length));
            buffer.copy(grown, 0, 0, size);
            buffer = grown;
          }
          size += buffer.write(text, size, 'latin1');
          ends.push(size);
          arrivalTime = arrival.arrivalTime;
        }
        sizeBefore = Math.max(4_096, size + (size >> 4));
        const bytes = buffer.subarray(0, size);
        return { length: ends.length, bytes, ends: Int32Array.from(ends), arrivalTime };
      },
    };
  }

  const truth = truthOf(world, recordsPerSecond);
  return { start: world.start, students: world.students, truth, events, open };
}
