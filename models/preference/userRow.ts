/**
 * What is kept of one user's liking, in one flat row of numbers: a head, then an entry for each of a bounded number of values.
 *
 * An entry has sums faded by event time: Σ w and Σ w r of the outcomes r of that value, and how often and how lately the user
 * had it. All are additive: rows of one user that were learnt apart merge, and the order of events makes no difference
 * as long as no value has to go. Beyond the bound the value with the least weight goes; what it weighed is kept in
 * the head, because it still tells of the user's level.
 *
 * Source of the fading: Cormode, Shkapenyuk, Srivastava & Xu 2009, "Forward decay" (see `decayClock`).
 */
import { type DecayClock, decayClock } from '../linear/decayClock.ts';
import type { PreferenceParameters } from './preferenceParameters.ts';

/** Where in a row what lies; a new row is all zeros. */
export const headAt = {
  /** Outcomes learnt, not faded. */
  events: 0,
  /** Landmark to which weights and sums are faded, and that of the counts of what was had. */
  landmark: 1,
  seenLandmark: 2,
  /** Latest event time, ms. */
  time: 3,
  /** Σ w, and Σ w × deviation from the usual, of values that had to go. */
  restWeight: 4,
  restSum: 5,
  /** For the owner of the row; nothing here reads it. */
  own: 6,
  width: 7,
} as const;

export const entryAt = {
  /** Number of the value + 1; 0 where the entry is free. */
  value: 0,
  weight: 1,
  sum: 2,
  /** Latest event time, ms. */
  time: 3,
  /** Faded count of the times that the user had it. */
  seen: 4,
  width: 5,
} as const;

export interface UserRows {
  /** Numbers in a row. */
  readonly width: number;
  readonly valuesMax: number;
  readonly clock: DecayClock;
  readonly seenClock: DecayClock;
  /** Position of the value's entry, −1 when there is none. */
  find(rows: Float64Array, at: number, value: number): number;
  /**
   * Adds to the sums of a value what was observed at `time`.
   *
   * @param value  number of the value, an integer ≥ 0
   * @param weight Σ w, ≥ 0
   * @param sum    Σ w r
   * @param usual  of the value that has to go, if one has: what is kept of it is its deviation from that
   */
  add(
    rows: Float64Array,
    at: number,
    value: number,
    weight: number,
    sum: number,
    time: number,
    usual: (value: number) => number,
  ): void;
  /** Adds to what had to go. */
  addRest(rows: Float64Array, at: number, weight: number, sum: number, time: number): void;
  /** Counts that the user had the value at `time`, `count` times. Displaces only a value of which nothing was learnt. */
  have(rows: Float64Array, at: number, value: number, count: number, time: number): void;
  /** By what stored weights and sums are multiplied to be those at `time`. */
  scale(rows: Float64Array, at: number, time: number): number;
  /** The same for the counts of what was had. */
  seenScale(rows: Float64Array, at: number, time: number): number;
}

/** @throws RangeError when a parameter is out of range: see `preferenceParameters` */
export function userRows({
  halfLifeMs,
  fatigueHalfLifeMs,
  valuesMax,
}: PreferenceParameters): UserRows {
  const clock = decayClock(halfLifeMs);
  const seenClock = decayClock(fatigueHalfLifeMs);
  const width = headAt.width + valuesMax * entryAt.width;

  function find(rows: Float64Array, at: number, value: number): number {
    const end = at + width;
    for (let entry = at + headAt.width; entry < end; entry += entryAt.width) {
      if (rows[entry] === value + 1) return entry;
    }
    return -1;
  }

  /** A free entry, else the one of least weight, the least often had among equals. */
  function weakest(rows: Float64Array, at: number): number {
    const end = at + width;
    let found = at + headAt.width;
    for (let entry = found; entry < end; entry += entryAt.width) {
      if (rows[entry] === 0) return entry;
      const less = rows[entry + entryAt.weight]! - rows[found + entryAt.weight]!;
      const rarer = rows[entry + entryAt.seen]! < rows[found + entryAt.seen]!;
      if (less < 0 || (less === 0 && rarer)) found = entry;
    }
    return found;
  }

  function begin(rows: Float64Array, entry: number, value: number): void {
    rows.fill(0, entry, entry + entryAt.width);
    rows[entry] = value + 1;
  }

  /** Moves weights and sums to the landmark of `time`, if that is later; returns the weight of an event at that time. */
  function advance(rows: Float64Array, at: number, time: number): number {
    const landmark = clock.landmark(time);
    const before = rows[at + headAt.landmark]!;
    if (landmark > before) {
      const factor = clock.shift(before, landmark);
      rows[at + headAt.restWeight]! *= factor;
      rows[at + headAt.restSum]! *= factor;
      for (let entry = at + headAt.width; entry < at + width; entry += entryAt.width) {
        rows[entry + entryAt.weight]! *= factor;
        rows[entry + entryAt.sum]! *= factor;
      }
      rows[at + headAt.landmark] = landmark;
    }
    if (time > rows[at + headAt.time]!) rows[at + headAt.time] = time;
    return clock.weight(time, Math.max(landmark, before));
  }

  function advanceSeen(rows: Float64Array, at: number, time: number): number {
    const landmark = seenClock.landmark(time);
    const before = rows[at + headAt.seenLandmark]!;
    if (landmark > before) {
      const factor = seenClock.shift(before, landmark);
      for (let entry = at + headAt.width; entry < at + width; entry += entryAt.width) {
        rows[entry + entryAt.seen]! *= factor;
      }
      rows[at + headAt.seenLandmark] = landmark;
    }
    if (time > rows[at + headAt.time]!) rows[at + headAt.time] = time;
    return seenClock.weight(time, Math.max(landmark, before));
  }

  return {
    ...{ width, valuesMax, clock, seenClock, find },

    add(rows, at, value, weight, sum, time, usual) {
      const unit = advance(rows, at, time);
      let entry = find(rows, at, value);
      if (entry < 0) {
        entry = weakest(rows, at);
        const gone = rows[entry + entryAt.weight]!;
        if (gone > 0) {
          rows[at + headAt.restWeight]! += gone;
          rows[at + headAt.restSum]! += rows[entry + entryAt.sum]! - gone * usual(rows[entry]! - 1);
        }
        begin(rows, entry, value);
      }
      rows[entry + entryAt.weight]! += weight * unit;
      rows[entry + entryAt.sum]! += sum * unit;
      if (time > rows[entry + entryAt.time]!) rows[entry + entryAt.time] = time;
    },

    addRest(rows, at, weight, sum, time) {
      const unit = advance(rows, at, time);
      rows[at + headAt.restWeight]! += weight * unit;
      rows[at + headAt.restSum]! += sum * unit;
    },

    have(rows, at, value, count, time) {
      const unit = advanceSeen(rows, at, time);
      let entry = find(rows, at, value);
      if (entry < 0) {
        entry = weakest(rows, at);
        if (rows[entry] !== 0 && rows[entry + entryAt.weight]! > 0) return;
        begin(rows, entry, value);
      }
      rows[entry + entryAt.seen]! += count * unit;
      if (time > rows[entry + entryAt.time]!) rows[entry + entryAt.time] = time;
    },

    scale: (rows, at, time) => 1 / clock.weight(time, rows[at + headAt.landmark]!),
    seenScale: (rows, at, time) => 1 / seenClock.weight(time, rows[at + headAt.seenLandmark]!),
  };
}
