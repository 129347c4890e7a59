/** Reads drift: profiles of columns by day, predictions by day, alarms of detectors and the alerts about them. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Alert } from '../../contracts/alert.ts';
import type { DriftAlarm, DriftAnswer, DriftDetail } from '../../contracts/driftApi.ts';
import { answerColumns } from '../../models/answer/locator.ts';
import type { ColumnProfile } from '../../stats/drift/dataQuality.ts';
import type { Days } from '../keptDays.ts';
import { finite } from '../metricPoint.ts';
import { addQuality } from '../modelQuality.ts';
import {
  readQualityDays,
  readStoredVersions,
  readTimesOfVersions,
} from '../monitoring/qualityUnits.ts';
import { readTimesOver } from '../privacy/closedTo.ts';
import { PeopleUnion } from '../privacy/people.ts';
import type { Reading } from '../privacy/reading.ts';
import { isHeld, type Telling } from '../privacy/telling.ts';
import { bounded, type Reader } from '../statement.ts';
import { readableStatistic } from '../statisticNamed.ts';
import { unitOf } from '../units.ts';
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
    AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
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

interface StateRow {
  readonly day: number;
  readonly state: string;
  readonly people: number;
  readonly users: readonly number[];
}

/** A day of a column: partitions merged. */
interface ProfiledDay {
  readonly people: number;
  readonly profile: ColumnProfile;
  /** Bytes in which it was stored. */
  readonly bytes: number;
}

async function readColumn(
  { reader, kept, telling }: Reading,
  { name, statistic, stateVersion, parameters, pipeline }: ProfileRow,
  days: readonly number[],
): Promise<ProfiledColumn> {
  const kind = statistic === 'number-profile' ? 'number' : 'text';
  const of = { pipeline, name, statistic, stateVersion, parameters };
  const chosen = JSON.parse(parameters) as Record<string, unknown>;
  const times = await readTimesOver(reader, 'statistics', pipeline, telling, [name]);
  const read = async (range: Days): Promise<Map<number, ProfiledDay>> => {
    const rows = await reader.query<StateRow>(states, { ...of, ...range });
    const found = new Map<number, ProfiledDay>();
    for (const [day, parts] of grouped(rows, (row) => row.day)) {
      found.set(day, profiledDay({ kind, parameters: chosen }, parts));
      if (found.size % daysOfTurn === 0) await nextTurn();
    }
    return found;
  };
  const key = JSON.stringify(['profile', of]);
  const found = await kept.read(key, rangeOf(days), times.overTo, read, ({ bytes }) => bytes / 8);
  const isTold = (day: number, { people }: ProfiledDay) =>
    people >= leastOf(telling) && day + dayMs <= times.closedTo;
  const asked = new Set(days);
  const told = [...found].filter(([day, each]) => asked.has(day) && isTold(day, each));
  return {
    ...{ column: name.slice(prefix.length), kind, parameters: chosen },
    role: name === `${prefix}${labelColumn}` ? 'label' : 'input',
    days: new Map(
      told.sort(([one], [other]) => one - other).map(([day, each]) => [day, each.profile]),
    ),
  };
}

function profiledDay(
  of: Pick<ProfiledColumn, 'kind' | 'parameters'>,
  parts: readonly StateRow[],
): ProfiledDay {
  const people = new PeopleUnion();
  for (const part of parts) people.add(part);
  const stored = parts.map(({ state }) => Buffer.from(state, 'base64'));
  const bytes = stored.reduce((sum, { length }) => sum + length, 0);
  return { people: people.count, profile: profileOfStates(of, stored), bytes };
}

/** All days from the first of these to the last. */
function rangeOf(days: readonly number[]): Days {
  return days.length === 0
    ? { from: 0, to: 0 }
    : { from: Math.min(...days), to: Math.max(...days) + dayMs };
}

/** Who may see single people is told of each day: values of few rows are not named to them either. */
function leastOf(telling: Telling): number {
  return isHeld(telling) ? telling.least : 0;
}

async function readPredictions(
  from: Reading,
  { pipeline, model }: DriftFrame,
  days: readonly number[],
): Promise<ProfiledColumn> {
  const counts = await readScores(from, { pipeline: pipeline!, model: model! }, days);
  return {
    ...{ column: predictionColumn, role: 'prediction', kind: 'number', parameters: {} },
    days: new Map([...counts].map(([day, each]) => [day, profileOfScores(each)])),
  };
}

/** Of a model whose versions are told apart, days are told in which each version that predicted has enough people. */
async function readScores(
  from: Reading,
  of: { readonly pipeline: string; readonly model: string },
  days: readonly number[],
): Promise<Map<number, number[]>> {
  const range = rangeOf(days);
  const unit = unitOf({ ...range, stepMs: dayMs });
  const all = await readStoredVersions(from.reader, { ...of, version: '' });
  const versions = all.filter(({ first, last }) => first < range.to && last >= range.from);
  const times = await readTimesOfVersions(from, versions);
  const untold = new Set<number>();
  const counts = new Map<number, number[]>();
  for (const version of versions) {
    for (const { day, isOver, told, units } of await readQualityDays(
      ...([from, version, times, unit, range] as const),
    )) {
      if (!isOver || told === undefined) untold.add(day);
      const sums = addQuality(units.flatMap((unit) => unit.sums ?? []));
      const before = counts.get(day) ?? [];
      counts.set(
        day,
        sums.positivesByBin.map(
          (ones, bin) => ones + sums.negativesByBin[bin]! + (before[bin] ?? 0),
        ),
      );
    }
  }
  const asked = new Set(days);
  return new Map(
    [...counts]
      .filter(([day]) => asked.has(day) && !untold.has(day))
      .sort(([one], [other]) => one - other),
  );
}

/** Predictions first. */
export async function* readColumns(
  from: Reading,
  { frame, rows }: Read,
): AsyncGenerator<ProfiledColumn> {
  const days = daysOf(frame);
  if (frame.model !== null && days.length > 0) yield await readPredictions(from, frame, days);
  for (const row of rows) yield await readColumn(from, row, days);
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
 * Where only what is final is told, days of too few people count as days without rows, shares of single values are withheld, and
 * detectors, which go on for ever, tell nothing.
 */
export async function readDrift(from: Reading, query: DriftQuery): Promise<DriftAnswer> {
  const { reader, telling } = from;
  const read = await readFrame(reader, query);
  const held = isHeld(telling);
  const alarms = held ? [] : await readAlarms(reader, read.frame);
  const frame = { ...read.frame, valuesWithheld: held };
  return driftAnswer(frame, readColumns(from, read), alarms);
}

/** @returns undefined when there is no such column */
export async function readDriftDetail(
  from: Reading,
  column: string,
  query: DriftDetailQuery,
): Promise<DriftDetail | undefined> {
  const read = await readFrame(from.reader, query);
  const { rows } = read;
  const frame = { ...read.frame, valuesWithheld: isHeld(from.telling) };
  const days = daysOf(frame);
  if (column === predictionColumn && frame.model !== null) {
    return driftDetail(frame, await readPredictions(from, frame, days), query.day);
  }
  const row = rows.find(({ name }) => name === `${prefix}${column}`);
  if (row === undefined) return undefined;
  return driftDetail(frame, await readColumn(from, row, days), query.day);
}
