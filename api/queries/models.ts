/**
 * Reads prequential quality: sums by units of time, of which the figures follow. Told by blocks of time with enough people
 * (docs/privacy.md).
 */
import type { ModelDetail, ModelsAnswer, RangeQuery } from '../../contracts/api.ts';
import {
  addQuality,
  calibrationOf,
  type QualitySums,
  qualityOf,
} from '../../control/modelQuality.ts';
import {
  type QualityDay,
  readQualityDays,
  readStoredVersions,
  readTimesOfVersions,
  type StoredVersion,
  type TimesByPipeline,
} from '../../control/monitoring/qualityUnits.ts';
import type { Reading } from '../../control/privacy/reading.ts';
import { unitOf, unitsByStep } from '../../control/units.ts';
import { daysAround, fillGaps, resolveRange } from './range.ts';

export interface ModelQuery extends RangeQuery {
  /** Absent: the version whose predictions are newest. */
  readonly version?: string | undefined;
  readonly pipeline?: string | undefined;
}

const hourMs = 3_600_000;
const dayMs = 86_400_000;
/** Of a version that is not older, the newest windows are told apart; of another one, its newest hours. */
const youngMs = 2 * dayMs;
/** Recent are the newest units that together hold at least this share of the predictions. */
const recentShare = 0.1;

type Summary = ModelsAnswer['models'][number];

interface Told {
  readonly summary: Summary;
  /** All days of the version, in these units. */
  readonly days: readonly QualityDay[];
  readonly unitMs: number;
}

/** @returns undefined when nothing is told of it yet */
async function readTold(
  from: Reading,
  stored: StoredVersion,
  times: TimesByPipeline,
): Promise<Told | undefined> {
  const { first, last, windowMs } = stored;
  const stepMs = last - first <= youngMs ? windowMs : hourMs;
  const unit = unitOf({ from: first, to: last, stepMs });
  const days = await readQualityDays(from, stored, times, unit);
  const told = days.flatMap((day) => day.told ?? []);
  if (told.length === 0) return undefined;
  const summary = {
    ...nameOf(stored),
    firstAt: told[0]!.first,
    lastAt: told.at(-1)!.last + windowMs - 1,
    ...qualities(days),
  };
  return { summary, days, unitMs: unit.unitMs };
}

function nameOf({ model, version, pipeline }: StoredVersion) {
  return { name: model, version, pipeline };
}

function qualities(days: readonly QualityDay[]): Pick<Summary, 'overall' | 'recent'> {
  const parts = days
    .flatMap(({ units }) => units.flatMap(({ time, sums }) => (sums ? [{ time, sums }] : [])))
    .sort((a, b) => b.time - a.time)
    .map(({ sums }) => sums);
  const overall = addQuality(parts);
  let newer = 0;
  const end = parts.findIndex(({ count }) => {
    newer += count;
    return newer >= overall.count * recentShare;
  });
  return { overall: qualityOf(overall), recent: qualityOf(addQuality(parts.slice(0, end + 1))) };
}

/** One of which nothing is told yet: that it predicts is no figure. */
function untold(stored: StoredVersion): Summary {
  const { first, last, windowMs } = stored;
  const none = { overall: qualityOf(), recent: qualityOf() };
  return { ...nameOf(stored), firstAt: first, lastAt: last + windowMs - 1, ...none };
}

/** Each version of each model, the newest first; `lastAt` is the last instant of the newest window. */
export async function readModels(from: Reading): Promise<ModelsAnswer> {
  const stored = await readStoredVersions(from.reader, everyVersion);
  const times = await readTimesOfVersions(from, stored);
  const told: Summary[] = [];
  const others: Summary[] = [];
  // One after the other: there may be two hundred.
  for (const version of stored) {
    const found = await readTold(from, version, times);
    if (found === undefined) others.push(untold(version));
    else told.push(found.summary);
  }
  told.sort((a, b) => b.lastAt - a.lastAt);
  return { models: [...told, ...others] };
}

const everyVersion = { model: '', version: '', pipeline: '' };

/**
 * One version over time. The reliability curve is that of the range shown.
 *
 * @returns undefined when there is no such model or version
 */
export async function readModel(
  from: Reading,
  name: string,
  query: ModelQuery,
): Promise<ModelDetail | undefined> {
  const { version = '', pipeline = '' } = query;
  const stored = await readStoredVersions(from.reader, { model: name, version, pipeline });
  const times = await readTimesOfVersions(from, stored);
  const [newest] = stored;
  if (newest === undefined) return undefined;
  let of = newest;
  let told: Told | undefined;
  for (const each of stored) {
    told = await readTold(from, each, times);
    if (told === undefined) continue;
    of = each;
    break;
  }
  const shown = told?.summary ?? untold(newest);
  const extent = { from: shown.firstAt, to: shown.lastAt + 1 };
  const range = resolveRange(query, extent, of.windowMs);
  const unit = unitOf(range);
  const days =
    told?.unitMs === unit.unitMs
      ? told.days
      : await readQualityDays(from, of, times, unit, daysAround(range));
  const steps = unitsByStep<QualitySums>(
    days.flatMap((day) => day.units),
    range,
  );
  const points = [...steps].map(([time, parts]) => ({
    ...{ time, ...qualityOf(parts.length === 0 ? undefined : addQuality(parts)) },
    withheld: parts.length === 0,
  }));
  return {
    ...shown,
    stepMs: range.stepMs,
    points: fillGaps(range, points, (time) => ({ time, ...qualityOf(), withheld: false })),
    calibration: calibrationOf([...steps.values()].flat()),
  };
}
