/** Daily shares as the readings of `dayShift`, with what chance within a day makes of them. */
import type { DayReading } from './dayShift.ts';

/** Half a row more of either kind, so that a share of 0 is not taken for sure. */
export function shareReading(day: number, part: number, rows: number): DayReading {
  const expected = (part + 0.5) / (rows + 1);
  return { day, value: part / rows, variance: (expected * (1 - expected)) / rows };
}
