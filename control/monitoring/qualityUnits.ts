/**
 * Prequential quality of versions of models by units of time: the newest version of each partition's window, summed, as far as it is told
 * of. Days that are over are read once.
 */

import type { Days } from '../keptDays.ts';
import { type QualitySums, summedQuality } from '../modelQuality.ts';
import { readTimesOver, type TimesOver } from '../privacy/closedTo.ts';
import type { Reading } from '../privacy/reading.ts';
import {
  type DayCells,
  dayCells,
  isToldCell,
  type Placement,
  toldStep,
} from '../privacy/toldTimes.ts';
import { bounded, type Reader } from '../statement.ts';
import { readToldUnits, type UnitSource, type UnitsOfDay } from '../toldUnits.ts';
import type { UnitOfRange } from '../units.ts';

const dayMs = 86_400_000;

/** What versions are asked for: what is '' selects all. */
export interface VersionFilter {
  readonly model: string;
  readonly version: string;
  readonly pipeline: string;
}

/** One version, and when it predicted, told or not. Windows of one version have one length. */
export interface StoredVersion {
  readonly pipeline: string;
  readonly model: string;
  readonly version: string;
  readonly windowMs: number;
  /** Start of its first and of its newest window, ms since 1970. */
  readonly first: number;
  readonly last: number;
}

const versions = bounded(`
  SELECT pipeline, model, model_version AS version, min(window_ms) AS windowMs,
    toUnixTimestamp64Milli(min(window_start)) AS first,
    toUnixTimestamp64Milli(max(window_start)) AS last
  FROM model_quality
  WHERE count > 0 AND ({model:String} = '' OR model = {model:String})
    AND ({version:String} = '' OR model_version = {version:String})
    AND ({pipeline:String} = '' OR pipeline = {pipeline:String})
  GROUP BY pipeline, model, version
  ORDER BY last DESC, pipeline, model, version
  LIMIT 200`);

/** The newest first. */
export function readStoredVersions(
  reader: Reader,
  filter: VersionFilter,
): Promise<StoredVersion[]> {
  return reader.query<StoredVersion>(versions, { ...filter });
}

export type QualityDay = UnitsOfDay<QualitySums>;

const start = 'toUnixTimestamp64Milli(window_start)';
const source = `
  SELECT * FROM model_quality FINAL
  WHERE pipeline = {pipeline:String} AND model = {model:String} AND model_version = {version:String}
    AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND count > 0`;

const cells = bounded(dayCells(`(${source}) AS q`));

const sums = (placed: Placement) =>
  bounded(`
  SELECT ${toldStep(start, placed)} AS time, ${summedQuality}
  FROM (${source} AND ${isToldCell(start, placed)}) AS q
  GROUP BY time
  ORDER BY time
  LIMIT 5000`);

/** Pipelines by name with the times up to which their quality is told. */
export type TimesByPipeline = ReadonlyMap<string, TimesOver>;

export async function readTimesOfVersions(
  { reader, telling }: Reading,
  stored: readonly StoredVersion[],
): Promise<TimesByPipeline> {
  const pipelines = [...new Set(stored.map(({ pipeline }) => pipeline))];
  return new Map(
    await Promise.all(
      pipelines.map(
        async (pipeline) =>
          [pipeline, await readTimesOver(reader, 'model_quality', pipeline, telling)] as const,
      ),
    ),
  );
}

/**
 * Days of a version with windows, ascending.
 *
 * @param days half-open, whole days; absent: all of the version
 */
export function readQualityDays(
  { reader, kept, telling: { least } }: Reading,
  of: StoredVersion,
  times: TimesByPipeline,
  unit: UnitOfRange,
  days: Days = daysOf(of),
): Promise<QualityDay[]> {
  const { pipeline, model, version, windowMs } = of;
  const named = { pipeline, model, version };
  const source: UnitSource<QualitySums> = {
    ...{ kept, times: times.get(pipeline)!, windowMs, least },
    name: ['quality', pipeline, model, version],
    cells: (range) => reader.query<DayCells>(cells, { ...named, ...range, least }),
    async sums(placed, range, step) {
      const asked = { ...named, ...range, step };
      const rows = await reader.query<QualitySums & { time: number }>(sums(placed), asked);
      return rows.map(({ time, ...each }) => ({ time, sums: each }));
    },
    sizeOf: ({ predictedByBin }) => 10 + 3 * predictedByBin.length,
  };
  return readToldUnits(source, unit, days);
}

function daysOf({ first, last }: StoredVersion): Days {
  return { from: Math.floor(first / dayMs) * dayMs, to: (Math.floor(last / dayMs) + 1) * dayMs };
}
