/** Reads drift: profiles of columns by day, predictions by day, alarms of detectors and the alerts about them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Alert } from '../../contracts/alert.ts';
import {
  type DriftAlarm,
  type DriftAnswer,
  type DriftDetail,
  driftDaysMax,
} from '../../contracts/driftApi.ts';
import { answerColumns } from '../../models/answer/locator.ts';
import { finite } from '../metricPoint.ts';
import { readToldDays } from '../monitoring/toldVersions.ts';
import { readClosedTo } from '../privacy/closedTo.ts';
import { PeopleUnion } from '../privacy/people.ts';
import { isHeld, type Telling } from '../privacy/telling.ts';
import { bounded, type Reader } from '../statement.ts';
import { readableStatistic } from '../statisticNamed.ts';
import { readAlerts } from '../watching/alertRows.ts';
import { defaultWatches } from '../watching/defaultWatches.ts';
import { type DriftFrame, driftAnswer } from './driftAnswer.ts';
import { driftDetail } from './driftDetail.ts';
import { type ProfiledColumn, profileOfScores, profileOfStates } from './profiledColumn.ts';
import { type DriftRange, referenceDays } from './referenceDays.ts';

export interface DriftQuery extends DriftRange {
  /** Absent: the one whose profiles are newest. */
  readonly pipeline?: string | undefined;
}

export interface DriftDetailQuery extends DriftQuery {
  /** Start of the day that is compared with the reference; absent: the newest. */
  readonly day?: number | undefined;
}

const dayMs = 86_400_000;
/** Of one column, read before other work has its turn. */
const daysOfTurn = 8;
const prefix = 'profile_';
/** The profile of the labels of the answer model. */
const labelColumn = 'answer';
const predictionColumn = 'prediction';

interface ProfileRow {
  pipeline: string;
  name: string;
  statistic: string;
  stateVersion: number;
  parameters: string;
  receivedAt: number;
}

const isProfile = `statistic IN ('number-profile', 'text-profile') AND window_ms = ${dayMs}
    AND empty(key) AND startsWith(name, '${prefix}')
    AND ({every:UInt8} OR pipeline = {pipeline:String})`;

const profiles = bounded(`
  SELECT pipeline, name, statistic, state_version AS stateVersion, parameters,
    toUnixTimestamp64Milli(max(received_at)) AS receivedAt
  FROM statistics
  WHERE ${isProfile}
  GROUP BY pipeline, name, statistic, state_version, parameters
  ORDER BY receivedAt DESC, pipeline, name
  LIMIT 1000`);

const profiledDays = bounded(`
  SELECT DISTINCT toUnixTimestamp64Milli(window_start) AS day
  FROM statistics
  WHERE ${isProfile}
  ORDER BY day
  LIMIT 10000`);

const states = bounded(`
  SELECT toUnixTimestamp64Milli(window_start) AS day, base64Encode(state) AS state, people, users
  FROM statistics FINAL
  WHERE pipeline = {pipeline:String} AND name = {name:String} AND statistic = {statistic:String}
    AND state_version = {stateVersion:UInt16} AND parameters = {parameters:String}
    AND window_ms = ${dayMs} AND empty(key)
    AND toUnixTimestamp64Milli(window_start) IN {days:Array(Int64)}
  ORDER BY day, partition
  LIMIT 20000`);

const newestModel = bounded(`
  SELECT model, model_version AS version, toUnixTimestamp64Milli(min(window_start)) AS began,
    toUnixTimestamp64Milli(max(window_start)) AS newest
  FROM model_quality
  WHERE pipeline = {pipeline:String} AND count > 0
  GROUP BY model, version
  ORDER BY newest DESC, model, version
  LIMIT 1`);

const scores = bounded(`
  SELECT intDiv(toUnixTimestamp64Milli(q.window_start), ${dayMs}) * ${dayMs} AS day,
    sumForEach(arrayMap((ones, zeros) -> toFloat64(ones + zeros),
      q.positives_by_bin, q.negatives_by_bin)) AS counts
  FROM (
    SELECT * FROM model_quality FINAL
    WHERE pipeline = {pipeline:String} AND model = {model:String} AND count > 0
      AND has({days:Array(Int64)}, intDiv(toUnixTimestamp64Milli(window_start), ${dayMs}) * ${dayMs})
  ) AS q
  GROUP BY day
  ORDER BY day
  LIMIT ${2 * driftDaysMax}`);

