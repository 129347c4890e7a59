/**
 * What metrics there are, with their segments and how far they reach. Days that are over are read once: of a month, only the newest day is asked for.
 *
 * A segment is named when enough people were in it: names are free text.
 */
import { compare } from '../../control/insights/score.ts';
import { readTimesOver, type TimesOver } from '../../control/privacy/closedTo.ts';
import type { Reading } from '../../control/privacy/reading.ts';
import { bounded, type Reader } from '../../control/statement.ts';
import { daysAround, type Extent } from './range.ts';

/** One length of windows of a metric. */
export interface CatalogueEntry {
  readonly pipeline: string;
  readonly metric: string;
  readonly windowMs: number;
  /** Named ones, by name. */
  readonly segments: string[];
  readonly firstAt: number;
  /** End of the newest window. */
  readonly endAt: number;
  /** Of its pipeline, from before the entry was read. */
  readonly times: TimesOver;
}

interface Span extends Extent {
  readonly pipeline: string;
  /** Of the longest window, ms. */
  readonly longest: number;
}

const spans = bounded(`
  SELECT pipeline, max(window_ms) AS longest,
    toUnixTimestamp64Milli(min(window_start)) AS "from", toUnixTimestamp64Milli(max(window_start)) + 1 AS "to"
  FROM metrics
  GROUP BY pipeline
  ORDER BY pipeline
  LIMIT 1000`);

/** Days of one statement: of years the answer would be too large. */
const spanMs = 31 * 86_400_000;

/** No FINAL: an older version of a row has the same key, and fewer users. */
const days = bounded(`
  SELECT day, metric, windowMs, min(first) AS firstAt, max(last) + windowMs AS endAt,
    groupArray(segment) AS segments,
    groupArray(known >= {least:UInt16}) AS named,
    groupArray(if(known >= {least:UInt16}, [], users)) AS people
  FROM (
    SELECT intDiv(toUnixTimestamp64Milli(window_start), 86400000) * 86400000 AS day, metric, window_ms AS windowMs, segment,
      groupUniqArrayArray(32)(m.users) AS users,
      if(max(m.people) >= 32, 32, length(users)) AS known,
      toUnixTimestamp64Milli(min(window_start)) AS first,
      toUnixTimestamp64Milli(max(window_start)) AS last
    FROM metrics AS m
    WHERE pipeline = {pipeline:String}
      AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
    GROUP BY day, metric, window_ms, segment
  )
  GROUP BY day, metric, windowMs
  ORDER BY day, metric, windowMs
  LIMIT 20000`);

interface DayRow {
  readonly day: number;
  readonly metric: string;
  readonly windowMs: number;
  readonly firstAt: number;
  readonly endAt: number;
  readonly segments: readonly string[];
  /** Whether enough people were in it that day. */
  readonly named: readonly number[];
  /** Hashes of those of the others. */
  readonly people: readonly (readonly number[])[];
}

/** Ordered by pipeline, metric and length. @param from its reader: equal questions at the same time are asked once */
export async function readCatalogue({ reader, kept, telling }: Reading): Promise<CatalogueEntry[]> {
  const { least } = telling;
  const found = await reader.query<Span>(spans);
  const each = await Promise.all(
    found.map(async ({ pipeline, longest, ...extent }) => {
      const times = await readTimesOver(reader, 'metrics', pipeline, telling);
      const byDay = await kept.read(
        JSON.stringify(['catalogue', pipeline, least]),
        daysAround(extent),
        times.overTo - longest,
        (asked) => readDays(reader, pipeline, asked, least),
        sizeOf,
      );
      return joined([...byDay.values()].flat(), least).map((one) => ({ pipeline, ...one, times }));
    }),
  );
  return each.flat();
}

async function readDays(reader: Reader, pipeline: string, asked: Extent, least: number) {
  const byDay = new Map<number, DayRow[]>();
  for (let from = asked.from; from < asked.to; from += spanMs) {
    const to = Math.min(asked.to, from + spanMs);
    for (const row of await reader.query<DayRow>(days, { pipeline, from, to, least })) {
      const known = byDay.get(row.day);
      if (known === undefined) byDay.set(row.day, [row]);
      else known.push(row);
    }
  }
  return byDay;
}

function sizeOf(rows: readonly DayRow[]): number {
  return rows.reduce(
    (size, { people }) => people.reduce((sum, { length }) => sum + 2 + length, size + 6),
    0,
  );
}

interface Gathered {
  readonly metric: string;
  readonly windowMs: number;
  firstAt: number;
  endAt: number;
  readonly named: Set<string>;
  readonly people: Map<string, Set<number>>;
}

function joined(
  rows: readonly DayRow[],
  least: number,
): Omit<CatalogueEntry, 'pipeline' | 'times'>[] {
  const all = new Map<string, Gathered>();
  for (const { metric, windowMs, firstAt, endAt, segments, named, people } of rows) {
    const key = `${windowMs} ${metric}`;
    const one = all.get(key) ?? {
      ...{ metric, windowMs, firstAt, endAt, named: new Set<string>(), people: new Map() },
    };
    all.set(key, one);
    one.firstAt = Math.min(one.firstAt, firstAt);
    one.endAt = Math.max(one.endAt, endAt);
    for (const [i, segment] of segments.entries()) {
      if (segment === '' || one.named.has(segment)) continue;
      const users: Set<number> = one.people.get(segment) ?? new Set();
      for (const user of people[i]!) users.add(user);
      one.people.set(segment, users);
      if (named[i] === 1 || users.size >= least) one.named.add(segment);
    }
  }
  return [...all.values()]
    .sort((a, b) => compare(a.metric, b.metric) || a.windowMs - b.windowMs)
    .map(({ metric, windowMs, firstAt, endAt, named }) => {
      return { metric, windowMs, segments: [...named].sort(), firstAt, endAt };
    });
}
