/**
 * What the rules look at of the engine itself: its partitions, refused events and slow answers, watches and what people made of
 * their alerts, releases that wait for somebody, and the disk.
 */
import type { CalendarDays, Severity } from '../../../contracts/watch.ts';
import { binOf } from '../../../stats/quantileSketch.ts';
import { byPipeline, type PartitionFacts } from '../../engineStatus.ts';
import { releaseUnderWay } from '../../registry/releaseUnderWay.ts';
import { bounded, type Reader } from '../../statement.ts';
import { engineActor } from '../../watching/alertRows.ts';
import type { FactMoment, FactSources } from '../factSources.ts';
import { oncePerDay } from './oncePerDay.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Answers that take longer are slow. */
export const slowAnswerMs = 1_000;
/** Lengths over which budgets are judged: each long window with its short one, which says that it goes on. */
export const burnWindowsMs = [
  ...[5 * minuteMs, 30 * minuteMs, hourMs],
  ...[6 * hourMs, 3 * dayMs],
] as const;
const usualDays = 14;
const watchedDays = 28;
const lagStepMs = 10 * minuteMs;
const lagSpanMs = 6 * hourMs;

export interface BurnWindow {
  readonly ms: number;
  readonly events: number;
  /** Refused, or slow. */
  readonly bad: number;
}

export interface PipelineFacts {
  readonly name: string;
  readonly partitions: readonly PartitionFacts[];
  /** Most events that waited at a commit, all partitions together, by steps of ten minutes; by the clock. */
  readonly lag: readonly { readonly at: number; readonly value: number }[];
  /** Whole days by the clock that had events, the oldest first. */
  readonly days: readonly {
    readonly at: number;
    readonly events: number;
    readonly refused: number;
  }[];
  /** Refused events of the last windows, by the clock. */
  readonly refused: readonly BurnWindow[];
  /** Slow answers of the last windows, by event time; empty where answers are not timed. */
  readonly slow: readonly BurnWindow[];
}

/** Refused events of one reason. */
export interface RefusalFacts {
  readonly pipeline: string;
  readonly code: string;
  /** In the last whole day by the clock, and in the days before it. */
  readonly lately: number;
  readonly before: number;
  /** The newest, as the door gave it. */
  readonly reason: string;
}

export interface WatchFacts {
  readonly key: string;
  readonly name: string;
  readonly severity: Severity;
  /** Whether an active route tells its alerts. */
  readonly isTold: boolean;
  /** Alerts of the last four weeks of event time that fired. */
  readonly fired: number;
  readonly firedWeek: number;
  /** Of them closed as false, and taken care of or closed as true. */
  readonly called: { readonly false: number; readonly true: number };
  /** Of the last week those that came and went. */
  readonly flapping: number;
  /** By day of event time, the oldest first; days without are left out. */
  readonly days: readonly { readonly at: number; readonly fired: number }[];
}

export interface WaitingRelease {
  readonly model: string;
  readonly id: string;
  readonly version: string;
  readonly against: string;
  readonly awaits: 'canary' | 'champion';
  /** By the clock. */
  readonly since: number;
}

export interface OperationFacts {
  readonly pipelines: readonly PipelineFacts[];
  readonly refusals: readonly RefusalFacts[];
  readonly watches: readonly WatchFacts[];
  /** Routes that are on. */
  readonly routes: number;
  readonly waiting: readonly WaitingRelease[];
  readonly calendar: readonly CalendarDays[];
  /** Of the database, bytes; empty where it does not say. */
  readonly disks: readonly {
    readonly name: string;
    readonly free: number;
    readonly total: number;
  }[];
}

const since = (name: string) => `fromUnixTimestamp64Milli({${name}:Int64}, 'UTC')`;

const lags = bounded(`
  SELECT pipeline, at, toUInt64(sum(worst)) AS value
  FROM (
    SELECT pipeline, partition, intDiv(toUnixTimestamp64Milli(committed_at), ${lagStepMs}) * ${lagStepMs} AS at,
      max(lag_events) AS worst
    FROM epochs WHERE committed_at >= ${since('from')}
    GROUP BY pipeline, partition, at
  )
  GROUP BY pipeline, at
  ORDER BY pipeline, at`);

