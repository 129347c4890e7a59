/**
 * Which parts make up a deviation: of a metric as a whole its segments, each against what it usually is; of a finding what the
 * data plane attributes to each figure.
 *
 * What a segment usually is, is the median of the same bucket of the last four weeks where there are at least two of them, and
 * otherwise of the day before. A mean deviates by the segments' shares of the rows and by their means: each segment adds its
 * part to the mean, and the difference of that part is what it contributes.
 *
 * Segments of too few people in the bucket are told as one, with as many others as keep them from being computed.
 */
import type { Alert, Contribution } from '../../contracts/alert.ts';
import { groupMinDefault } from '../../contracts/groupMin.ts';
import type { Watch, WatchSource } from '../../contracts/watch.ts';
import { overflowSegment } from '../../operators/state/windowTable.ts';
import { medianOfSorted } from '../../stats/median.ts';
import type { People } from '../privacy/people.ts';
import { shownParts } from '../privacy/shownParts.ts';
import type { Reader } from '../statement.ts';
import { bounded } from '../statement.ts';
import type { Reading } from './judged.ts';
import { createMetricSource } from './sources/metricSource.ts';

/** Told of one alert. */
const partsMax = 20;
const weekMs = 7 * 24 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** @returns the largest share first; none when there is nothing to take apart */
export async function contributionsOf(
  reader: Reader,
  { source }: Watch,
  { worst, key }: Pick<Alert, 'worst' | 'key'>,
): Promise<Contribution[]> {
  if (worst === null) return [];
  if (source.kind === 'finding') return sharesOf(reader, source, key, worst);
  if (source.kind !== 'metric' || source.by !== 'whole') return [];
  return segmentsOf(reader, source, worst.start);
}

interface Part {
  readonly count: number;
  readonly sum: number;
}

async function segmentsOf(
  reader: Reader,
  source: Extract<WatchSource, { kind: 'metric' }>,
  start: number,
): Promise<Contribution[]> {
  const { widthMs, figure } = source;
  const weeks = [1, 2, 3, 4].map((week) => start - week * weekMs);
  const [now, before, ...past] = await Promise.all([
    bucketsOf(reader, source, start, start + widthMs),
    bucketsOf(reader, source, start - dayMs, start),
    ...weeks.map((at) => bucketsOf(reader, source, at, at + widthMs)),
  ]);
  const weekly = past.flatMap((buckets) => [...buckets.values()]);
  const usual = weekly.length >= 2 ? weekly : [...before!.values()];
  const present = now!.get(start) ?? new Map<string, Part>();
  const names = new Set([...present.keys(), ...usual.flatMap((bucket) => [...bucket.keys()])]);
  if (names.size < 2 || usual.length === 0) return [];
  const isCount = figure === 'count';
  const partOf = (bucket: ReadonlyMap<string, Part>, name: string): number => {
    const { count, sum } = bucket.get(name) ?? { count: 0, sum: 0 };
    if (isCount) return count;
    const rows = [...bucket.values()].reduce((all, each) => all + each.count, 0);
    return rows === 0 ? 0 : sum / rows;
  };
  const parts = [...names].map((name) => {
    const value = partOf(present, name);
    return { name, value, expected: median(usual.map((bucket) => partOf(bucket, name))) };
  });
  const shown = await shownSegments(reader, source, start);
  return sharedOut(withOthers(parts, shown));
}

/** Those that are not shown, as one. */
function withOthers(
  parts: readonly Omit<Contribution, 'share'>[],
  shown: ReadonlySet<string>,
): Omit<Contribution, 'share'>[] {
  const told = parts.filter(({ name }) => shown.has(name));
  const rest = parts.filter(({ name }) => !shown.has(name));
  if (rest.length === 0) return told;
  const sum = (figure: 'value' | 'expected') =>
    rest.reduce((total, part) => total + part[figure], 0);
  return [...told, { name: overflowSegment, value: sum('value'), expected: sum('expected') }];
}

const peopleBySegment = bounded(`
  SELECT segment, toFloat64(sum(q.count)) AS rows, groupUniqArrayArray(32)(q.users) AS users,
    toUInt16(if(max(q.people) >= 32, 32, length(users))) AS people
  FROM metrics AS q FINAL
  WHERE pipeline = {pipeline:String} AND metric = {metric:String} AND q.count > 0
    AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  GROUP BY segment
  LIMIT 10000`);

async function shownSegments(
  reader: Reader,
  { pipeline, metric, widthMs }: Extract<WatchSource, { kind: 'metric' }>,
  start: number,
): Promise<Set<string>> {
  const rows = await reader.query<{ segment: string; rows: number } & People>(peopleBySegment, {
    ...{ pipeline, metric, from: start, to: start + widthMs },
  });
  const parts = rows.map(({ rows: count, people, users }) => ({
    rows: count,
    people: { people, users },
  }));
  const shown = shownParts(parts, groupMinDefault);
  return new Set(rows.filter((_, i) => shown[i]).map(({ segment }) => segment));
}

/** Sums by segment and bucket. */
async function bucketsOf(
  reader: Reader,
  source: Extract<WatchSource, { kind: 'metric' }>,
  from: number,
  to: number,
): Promise<Map<number, Map<string, Part>>> {
  const buckets = new Map<number, Map<string, Part>>();
  const mean = { ...source, by: 'segment' as const, figure: 'mean' as const };
  const segments = createMetricSource(reader, mean);
  const frontier = { now: to, newest: to, completeTo: to };
  for await (const { end, readings } of segments.rounds(from, frontier)) {
    if (end <= from) continue;
    const parts = readings.filter(({ count }) => count > 0).map(partOfReading);
    if (parts.length > 0) buckets.set(end - source.widthMs, new Map(parts));
  }
  return buckets;
}

function partOfReading({ key, value, count }: Reading): readonly [string, Part] {
  return [key[0] ?? '', { count, sum: (value ?? 0) * count }];
}

function sharedOut(parts: readonly Omit<Contribution, 'share'>[]): Contribution[] {
  const whole = parts.reduce((sum, { value, expected }) => sum + value - expected, 0);
  if (whole === 0) return [];
  return parts
    .map((part) => ({ ...part, share: (part.value - part.expected) / whole }))
    .sort((a, b) => b.share - a.share)
    .slice(0, partsMax);
}

function median(values: readonly number[]): number {
  return medianOfSorted(values.toSorted((a, b) => a - b));
}

interface FindingParts {
  readonly figures: Record<string, number>;
  readonly expected: Record<string, number>;
  readonly shares: Record<string, number>;
}

async function sharesOf(
  reader: Reader,
  { pipeline, name }: Extract<WatchSource, { kind: 'finding' }>,
  key: readonly string[],
  { start, end }: { readonly start: number; readonly end: number },
): Promise<Contribution[]> {
  const rows = await reader.query<FindingParts>(
    bounded(`
    SELECT figures, expected, shares FROM findings
    WHERE pipeline = {pipeline:String} AND name = {name:String} AND key = {key:Array(String)}
      AND window_start = fromUnixTimestamp64Milli({start:Int64}, 'UTC')
      AND window_end = fromUnixTimestamp64Milli({end:Int64}, 'UTC')
    ORDER BY version DESC
    LIMIT 1`),
    { pipeline, name, key, start, end },
  );
  const found = rows[0];
  if (found === undefined) return [];
  return Object.entries(found.shares)
    .map(([part, share]) => ({
      ...{ name: part, share },
      value: found.figures[part] ?? 0,
      expected: found.expected[part] ?? 0,
    }))
    .sort((a, b) => b.share - a.share)
    .slice(0, partsMax);
}