const detectors = bounded(`
  SELECT name AS statistic, key[1] AS part, figures['alarms'] AS alarms,
    figures['before'] AS before, figures['after'] AS after
  FROM statistics FINAL
  WHERE pipeline = {pipeline:String} AND window_ms = 0 AND length(key) = 1
    AND mapContains(figures, 'lastAlarmAt') AND figures['alarms'] > 0
  ORDER BY statistic, part, figures['lastAlarmAt'] DESC
  LIMIT 2000`);

/** What days there are, and which columns have profiles. */
export interface Read {
  readonly frame: DriftFrame;
  readonly rows: readonly ProfileRow[];
}

export async function readFrame(reader: Reader, query: DriftQuery): Promise<Read> {
  const asked = { pipeline: query.pipeline ?? '', every: query.pipeline === undefined ? 1 : 0 };
  const all = await reader.query<ProfileRow>(profiles, asked);
  const pipeline = all[0]?.pipeline ?? null;
  const rows = newestOfEach(
    all.filter((row) => row.pipeline === pipeline && readableStatistic(row) !== undefined),
  );
  if (pipeline === null) return { frame: emptyFrame, rows };
  const days = await reader.query<{ day: number }>(profiledDays, { pipeline, every: 0 });
  const [model] = await reader.query<{ model: string; version: string; began: number }>(
    newestModel,
    { pipeline },
  );
  // The first day may have begun in its middle; the newest is not over.
  const stored = days.map(({ day }) => day).slice(1, -1);
  const chosen = referenceDays(stored, query, model?.began);
  const read =
    model?.model === 'answer'
      ? new Set(answerColumns.strings.map((column) => column.replaceAll('.', '_')))
      : undefined;
  const frame: DriftFrame = {
    ...{ pipeline, stored, ...chosen, read },
    model: model?.model ?? null,
    modelVersion: model?.version ?? null,
    // Nothing is stored of contributions yet.
    importance: new Map(),
  };
  return { frame, rows };
}

const emptyFrame: DriftFrame = {
  ...{ pipeline: null, model: null, modelVersion: null, stored: [], reference: [], shown: [] },
  ...{ isGiven: false, read: undefined, importance: new Map() },
};