const days = bounded(`
  SELECT pipeline, intDiv(toUnixTimestamp64Milli(committed_at), ${dayMs}) * ${dayMs} AS at,
    toUInt64(sum(e.events)) AS events, toUInt64(sum(e.refused)) AS refused
  FROM epochs AS e
  WHERE committed_at >= ${since('from')} AND committed_at < ${since('to')}
  GROUP BY pipeline, at
  HAVING events > 0
  ORDER BY pipeline, at`);

const columns = (amount: string, bad: string, column: string) =>
  burnWindowsMs
    .map((_, i) => {
      const isIn = `${column} >= ${since(`w${i}`)}`;
      return `toUInt64(sumIf(${amount}, ${isIn})) AS n${i}, toUInt64(sumIf(${bad}, ${isIn})) AS b${i}`;
    })
    .join(', ');

const refusedWindows = bounded(`
  SELECT pipeline, ${columns('e.events', 'e.refused', 'committed_at')}
  FROM epochs AS e
  WHERE committed_at >= ${since(`w${burnWindowsMs.length - 1}`)}
  GROUP BY pipeline
  ORDER BY pipeline`);

/** Of the sketch, whose bins ascend with the value. */
const slowWindows = bounded(`
  SELECT pipeline, ${columns('rows', 'slow', 'window_start')}
  FROM (
    SELECT pipeline, window_start, m.count AS rows,
      arraySum(arrayMap((bin, observed) -> if(bin > ${binOf(slowAnswerMs)}, observed, 0), bins, counts)) AS slow
    FROM metrics AS m FINAL
    WHERE metric = 'latency_ms' AND segment = '' AND window_ms = ${minuteMs}
      AND window_start >= ${since(`w${burnWindowsMs.length - 1}`)} AND window_start < ${since('to')}
  )
  GROUP BY pipeline
  ORDER BY pipeline`);

const refusals = bounded(`
  SELECT pipeline, code, toUInt64(countIf(received_at >= ${since('lately')})) AS lately,
    toUInt64(countIf(received_at < ${since('lately')})) AS before,
    toValidUTF8(argMax(d.reason, received_at)) AS reason
  FROM dead_letters AS d
  WHERE received_at >= ${since('from')} AND received_at < ${since('to')}
  GROUP BY pipeline, code
  ORDER BY lately DESC, pipeline, code
  LIMIT 200`);

const place = `tuple(revision, actor != '${engineActor}', actor)`;

const alerts = bounded(`
  SELECT watch, intDiv(toInt64(fired_at), ${dayMs}) * ${dayMs} AS at, toUInt64(count()) AS fired,
    toUInt64(countIf(fired_at >= {week:Int64})) AS firedWeek,
    toUInt64(countIf(ending = 'false alarm')) AS calledFalse,
    toUInt64(countIf(ending != 'false alarm' AND (ending = 'closed' OR owned > 0))) AS calledTrue,
    toUInt64(countIf(flapping AND fired_at >= {week:Int64})) AS flapping
  FROM (
    SELECT id, any(a.watch) AS watch, max(JSONExtractFloat(a.alert, 'firedAt')) AS fired_at,
      argMax(JSONExtractString(a.alert, 'ending'), ${place}) AS ending,
      max(JSONExtractFloat(a.alert, 'acknowledgedAt')) AS owned,
      max(JSONExtractBool(a.alert, 'isFlapping')) AS flapping
    FROM alerts AS a
    WHERE a.since >= ${since('from')}
    GROUP BY id
    HAVING fired_at >= {from:Int64}
  )
  GROUP BY watch, at
  ORDER BY watch, at`);

const disks = bounded(`
  SELECT name, toFloat64(free_space) AS free, toFloat64(total_space) AS total
  FROM system.disks WHERE total_space > 0 AND total_space < pow(2, 60)
  ORDER BY name LIMIT 20`);

type WindowRow = { readonly pipeline: string } & Readonly<Record<string, number>>;
interface AlertRow {
  readonly watch: string;
  readonly at: number;
  readonly fired: number;
  readonly firedWeek: number;
  readonly calledFalse: number;
  readonly calledTrue: number;
  readonly flapping: number;
}

