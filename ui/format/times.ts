/** Instants in the reader's time zone, and how long ago they were. */

import { times as words } from '../words/units.ts';
import { formatDuration, missing } from './numbers.ts';

/** IANA name of the reader's zone. */
export const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatIn(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', ...options });
    formats.set(key, format);
  }
  return format;
}

const clock = { hour: '2-digit', minute: '2-digit' } as const;
const day = { day: 'numeric', month: 'short' } as const;

/** 23 Nov 2026, 14:05:09 */
export function formatInstant(time: number | null, zone: string = localZone): string {
  if (time === null || !Number.isFinite(time)) return missing;
  return formatIn(zone, { ...day, year: 'numeric', ...clock, second: '2-digit' }).format(time);
}

/** 23 Nov 2026 */
export function formatDate(time: number | null, zone: string = localZone): string {
  if (time === null || !Number.isFinite(time)) return missing;
  return formatIn(zone, { ...day, year: 'numeric' }).format(time);
}

/** 14:05 of the day of `now`; 22 Nov, 14:05 before; with the year where that is another. */
export function formatMoment(time: number, now: number, zone: string = localZone): string {
  if (formatDate(time, zone) === formatDate(now, zone)) return formatIn(zone, clock).format(time);
  const year = { ...day, year: 'numeric' } as const;
  const isOfYear = formatIn(zone, { year: 'numeric' }).format;
  const date = isOfYear(time) === isOfYear(now) ? day : year;
  return formatIn(zone, { ...date, ...clock }).format(time);
}

/** As short as a span of `spanMs` allows: 14:05:09 within minutes, 14:05 within a day, 23 Nov 14:05, 23 Nov. */
export function formatTick(time: number, spanMs: number, zone: string = localZone): string {
  if (spanMs <= 20 * 60_000) return formatIn(zone, { ...clock, second: '2-digit' }).format(time);
  if (spanMs <= 30 * 3_600_000) return formatIn(zone, clock).format(time);
  if (spanMs <= 6 * 86_400_000) return formatIn(zone, { ...day, ...clock }).format(time);
  return formatIn(zone, day).format(time);
}

/** The reader's local time as a field of date and time has it: 2026-11-23T14:05. */
export function fieldOfTime(time: number): string {
  const offsetMs = new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - offsetMs).toISOString().slice(0, 16);
}

/** @returns undefined when the field has no time */
export function timeOfField(value: string): number | undefined {
  const time = new Date(value).getTime();
  return Number.isNaN(time) ? undefined : time;
}

/** 12 s ago · just now */
export function formatAgo(time: number | null, now: number): string {
  if (time === null || !Number.isFinite(time)) return missing;
  const passedMs = now - time;
  if (passedMs < 1_500) return words.now;
  return words.ago(formatDuration(Math.floor(passedMs / 1000) * 1000));
}

/** Europe/Berlin (CET): the zone and its abbreviation at `time`. */
export function zoneLabel(time: number, zone: string = localZone): string {
  const parts = formatIn(zone, { timeZoneName: 'short' }).formatToParts(time);
  const short = parts.find((part) => part.type === 'timeZoneName')?.value;
  return short === undefined || short === zone ? zone : `${zone} (${short})`;
}
