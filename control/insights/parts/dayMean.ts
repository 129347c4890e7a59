/** The mean of a daily figure over days that depend on each other, and its course: see `dayEffect`. */
import {
  type DayEffect,
  dayEffect,
  effectInterval,
  risesBeyond,
} from '../../../stats/testing/dayEffect.ts';
import { dayMs } from '../gather/completeDays.ts';
import { type DayReading, weekdayOf } from './dayShift.ts';

export interface DayFigure {
  /** Of a figure as high when it is `least` at most. */
  readonly pValue: number;
  readonly estimate: number;
  /** Ends of the interval of 95 %. */
  readonly lower: number;
  readonly upper: number;
}

const alpha = 0.05;

function figureOf(effect: DayEffect, least: number): DayFigure {
  const { estimate } = effect;
  return { pValue: risesBeyond(effect, least), estimate, ...effectInterval(effect, alpha) };
}

/** @param least smallest mean that counts */
export function dayMean(days: readonly DayReading[], least: number): DayFigure {
  const values = days.map(({ day, value, variance }) => ({
    ...{ day: Math.round(day / dayMs), value, variance, group: null, regressor: 1 },
  }));
  return figureOf(dayEffect(values), least);
}

/**
 * By how much it has risen along a line from the first day to the last, each weekday with a level of its own.
 *
 * @param least smallest rise that counts
 */
export function dayTrend(days: readonly DayReading[], least: number): DayFigure {
  const first = days[0]?.day ?? 0;
  const span = Math.max(1, (days.at(-1)?.day ?? 0) - first);
  const values = days.map(({ day, value, variance }) => ({
    ...{ day: Math.round(day / dayMs), value, variance, group: weekdayOf(day) },
    regressor: (day - first) / span,
  }));
  return figureOf(dayEffect(values), least);
}