/** @throws EngineError SINK_UNAVAILABLE */
export async function gatherOperations(
  sources: FactSources,
  { now, eventTime }: FactMoment,
): Promise<OperationFacts> {
  const { reader, models, watches, partitions } = sources;
  const today = Math.floor(now / dayMs) * dayMs;
  const from = today - (usualDays + 1) * dayMs;
  // Of whole days by the clock.
  const wholeDays = <Rows>(name: string, gather: () => Promise<Rows>) =>
    oncePerDay(sources, { eventTime: now }, name, gather);
  const endOfWindows = Math.floor(eventTime / minuteMs) * minuteMs;
  const [lagRows, dayRows, refusedRows, slowRows, letterRows, alertRows, diskRows] =
    await Promise.all([
      reader.query<{ pipeline: string; at: number; value: number }>(lags, {
        from: now - lagSpanMs,
      }),
      wholeDays('days of commits', () =>
        reader.query<{ pipeline: string; at: number; events: number; refused: number }>(days, {
          ...{ from, to: today },
        }),
      ),
      reader.query<WindowRow>(refusedWindows, windowsUntil(now)),
      reader.query<WindowRow>(slowWindows, {
        ...windowsUntil(endOfWindows),
        to: endOfWindows,
      }),
      wholeDays('refusals', () =>
        reader.query<RefusalFacts>(refusals, { from, to: today, lately: today - dayMs }),
      ),
      alertsOf(reader, eventTime),
      reader.query<OperationFacts['disks'][number]>(disks),
    ]);
  const of = <Row extends { readonly pipeline: string }>(rows: readonly Row[], name: string) =>
    rows.filter(({ pipeline }) => pipeline === name);
  const known = byPipeline(partitions());
  const names = [...new Set([...known.keys(), ...dayRows.map(({ pipeline }) => pipeline)])].sort();
  return {
    pipelines: names.map((name) => ({
      name,
      partitions: known.get(name) ?? [],
      lag: of(lagRows, name).map(({ at, value }) => ({ at, value })),
      days: of(dayRows, name).map(({ at, events, refused }) => ({ at, events, refused })),
      refused: windowsOf(of(refusedRows, name)[0]),
      slow: windowsOf(of(slowRows, name)[0]),
    })),
    refusals: letterRows,
    watches: watchesOf(watches, alertRows),
    routes: watches.routes.all().filter(({ definition }) => definition.isActive).length,
    waiting: waitingOf(models),
    calendar: watches.days.all().map(({ definition }) => definition),
    disks: diskRows,
  };
}

function windowsUntil(end: number): Record<string, number> {
  return Object.fromEntries(
    burnWindowsMs.map((ms, i) => [`w${i}`, Math.max(0, Math.floor(end - ms))]),
  );
}

function windowsOf(row: WindowRow | undefined): BurnWindow[] {
  if (row === undefined) return [];
  return burnWindowsMs.map((ms, i) => ({ ms, events: row[`n${i}`]!, bad: row[`b${i}`]! }));
}

function alertsOf(reader: Reader, eventTime: number): Promise<AlertRow[]> {
  const end = Math.floor(eventTime);
  return reader.query<AlertRow>(alerts, {
    from: Math.max(0, end - watchedDays * dayMs),
    week: Math.max(0, end - 7 * dayMs),
  });
}

function watchesOf(
  { watches, routes }: FactSources['watches'],
  rows: readonly AlertRow[],
): WatchFacts[] {
  return watches
    .all()
    .filter(({ definition }) => definition.isActive)
    .map(({ definition: { key, name, severity, routes: told } }) => {
      const own = rows.filter(({ watch }) => watch === key);
      const sum = (figure: (row: AlertRow) => number) =>
        own.reduce((total, row) => total + figure(row), 0);
      return {
        ...{ key, name, severity },
        isTold: told.some((route) => tells(routes.get(route)?.definition, severity)),
        fired: sum(({ fired }) => fired),
        firedWeek: sum(({ firedWeek }) => firedWeek),
        called: {
          false: sum(({ calledFalse }) => calledFalse),
          true: sum(({ calledTrue }) => calledTrue),
        },
        flapping: sum(({ flapping }) => flapping),
        days: own.map(({ at, fired }) => ({ at, fired })),
      };
    });
}

function tells(
  route: { readonly isActive: boolean; readonly least: Severity } | undefined,
  severity: Severity,
): boolean {
  return route?.isActive === true && (severity === 'high' || route.least === 'low');
}

function waitingOf(models: FactSources['models']): WaitingRelease[] {
  return models.models().flatMap((known) => {
    const release = releaseUnderWay(known);
    if (release === undefined || release.awaits === null) return [];
    const { id, version, against, awaits, since } = release;
    return [{ model: known.model, id, version, against, awaits, since }];
  });
}
