/** The course of a daily figure, as the picture on a card. */
import type { Evidence, figureUnits } from '../../../contracts/insight.ts';
import { finite } from '../../metricPoint.ts';
import type { DayReading } from './dayShift.ts';

type Course = Extract<Evidence, { kind: 'course' }>;
type Unit = (typeof figureUnits)[number];

export interface CourseLine {
  readonly name: string;
  readonly days: readonly (DayReading & {
    readonly lower?: number | null;
    readonly upper?: number | null;
  })[];
}

/** @param reference what it was before, or should be; undefined: nothing is expected */
export function course(
  caption: string,
  unit: Unit,
  lines: readonly CourseLine[],
  reference: { readonly name: string; readonly value: number } | undefined,
  marks: Course['marks'],
): Course {
  return {
    ...{ kind: 'course', caption, unit },
    series: lines.map(({ name, days }) => ({
      name,
      points: days.map(({ day, value, lower, upper }) => ({
        ...{ at: day, value: finite(value), lower: lower ?? null, upper: upper ?? null },
      })),
    })),
    reference: reference ?? null,
    marks: marks.slice(0, 20),
  };
}
