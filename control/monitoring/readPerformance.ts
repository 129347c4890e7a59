/** Reads how well one version of a model does: what its monitor keeps in `statistics`, and of the engine's own models `model_quality`. */
import { groupMinDefault } from '../../contracts/groupMin.ts';
import type { ModelPerformance, SliceFigure } from '../../contracts/performanceApi.ts';
import type { Statistic } from '../../contracts/statistic.ts';
import { addQuality, type QualitySums } from '../modelQuality.ts';
import { readClosedTo } from '../privacy/closedTo.ts';
import type { Reading } from '../privacy/reading.ts';
import { isHeld, type Telling } from '../privacy/telling.ts';
import { toldStates } from '../privacy/toldStates.ts';
import { bounded, type Reader } from '../statement.ts';
import { readableStatistic } from '../statisticNamed.ts';
import { unitOf } from '../units.ts';
import { modelPerformance } from './modelPerformance.ts';
import {
  readQualityDays,
  readStoredVersions,
  readTimesOfVersions,
  type StoredVersion,
} from './qualityUnits.ts';
import { type Kept, keptOf, ownModel, type QualityWindow } from './watchedModel.ts';

export interface PerformanceQuery {
  /** Starts of windows, half-open, ms since 1970; absent: the newest windows that there are. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Absent: the version that was heard of last. */
  readonly version?: string | undefined;
  /** By which slices are compared. */
  readonly figure: SliceFigure;
}

const day = 86_400_000;
/** Windows of an answer when nothing is asked for, … */
const windowsDefault = 30;
/** … and at most. */
const windowsMax = 62;
/** Rows that are read at most. */
const rowsMax = 20_000;

interface DefinitionRow {
  name: string;
  statistic: string;
  stateVersion: number;
  parameters: string;
  windowMs: number;
  version: string;
  receivedAt: number;
  firstStart: number;
  lastStart: number;
}

const definitions = bounded(`
  SELECT name, statistic, state_version AS stateVersion, parameters, window_ms AS windowMs,
    key[2] AS version, toUnixTimestamp64Milli(max(received_at)) AS receivedAt,
    toUnixTimestamp64Milli(min(window_start)) AS firstStart,
    toUnixTimestamp64Milli(max(window_start)) AS lastStart
  FROM statistics
  WHERE pipeline = {pipeline:String} AND length(key) >= 2 AND key[1] = {model:String}
    AND ({every:UInt8} OR key[2] = {version:String})
  GROUP BY name, statistic, state_version, parameters, window_ms, version
  ORDER BY receivedAt DESC, name
  LIMIT 5000`);

const states = bounded(`
  SELECT name, key, toUnixTimestamp64Milli(window_start) AS start, partition, taken, refused,
    parameters, window_ms AS windowMs, state_version AS stateVersion, base64Encode(state) AS state,
    people, users
  FROM statistics FINAL
  WHERE pipeline = {pipeline:String} AND name IN {names:Array(String)}
    AND key[1] = {model:String} AND key[2] = {version:String}
    AND (window_ms = 0 OR window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
      AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC'))
  ORDER BY length(key), window_start DESC, name, key, partition
  LIMIT ${rowsMax}`);

interface StateRow {
  name: string;
  key: string[];
  start: number;
  partition: number;
  taken: number;
  refused: number;
  parameters: string;
  windowMs: number;
  stateVersion: number;
  state: string;
  people: number;
  users: number[];
}

/** What stands behind the name of a monitor, and of which statistics it is. */
const partStatistics: Readonly<Record<string, readonly string[]>> = {
  expected: ['estimated-performance'],
  quality: ['prediction-quality', 'regression-quality'],
  slices: ['prediction-losses', 'regression-quality'],
  fairness: ['group-fairness'],
  delay: ['label-delay'],
  labels: ['label-outcomes'],
};

interface Part {
  readonly monitor: string;
  readonly part: string;
  readonly statistic: Statistic;
  readonly row: DefinitionRow;
}

/** undefined when the statistic is not one of a monitor, or not one that this version of the engine can read. */
function partOf(row: DefinitionRow): Part | undefined {
  const [, monitor, part] =
    /^(.+?)_(expected|quality|fairness|delay|labels|slices_.+)$/.exec(row.name) ?? [];
  if (monitor === undefined || part === undefined) return undefined;
  const statistic = readableStatistic(row);
  const isOfMonitor = partStatistics[part.split('_')[0]!]!.includes(row.statistic);
  if (!isOfMonitor || statistic === undefined) return undefined;
  return { monitor, part, statistic, row };
}

/** Of each statistic the definition whose data is newest, of one monitor and version. */
function newestParts(rows: readonly DefinitionRow[]): Part[] {
  const parts = rows.map(partOf).filter((part) => part !== undefined);
  const newest = parts[0];
  const byPart = new Map<string, Part>();
  for (const each of parts) {
    const isSame = each.monitor === newest!.monitor && each.row.version === newest!.row.version;
    if (isSame && !byPart.has(each.part)) byPart.set(each.part, each);
  }
  return [...byPart.values()];
}

