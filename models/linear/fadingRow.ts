/** A row of sums that fade together: its count, the landmark to which it is faded, and the sums. */
import type { DecayClock } from './decayClock.ts';

/** Where in a row what lies; after these come the sums of the learner. */
export const rowAt = {
  /** Observations, not faded. */
  count: 0,
  /** Number of the landmark to which the rest is faded. */
  landmark: 1,
  /** Σ w. */
  weight: 2,
  /** Σ w r. */
  rewards: 3,
  /** Σ w r². */
  squares: 4,
  /** Where the learner's own begin. */
  own: 5,
} as const;

export interface FadingRow {
  /** Moves the row to the landmark of a time, if that is a later one. */
  advance(values: Float64Array, at: number, time: number): void;
  /** Adds the other row to the first, both faded to the later landmark. */
  merge(values: Float64Array, at: number, other: Float64Array, otherAt: number): void;
}

/** @param width numbers of the row that fade or are counted; what may follow is left alone */
export function fadingRow(clock: DecayClock, width: number): FadingRow {
  function moveTo(values: Float64Array, at: number, landmark: number): void {
    const before = values[at + rowAt.landmark]!;
    values[at + rowAt.landmark] = landmark;
    if (values[at + rowAt.count] === 0) return;
    const factor = clock.shift(before, landmark);
    for (let i = at + rowAt.weight; i < at + width; i += 1) values[i]! *= factor;
  }

  return {
    advance(values, at, time) {
      const landmark = clock.landmark(time);
      if (landmark > values[at + rowAt.landmark]!) moveTo(values, at, landmark);
    },
    merge(values, at, other, otherAt) {
      if (other[otherAt + rowAt.count] === 0) return;
      const landmark = other[otherAt + rowAt.landmark]!;
      const isEmpty = values[at + rowAt.count] === 0;
      if (isEmpty || landmark > values[at + rowAt.landmark]!) moveTo(values, at, landmark);
      const factor = clock.shift(landmark, values[at + rowAt.landmark]!);
      values[at + rowAt.count]! += other[otherAt + rowAt.count]!;
      for (let i = rowAt.weight; i < width; i += 1) values[at + i]! += factor * other[otherAt + i]!;
    },
  };
}
