/**
 * Whether a daily figure has moved lately: the newest days against those before, with a level for each weekday; days are what is
 * independent, not rows. See `dayEffect` for the test and its sources.
 *
 * Two lengths of "lately" are asked, a short one that sees a great change at once and a longer one that sees a small one; the smaller
 * p-value counts twice (Bonferroni 1936). Days just before the newest are left out of what is compared with, where there are days
 * enough: else what changed a week ago would soon be what is usual.
 */
import {
  type DayEffect,
  dayEffect,
  effectInterval,
  movesBeyond,
  risesBeyond,
} from '../../../stats/testing/dayEffect.ts';
import { dayMs } from '../gather/completeDays.ts';

export interface DayReading {
  /** Start of the day, event time, ms. */
  readonly day: number;
  readonly value: number;
  /** Of the value as of independent rows within the day; 0 where it is not known. */
  readonly variance: number;
}

export interface ShiftQuestion {
  readonly direction: 'rise' | 'fall' | 'either';
  /** Smallest change that counts, > 0, in the figure's unit; may go by what was before. */
  readonly least: number | ((before: number) => number);
  /** Lengths of "lately", days, ascending; 2 and 5 by default. */
  readonly windows?: readonly number[];
  /** End of the newest data: what is older by more than three days is not asked. */
  readonly eventTime: number;
}

export interface DayShift {
  /** Of a change as large when there is none that counts. */
  readonly pValue: number;
  /** Change of the level, with the ends of its interval of 95 %. */
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
  readonly after: number;
  readonly before: number;
  readonly least: number;
  /** Newest days that were compared, and those they were compared with. */
  readonly recent: readonly DayReading[];
  readonly reference: readonly DayReading[];
  /** First of the days in a row that are away by half of the change or more. */
  readonly since: number;
  readonly judgedAt: number;
}

/** Fewer days to compare with say too little. */
const referenceMin = 6;
/** From so many on each weekday has a level of its own; before, working days and weekends have. */
const weekdaysMin = 14;
/** Days before the newest that may be left out, and days that are compared with at most. */
const leftOutMax = 7;
const referenceMax = 28;
const alpha = 0.05;

/** @param days ascending @returns undefined where it cannot be judged */
export function dayShift(
  days: readonly DayReading[],
  { direction, least, windows = [2, 5], eventTime }: ShiftQuestion,
): DayShift | undefined {
  const newest = days.at(-1);
  if (newest === undefined || newest.day + 4 * dayMs < eventTime) return undefined;
  const longest = windows.at(-1)!;
  // As many as are asked about at most, as long as enough are left; some more where each weekday keeps its level.
  const spare = Math.max(0, days.length - referenceMin);
  const beyond = Math.min(leftOutMax, Math.max(0, days.length - longest - weekdaysMin));
  const held = Math.min(longest + beyond, spare);
  const asked = windows.flatMap((window) => {
    const end = days.length - Math.max(window, held);
    const reference = days.slice(Math.max(0, end - referenceMax), Math.max(0, end));
    if (reference.length < referenceMin) return [];
    const recent = days.slice(-window);
    const effect = effectOf(reference, recent);
    if (!Number.isFinite(effect.estimate) || Number.isNaN(effect.error)) return [];
    const after = meanOf(recent);
    const before = after - effect.estimate;
    const counts = typeof least === 'number' ? least : least(before);
    return [{ reference, recent, effect, after, before, counts, p: tail(effect, counts) }];
  });
  function tail(effect: DayEffect, counts: number): number {
    if (direction === 'either') return movesBeyond(effect, counts);
    const sign = direction === 'rise' ? 1 : -1;
    return risesBeyond({ ...effect, estimate: sign * effect.estimate }, counts);
  }
  const [first] = asked;
  if (first === undefined) return undefined;
  const best = asked.reduce((one, other) => (other.p < one.p ? other : one), first);
  const { reference, recent, effect, after, before, counts } = best;
  return {
    pValue: Math.min(1, asked.length * best.p),
    estimate: effect.estimate,
    ...effectInterval(effect, alpha),
    ...{ after, before, least: counts, recent, reference },
    since: sinceOf(days, before, effect.estimate),
    judgedAt: newest.day + dayMs,
  };
}

function effectOf(reference: readonly DayReading[], recent: readonly DayReading[]): DayEffect {
  const groupOf = reference.length >= weekdaysMin ? weekdayOf : isWeekend;
  const readingOf =
    (regressor: 0 | 1) =>
    ({ day, value, variance }: DayReading) => ({
      ...{ day: Math.round(day / dayMs), value, variance, group: groupOf(day), regressor },
    });
  return dayEffect([...reference.map(readingOf(0)), ...recent.map(readingOf(1))]);
}

/** 0 Sunday to 6 Saturday, UTC. */
export function weekdayOf(day: number): number {
  return new Date(day).getUTCDay();
}

function isWeekend(day: number): number {
  return weekdayOf(day) % 6 === 0 ? 1 : 0;
}

function meanOf(days: readonly DayReading[]): number {
  return days.reduce((sum, { value }) => sum + value, 0) / days.length;
}

function sinceOf(days: readonly DayReading[], before: number, change: number): number {
  let first = days.length - 1;
  while (first > 0 && (days[first - 1]!.value - before) / change >= 0.5) first -= 1;
  return days[first]!.day;
}