interface Extent {
  readonly firstStart: number;
  readonly lastStart: number;
}

function rangeOf(
  { from, to }: PerformanceQuery,
  { firstStart, lastStart }: Extent,
  windowMs: number,
): { from: number; to: number } {
  const end = Math.ceil((to ?? lastStart + 1) / windowMs) * windowMs;
  const begin = from ?? Math.max(firstStart, end - windowsDefault * windowMs);
  const start = Math.floor(begin / windowMs) * windowMs;
  return { from: Math.max(start, end - windowsMax * windowMs), to: end };
}

/** @returns undefined when nothing is kept of such a model or version */
export async function readPerformance(
  from: Reading,
  pipeline: string,
  model: string,
  query: PerformanceQuery,
  signal?: AbortSignal,
): Promise<ModelPerformance | undefined> {
  const { reader, telling } = from;
  const named = { pipeline, model };
  const asked = { version: query.version ?? '', every: query.version === undefined ? 1 : 0 };
  const parts = newestParts(await reader.query<DefinitionRow>(definitions, { ...named, ...asked }));
  const main = ['expected', 'quality'].map((part) => parts.find((each) => each.part === part));
  const watched = main.find((part) => part !== undefined)?.row;
  const version = parts[0]?.row.version ?? asked.version;
  const [own] =
    watched === undefined ? await readStoredVersions(reader, { ...named, version }) : [];
  const extent = watched ?? (own && { firstStart: own.first, lastStart: own.last, ...own });
  if (extent === undefined) return undefined;
  const windowMs = watched?.windowMs ?? day;
  const range = rangeOf(query, extent, windowMs);
  const of = { ...named, version: extent.version };
  const { kept, isTruncated } = await readParts(reader, parts, { ...of, ...range }, telling);
  if (own !== undefined) {
    const windows = await readOwnDays(from, own, { ...range, from: range.from - windowMs });
    for (const [part, each] of ownModel(windows, windowMs, range.from)) kept.set(part, each);
  }
  return {
    ...{ pipeline, model, version: extent.version, monitor: parts[0]?.monitor ?? null },
    ...{ windowMs, ...range, isTruncated },
    ...(await modelPerformance({ windowMs, parts: kept }, query.figure, {
      signal,
      least: telling.least || groupMinDefault,
    })),
  };
}

/** Days of which all is told. */
async function readOwnDays(
  from: Reading,
  version: StoredVersion,
  range: { readonly from: number; readonly to: number },
): Promise<QualityWindow[]> {
  const times = await readTimesOfVersions(from, [version]);
  const unit = unitOf({ ...range, stepMs: day });
  const days = await readQualityDays(from, version, times, unit, range);
  return days
    .filter(({ isOver, told }) => isOver && told !== undefined)
    .map((each) => ({
      start: each.day,
      ...addQuality(each.units.flatMap(({ sums }) => sums ?? [])),
    }))
    .map(windowOf);
}

async function readParts(
  reader: Reader,
  parts: readonly Part[],
  of: Readonly<Record<string, string | number>> & { readonly pipeline: string },
  telling: Telling,
): Promise<{ kept: Map<string, Kept>; isTruncated: boolean }> {
  const kept = new Map<string, Kept>();
  if (parts.length === 0) return { kept, isTruncated: false };
  const names = parts.map(({ row }) => row.name);
  const held = isHeld(telling);
  const waited = held ? names : names.filter((name) => name.includes('_slices_'));
  const [rows, closedTo] = await Promise.all([
    reader.query<StateRow>(states, { ...of, names }),
    readClosedTo(reader, 'statistics', of.pipeline, telling, waited),
  ]);
  for (const { part, statistic, row } of parts) {
    const { name, parameters, windowMs, stateVersion } = row;
    const same = rows.filter(
      (each) =>
        each.name === name &&
        each.parameters === parameters &&
        each.windowMs === windowMs &&
        // What adds up since the beginning is never final.
        (!held || (windowMs > 0 && each.start + windowMs <= closedTo)) &&
        each.stateVersion === stateVersion,
    );
    const { told, suppressed } = toldStates(
      same,
      telling.least,
      (start) => start + windowMs <= closedTo,
    );
    const stored = told.map((each) => ({ ...each, state: Buffer.from(each.state, 'base64') }));
    const of = keptOf(statistic, JSON.parse(parameters) as Record<string, unknown>, stored);
    kept.set(part, { ...of, suppressed });
  }
  return { kept, isTruncated: rows.length === rowsMax };
}

function windowOf(sums: QualitySums & { readonly start: number }): QualityWindow {
  const { positivesByBin, negativesByBin, predictedByBin, ...others } = sums;
  return {
    ...others,
    positivesByBin: Uint32Array.from(positivesByBin),
    negativesByBin: Uint32Array.from(negativesByBin),
    predictedByBin: Float64Array.from(predictedByBin),
  };
}
