/** What an alert says in one sentence, for whoever reads nothing else of it. */
import type { JudgedReading } from '../../contracts/alert.ts';
import type { Watch, WatchSource } from '../../contracts/watch.ts';
import { figure, percent, sentence } from '../words.ts';

type Direction = 'rise' | 'fall' | null;
type Breached = Pick<Watch, 'name' | 'source' | 'judgement'>;

/**
 * What is not as it should be.
 *
 * @example
 * // 12 events of a type in five minutes where 310 are usual
 * breachHeadline(watch, ['answered'], 'fall', reading);
 * // 'Events of type answered fell to 3.9 % of what is usual (12 instead of 310 in 5 minutes).'
 */
export function breachHeadline(
  { name, source, judgement }: Breached,
  key: readonly string[],
  direction: Direction,
  reading: JudgedReading,
): string {
  const subject = subjectOf(source, key);
  if (reading.value === null) return `${subject} ${verb(source, 'has', 'have')} no value.`;
  switch (judgement.kind) {
    case 'usual':
      return usualHeadline(source, subject, direction, reading, reading.value);
    case 'limit': {
      const value = quantity(reading.value, unitOf(source));
      const limit = quantity(judgement.limit, unitOf(source));
      return `${subject} ${verb(source, 'is', 'are')} ${value}, ${judgement.direction} ${limit}.`;
    }
    case 'alarms':
      // What a detector or the data plane has found is told by the watch's name: it says what that means.
      return `${name}${key.length === 0 ? '' : `: ${key.join(', ')}`}.`;
    case 'probability': {
      const what = `${nameOf(source)}${ofKey(key)}`;
      const chance = amount(reading.pValue ?? reading.value);
      return `${what} changed: if nothing had, the probability of what was seen would be ${chance}.`;
    }
  }
}

/**
 * @param since end of the last reading, ms since 1970
 * @param at    when that was noticed: on another day of UTC the day is told as well
 *
 * @example
 * silenceHeadline(Date.UTC(2026, 2, 2, 14, 5), Date.UTC(2026, 2, 2, 15, 5)); // 'No reading since 14:05 UTC.'
 */
export function silenceHeadline(since: number, at: number): string {
  const [day, time] = [dayOf(since), new Date(since).toISOString().slice(11, 16)];
  return `No reading since ${day === dayOf(at) ? '' : `${day} `}${time} UTC.`;
}

/** @param problem why the watch cannot be judged, whoever wrote it */
export function errorHeadline(problem: string): string {
  return `It cannot be judged: ${sentence(problem)}`;
}

function usualHeadline(
  source: WatchSource,
  subject: string,
  direction: Direction,
  { expected }: JudgedReading,
  value: number,
): string {
  const unit = unitOf(source);
  const told = quantity(value, unit);
  if (expected === null) return `${subject} ${moved(direction, source)} ${told}.`;
  const way = direction ?? (value < expected ? 'fall' : 'rise');
  // The unit once: "1,220 ms instead of 200".
  const both = `${told} instead of ${amount(expected)}${within(source)}`;
  // Of what is usually nothing or less there is no share.
  if (expected <= 0 || value < 0) {
    return `${subject} ${moved(way, source)} ${told} (${amount(expected)} is usual${within(source)}).`;
  }
  const times = value / expected;
  const share = times >= 2 ? `${figure(times)} times` : `${percent(times)} of`;
  return `${subject} ${moved(way, source)} ${share} what is usual (${both}).`;
}

/** What the value is of: "latency_ms", "Events of type answered", "The 95th percentile of latency_ms". */
function subjectOf(source: WatchSource, key: readonly string[]): string {
  const of = ofKey(key);
  if (source.kind === 'finding') return `${source.name}${of}`;
  if (source.kind === 'statistic') return `${source.figure} of ${source.name}${of}`;
  const { pipeline, metric, figure: asked } = source;
  // The segments of this metric are known to be types; others may be anything.
  const isByType = pipeline === 'learning' && metric === 'events' && key.length > 0;
  switch (asked) {
    case 'count':
      if (metric !== 'events') return `Values of ${metric}${of}`;
      return `Events${isByType ? ` of type ${key.join(', ')}` : of}`;
    case 'mean':
      return `${metric}${of}`;
    case 'p50':
      return `The median of ${metric}${of}`;
    case 'p95':
      return `The 95th percentile of ${metric}${of}`;
  }
}

function nameOf(source: WatchSource): string {
  return source.kind === 'metric' ? source.metric : source.name;
}

function ofKey(key: readonly string[]): string {
  return key.length === 0 ? '' : ` of ${key.join(', ')}`;
}

function verb(source: WatchSource, one: string, many: string): string {
  return isCount(source) ? many : one;
}

function moved(direction: Direction, source: WatchSource): string {
  if (direction === null) return verb(source, 'is', 'are');
  return direction === 'fall' ? 'fell to' : 'rose to';
}

function isCount(source: WatchSource): boolean {
  return source.kind === 'metric' && source.figure === 'count';
}

/** Metrics have their unit last in the name; a count of values has none, and of figures of statistics it is not certain. */
function unitOf(source: WatchSource): string {
  if (source.kind !== 'metric' || source.figure === 'count') return '';
  return /_(ms|s)$/.exec(source.metric)?.[1] ?? '';
}

/** " in 5 minutes": a count is one only with its span. */
function within(source: WatchSource): string {
  if (source.kind !== 'metric' || source.figure !== 'count') return '';
  const minutes = source.widthMs / 60_000;
  if (!Number.isInteger(minutes)) return ` in ${amount(source.widthMs / 1_000)} seconds`;
  if (minutes % 60 !== 0) return minutes === 1 ? ' in a minute' : ` in ${minutes} minutes`;
  return minutes === 60 ? ' in an hour' : ` in ${minutes / 60} hours`;
}

function quantity(value: number, unit: string): string {
  return unit === '' ? amount(value) : `${amount(value)} ${unit}`;
}

/** Small and negative ones too: 0.0042, −3. */
function amount(value: number): string {
  const size = Math.abs(value);
  const text = size >= 1 || size === 0 ? figure(size) : String(Number(size.toPrecision(2)));
  return value < 0 ? `−${text}` : text;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
