/**
 * How far each day of a column is from its reference days, whether that is more than chance, and what broke.
 *
 * The limit is the larger of the critical value for independent rows and of what days of the reference make of it: see `dayToDay`.
 * A day of the reference is compared with the others of it.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type DriftBreak,
  type DriftDay,
  type DriftStanding,
  strongDrift,
} from '../../contracts/driftApi.ts';
import { type ColumnProfile, dataQuality } from '../../stats/drift/dataQuality.ts';
import {
  type DayToDay,
  dayToDay,
  dayToDayLimit,
  dayToDayTail,
  referenceDaysMin,
} from '../../stats/drift/dayToDay.ts';
import { jensenShannon } from '../../stats/drift/jensenShannon.ts';
import { populationStability } from '../../stats/drift/populationStability.ts';
import { finite } from '../metricPoint.ts';
import {
  type Bins,
  commonBins,
  countsOf,
  type ProfiledColumn,
  pooled,
  rowsOf,
} from './profiledColumn.ts';

/** Probability that a day without drift exceeds its limit. */
export const driftAlpha = 0.01;
const daysOfTurn = 8;
/** Days of fewer rows are not judged. */
export const rowsMin = 100;

export interface ColumnDrift {
  readonly days: DriftDay[];
  readonly breaks: DriftBreak[];
  readonly standing: DriftStanding;
}

/**
 * Other work has its turn every few days: one takes a millisecond or two.
 *
 * @param reference starts of its days
 * @param shown     starts of the days to be judged, ascending
 */
export async function columnDrift(
  profiled: ProfiledColumn,
  reference: readonly number[],
  shown: readonly number[],
): Promise<ColumnDrift> {
  const { compare } = comparison(profiled, reference);
  const days: DriftDay[] = [];
  for (const day of shown) {
    days.push(compare(day));
    if (days.length % daysOfTurn === 0) await nextTurn();
  }
  const isReference = new Set(reference);
  const before = pooled(
    profiled,
    enoughRows(profiled, reference).map((day) => profiled.days.get(day)!),
  );
  const breaks = shown.flatMap((day) =>
    before === undefined || isReference.has(day) ? [] : breaksOf(profiled, before, day),
  );
  return { days, breaks, standing: standingOf(days) };
}

/**
 * Probability of a day as far from the reference when nothing has drifted: the larger of that for independent rows and that of days.
 *
 * @returns null where the day cannot be judged
 */
export function driftTails(
  profiled: ProfiledColumn,
  reference: readonly number[],
  days: readonly number[],
): (number | null)[] {
  const { tail } = comparison(profiled, reference);
  return days.map(tail);
}

/** Those days of the reference that say enough about the column. */
export function enoughRows({ days }: ProfiledColumn, reference: readonly number[]): number[] {
  return reference.filter((day) => {
    const profile = days.get(day);
    return profile !== undefined && rowsOf(profile) >= rowsMin;
  });
}

interface Baseline {
  readonly profile: ColumnProfile;
  readonly parts: readonly ColumnProfile[];
  /** By how many bins there are: then they are the same. */
  readonly between: Map<number, DayToDay>;
}

function comparison(profiled: ProfiledColumn, reference: readonly number[]) {
  const baselines = new Map<number | 'all', Baseline | undefined>();
  const usable = enoughRows(profiled, reference);

  function baselineWithout(day: number): Baseline | undefined {
    const key = usable.includes(day) ? day : 'all';
    if (!baselines.has(key)) {
      const parts = usable.filter((each) => each !== key).map((each) => profiled.days.get(each)!);
      const profile = pooled(profiled, parts);
      baselines.set(key, profile && { profile, parts, between: new Map() });
    }
    return baselines.get(key);
  }

  function tail(day: number): number | null {
    const current = profiled.days.get(day);
    const baseline = baselineWithout(day);
    if (current === undefined || baseline === undefined || rowsOf(current) < rowsMin) return null;
    const bins = commonBins(baseline.profile, current);
    const pair = {
      reference: countsOf(bins, baseline.profile),
      current: countsOf(bins, current),
    };
    const { distance, noise, pValue } = populationStability(pair, driftAlpha);
    const between = betweenOf(baseline, bins, pair.reference.length);
    return between === undefined ? null : Math.max(pValue, dayToDayTail(between, noise, distance));
  }

  function compare(day: number): DriftDay {
    const current = profiled.days.get(day);
    const rows = current === undefined ? 0 : rowsOf(current);
    const isReference = reference.includes(day);
    const none = { distance: null, divergence: null, noise: null, critical: null };
    const unknown = { ...none, dayToDay: null, limit: null, level: null };
    const baseline = baselineWithout(day);
    if (current === undefined || rows < rowsMin || baseline === undefined) {
      return { day, rows, isReference, ...unknown };
    }
    const bins = commonBins(baseline.profile, current);
    const pair = {
      reference: countsOf(bins, baseline.profile),
      current: countsOf(bins, current),
    };
    const { distance, noise, critical } = populationStability(pair, driftAlpha);
    const between = betweenOf(baseline, bins, pair.reference.length);
    const least = between === undefined ? null : dayToDayLimit(between, noise, driftAlpha);
    const limit = least === null ? null : Math.max(critical, least);
    return {
      ...{ day, rows, isReference, distance, noise, critical, limit, dayToDay: least },
      divergence: jensenShannon(pair, driftAlpha).distance,
      level: limit === null ? null : levelOf(distance, limit),
    };
  }

  return { compare, tail };
}

function betweenOf({ parts, between }: Baseline, bins: Bins, size: number): DayToDay | undefined {
  if (parts.length < referenceDaysMin) return undefined;
  const known = between.get(size) ?? dayToDay(parts.map((part) => countsOf(bins, part)));
  between.set(size, known);
  return known;
}

function levelOf(distance: number, limit: number): 0 | 1 | 2 {
  if (!(distance > limit)) return 0;
  return distance > strongDrift * limit ? 2 : 1;
}

function breaksOf(
  { column, days }: ProfiledColumn,
  before: ColumnProfile,
  day: number,
): DriftBreak[] {
  const after = days.get(day);
  // Without any row there were no events that could have a value.
  if (after === undefined) return [];
  const name = columnName(column);
  return dataQuality(new Map([[name, before]]), new Map([[name, after]])).map(
    ({ kind, before: was, after: is, words }) => ({
      ...{ day, kind, before: finite(was), after: finite(is) },
      sentence: words,
    }),
  );
}

/** As people call it: `context_skill` is `skill`. */
export function columnName(column: string): string {
  return column.replace(/^context_/, '').replaceAll('_', ' ');
}

/** The days in a row beyond the limit up to the newest that was judged; one alone counts when it is strong. */
export function standingOf(days: readonly DriftDay[]): DriftStanding {
  const judged = days.filter(({ level }) => level !== null);
  const newest = judged.at(-1);
  if (newest === undefined) return { excess: null, level: null, since: null };
  let first = judged.length;
  while (first > 0 && judged[first - 1]!.level! > 0) first -= 1;
  const run = judged.slice(first);
  const hasDrifted = run.length > 1 || run[0]?.level === 2;
  return {
    excess: newest.limit! > 0 ? newest.distance! / newest.limit! : 0,
    level: newest.level,
    since: hasDrifted ? run[0]!.day : null,
  };
}
