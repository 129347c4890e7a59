/**
 * Sums of a metric by units of time, as far as they are told of: of all segments together, of one, or of each by day. Days that are over
 * are read once.
 */
import type { KeptDays } from '../../control/keptDays.ts';
import { type SketchRow, type SumsRow, selectedWindows } from '../../control/metricBuckets.ts';
import type { MetricSums } from '../../control/metricPoint.ts';
import { daysOverTo, type TimesOver } from '../../control/privacy/closedTo.ts';
import { shownParts } from '../../control/privacy/shownParts.ts';
import {
  type DayCells,
  dayCells,
  isToldCell,
  type Placement,
  type ToldDay,
  toldDay,
  toldStep,
} from '../../control/privacy/toldTimes.ts';
import { bounded, type Reader } from '../../control/statement.ts';
import { readToldUnits, type UnitSource } from '../../control/toldUnits.ts';
import { type Unit, unitOf } from '../../control/units.ts';
import { daysAround, type Extent, type Range } from './range.ts';

/** Of a metric: what is asked, and up to when. */
export interface Series extends TimesOver {
  readonly reader: Reader;
  readonly kept: KeptDays;
  readonly of: { readonly metric: string; readonly pipeline: string; readonly window: number };
  readonly least: number;
}

export type MetricUnits = Iterable<Unit<MetricSums>>;

/** Of the metric as a whole, or of one segment. */
const selected = `${selectedWindows} AND count > 0`;
const cells = bounded(dayCells(`metrics AS q FINAL WHERE ${selected}`));

const dayMs = 86_400_000;
const start = 'toUnixTimestamp64Milli(window_start)';
const sums = (placed: Placement) =>
  bounded(`
  SELECT ${toldStep(start, placed)} AS time, sum(m.count) AS count, sum(m.sum) AS sum, sum(m.squares) AS squares,
    min(m.minimum) AS minimum, max(m.maximum) AS maximum
  FROM metrics AS m FINAL
  WHERE ${selectedWindows} AND m.count > 0 AND ${isToldCell(start, placed)}
  GROUP BY time
  ORDER BY time
  LIMIT 5000`);
/** Adds sketches bin by bin: row by row, which measured two to four times faster than \`sumMap\`. */
const sketches = (placed: Placement) =>
  bounded(`
  SELECT time, groupArray(bin) AS bins, groupArray(total) AS counts
  FROM (
    SELECT ${toldStep(start, placed)} AS time, bin, sum(observations) AS total
    FROM (
      SELECT window_start, bins, counts FROM metrics FINAL WHERE ${selected} AND ${isToldCell(start, placed)}
    )
    ARRAY JOIN bins AS bin, counts AS observations
    GROUP BY time, bin
    ORDER BY time, bin
  )
  GROUP BY time
  ORDER BY time
  LIMIT 5000`);

/** Segments of each day, one row a day: there may be thousands of them. */
const segments = bounded(`
  SELECT day, groupArray(segment) AS segments, groupArray(rows) AS rows, groupArray(total) AS sums,
    groupArray(square) AS squares,
    groupArray(if(known >= {least:UInt16}, 32, known)) AS people,
    groupArray(if(known >= {least:UInt16}, [], users)) AS users
  FROM (
    SELECT intDiv(${start}, ${dayMs}) * ${dayMs} AS day, segment, toFloat64(sum(q.count)) AS rows,
      sum(q.sum) AS total, sum(q.squares) AS square,
      groupUniqArrayArray(32)(q.users) AS users,
      toUInt16(if(max(q.people) >= 32, 32, length(users))) AS known
    FROM metrics AS q FINAL
    WHERE ${selected}
    GROUP BY day, segment
  )
  GROUP BY day
  ORDER BY day
  LIMIT 5000`);

interface SegmentsRow {
  readonly day: number;
  readonly segments: readonly string[];
  readonly rows: readonly number[];
  readonly sums: readonly number[];
  readonly squares: readonly number[];
  readonly people: readonly number[];
  readonly users: readonly (readonly number[])[];
}

const everySegment = { segment: '', every: 1 };

/** All segments together, by blocks of time with enough people. */
export async function readWholeUnits(series: Series, range: Range): Promise<MetricUnits> {
  const { kept, of, least } = series;
  const source: UnitSource<MetricSums> = {
    ...{ kept, times: series, windowMs: of.window, least },
    name: ['whole', of.pipeline, of.metric, of.window],
    cells: (days) => readCells(series, days),
    sums: (placed, days, step) => sumsOf(series, placed, { ...days, ...everySegment, step }),
    sizeOf: ({ bins }) => 10 + 2 * bins.length,
  };
  const days = await readToldUnits(source, unitOf(range), daysAround(range));
  return days.flatMap(({ units }) => units);
}