/** Of one with other parameters than before, what is kept since. */
function newestOfEach(rows: readonly ProfileRow[]): ProfileRow[] {
  const byName = new Map<string, ProfileRow>();
  for (const row of rows) if (!byName.has(row.name)) byName.set(row.name, row);
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function daysOf({ reference, shown }: DriftFrame): number[] {
  return [...new Set([...reference, ...shown])].sort((a, b) => a - b);
}

async function readColumn(
  reader: Reader,
  { name, statistic, stateVersion, parameters, pipeline }: ProfileRow,
  days: readonly number[],
  telling: Telling,
): Promise<ProfiledColumn> {
  const kind = statistic === 'number-profile' ? 'number' : 'text';
  const of = { pipeline, name, statistic, stateVersion, parameters, days };
  const [stored, closedTo] = await Promise.all([
    reader.query<{ day: number; state: string; people: number; users: number[] }>(states, of),
    readClosedTo(reader, 'statistics', pipeline, telling, [name]),
  ]);
  const chosen = JSON.parse(parameters) as Record<string, unknown>;
  const byDay = grouped(stored, ({ day }) => day);
  const column = name.slice(prefix.length);
  const merged = new Map<number, ReturnType<typeof profileOfStates>>();
  for (const [day, parts] of byDay) {
    const people = new PeopleUnion();
    for (const part of parts) people.add(part);
    if (people.count < leastOf(telling) || day + dayMs > closedTo) continue;
    const bytes = parts.map(({ state }) => Buffer.from(state, 'base64'));
    merged.set(day, profileOfStates({ kind, parameters: chosen }, bytes));
    if (merged.size % daysOfTurn === 0) await nextTurn();
  }
  return {
    ...{ column, kind, parameters: chosen, days: merged },
    role: column === labelColumn ? 'label' : 'input',
  };
}

/** Who may see single people is told of each day: values of few rows are not named to them either. */
function leastOf(telling: Telling): number {
  return isHeld(telling) ? telling.least : 0;
}

async function readPredictions(
  reader: Reader,
  { pipeline, model }: DriftFrame,
  days: readonly number[],
  telling: Telling,
): Promise<ProfiledColumn> {
  const of = { pipeline: pipeline!, model: model! };
  const [all, isTold] = await Promise.all([
    reader.query<{ day: number; counts: number[] }>(scores, { ...of, days }),
    toldDaysOf(reader, of, telling),
  ]);
  const rows = all.filter(({ day }) => isTold(day));
  return {
    ...{ column: predictionColumn, role: 'prediction', kind: 'number', parameters: {} },
    days: new Map(rows.map(({ day, counts }) => [day, profileOfScores(counts)])),
  };
}

/** Of a model whose versions are told apart, days are told in which each version that predicted has enough people. */
async function toldDaysOf(
  reader: Reader,
  of: { readonly pipeline: string; readonly model: string },
  telling: Telling,
): Promise<(day: number) => boolean> {
  if (!isHeld(telling)) return () => true;
  const days = await readToldDays(reader, { ...of, version: '' }, telling);
  const untold = days.filter(({ isOver, blocks }) => !isOver || blocks.length === 0);
  const [has, lacks] = [days, untold].map((each) => new Set(each.map(({ day }) => day)));
  return (day) => has!.has(day) && !lacks!.has(day);
}

/** Predictions first. */
export async function* readColumns(
  reader: Reader,
  { frame, rows }: Read,
  telling: Telling = { least: 0, now: 0 },
): AsyncGenerator<ProfiledColumn> {
  const days = daysOf(frame);
  if (frame.model !== null) yield await readPredictions(reader, frame, days, telling);
  for (const row of rows) yield await readColumn(reader, row, days, telling);
}

/** Alarms of the days shown, and those of which it is not known when they were. */
async function readAlarms(reader: Reader, { pipeline, shown }: DriftFrame): Promise<DriftAlarm[]> {
  const first = shown[0];
  if (first === undefined) return [];
  const rows = await reader.query<{
    statistic: string;
    part: string;
    alarms: number;
    before: number;
    after: number;
  }>(detectors, { pipeline: pipeline! });
  if (rows.length === 0) return [];
  const watched = new Map(
    defaultWatches.flatMap(({ key, source }) =>
      source.kind === 'statistic' && source.pipeline === pipeline ? [[source.name, key]] : [],
    ),
  );
  const alerts = await readAlerts(reader, {
    where: 'watch IN {watches:Array(String)}',
    parameters: { watches: [...watched.values()] },
  });
  const until = shown.at(-1)! + 2 * dayMs;
  return [...grouped(rows, ({ statistic, part }) => `${statistic}\n${part}`).values()].flatMap(
    (parts) => {
      const { statistic, part, before, after } = parts[0]!;
      const at = newestOf(alerts, watched.get(statistic), part);
      if (at !== null && (at < first || at >= until)) return [];
      const alarms = parts.reduce((sum, each) => sum + each.alarms, 0);
      return [{ statistic, key: part, at, alarms, before: finite(before), after: finite(after) }];
    },
  );
}

function grouped<Row, Key>(rows: readonly Row[], keyOf: (row: Row) => Key): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

function newestOf(alerts: readonly Alert[], watch: string | undefined, key: string): number | null {
  const own = alerts.find((alert) => alert.watch === watch && alert.key[0] === key);
  return own?.since ?? null;
}

/**
 * @param telling absent: for the engine itself. Where only what is final is told, days of too few people count as days without rows,
 *                shares of single values are withheld, and detectors, which go on for ever, tell nothing
 */
export async function readDrift(
  reader: Reader,
  query: DriftQuery,
  telling: Telling = { least: 0, now: 0 },
): Promise<DriftAnswer> {
  const read = await readFrame(reader, query);
  const held = isHeld(telling);
  const alarms = held ? [] : await readAlarms(reader, read.frame);
  const frame = { ...read.frame, valuesWithheld: held };
  return driftAnswer(frame, readColumns(reader, read, telling), alarms);
}

/** @returns undefined when there is no such column */
export async function readDriftDetail(
  reader: Reader,
  column: string,
  query: DriftDetailQuery,
  telling: Telling = { least: 0, now: 0 },
): Promise<DriftDetail | undefined> {
  const read = await readFrame(reader, query);
  const { rows } = read;
  const frame = { ...read.frame, valuesWithheld: isHeld(telling) };
  const days = daysOf(frame);
  if (column === predictionColumn && frame.model !== null) {
    return driftDetail(frame, await readPredictions(reader, frame, days, telling), query.day);
  }
  const row = rows.find(({ name }) => name === `${prefix}${column}`);
  if (row === undefined) return undefined;
  return driftDetail(frame, await readColumn(reader, row, days, telling), query.day);
}