/** One segment, by days that are over, where it and those that are not shown have enough people. @param range in whole days */
export async function readSegmentUnits(
  series: Series,
  range: Range,
  segment: string,
): Promise<MetricUnits> {
  const { kept, of, least } = series;
  const read = async (days: Extent): Promise<Map<number, Unit<MetricSums>[]>> => {
    const rows = await readSegmentDays(series, days);
    const shown = [...rows.values()].filter(({ shown }) => shown.has(segment));
    const isShown = new Set(shown.map(({ day }) => day));
    // Whether a small segment had anybody that day is not told either.
    const withheld = [...rows.keys()].filter((day) => !isShown.has(day));
    const told =
      shown.length === 0
        ? []
        : await sumsOf(series, allOf(days, isShown), { ...days, segment, every: 0, step: dayMs });
    const units = [...told, ...withheld.map((time) => ({ time, sums: null }))];
    return new Map(units.map((unit) => [unit.time, [unit]]));
  };
  const days = daysAround(range);
  const found = await kept.read(
    ...([
      named('segment', of, least, segment),
      days,
      daysOverTo(series, of.window),
      read,
      sizeOfUnits,
    ] as const),
  );
  return [...found.values()].flat();
}

/** Days that are told whole, and others not at all. */
function allOf({ from, to }: Extent, told: ReadonlySet<number>): Placement {
  const others: number[] = [];
  for (let day = from; day < to; day += dayMs) if (!told.has(day)) others.push(day);
  return { cutDays: others, cutAt: others, leftSteps: [], leftFrom: [], leftFor: [] };
}

export interface SegmentDay {
  readonly day: number;
  /** Segments that are told of, with what is added of them. */
  readonly shown: ReadonlyMap<string, Pick<MetricSums, 'count' | 'sum' | 'squares'>>;
}

/** Of each day of the range with rows. */
export function readSegmentDays(
  series: Series,
  days: Extent,
): Promise<ReadonlyMap<number, SegmentDay>> {
  const { reader, kept, of, least } = series;
  const read = async (asked: Extent): Promise<Map<number, SegmentDay>> => {
    const [told, rows] = await Promise.all([
      toldDays(series, asked),
      reader.query<SegmentsRow>(segments, { ...of, ...asked, ...everySegment, least }),
    ]);
    const isTold = new Set(
      told.filter(({ isOver, blocks }) => isOver && blocks.length > 0).map(({ day }) => day),
    );
    return new Map(
      rows.map((row) => [
        row.day,
        { day: row.day, shown: shownIn(row, isTold.has(row.day), least) },
      ]),
    );
  };
  const sizeOf = ({ shown }: SegmentDay) => 10 * shown.size;
  return kept.read(named('segments', of, least), days, daysOverTo(series, of.window), read, sizeOf);
}

function shownIn(
  { segments, rows, sums, squares, people, users }: SegmentsRow,
  isTold: boolean,
  least: number,
): SegmentDay['shown'] {
  if (!isTold) return new Map();
  const parts = rows.map((count, i) => ({
    rows: count,
    people: { people: people[i]!, users: users[i]! },
  }));
  const isShown = shownParts(parts, least);
  return new Map(
    segments.flatMap((segment, i) =>
      isShown[i] ? [[segment, { count: rows[i]!, sum: sums[i]!, squares: squares[i]! }]] : [],
    ),
  );
}

function readCells({ reader, of, least }: Series, days: Extent): Promise<DayCells[]> {
  return reader.query<DayCells>(cells, { ...of, ...days, ...everySegment, least });
}

async function toldDays(series: Series, days: Extent): Promise<ToldDay[]> {
  const { of, closedTo, least } = series;
  const rows = await readCells(series, days);
  return rows.map((row) => toldDay(row, of.window, closedTo, least));
}

async function sumsOf(
  { reader, of }: Series,
  placed: Placement,
  asked: Readonly<Record<string, unknown>>,
): Promise<Unit<MetricSums>[]> {
  const [sumRows, sketchRows] = await Promise.all([
    reader.query<SumsRow>(sums(placed), { ...of, ...asked }),
    reader.query<SketchRow>(sketches(placed), { ...of, ...asked }),
  ]);
  const sketchByTime = new Map(sketchRows.map((row) => [row.time, row]));
  return sumRows.map(({ time, ...row }) => {
    const { bins, counts } = sketchByTime.get(time) ?? { bins: [], counts: [] };
    return { time, sums: { ...row, bins, counts } };
  });
}

function named(kind: string, of: Series['of'], ...further: readonly (string | number)[]): string {
  return JSON.stringify([kind, of.pipeline, of.metric, of.window, ...further]);
}

function sizeOfUnits(units: readonly Unit<MetricSums>[]): number {
  return units.reduce((size, { sums }) => size + 12 + 2 * (sums?.bins.length ?? 0), 0);
}
