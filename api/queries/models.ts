/**
 * Reads prequential quality: the newest version of each partition's window, summed; the figures follow from the sums. Told by blocks
 * of time with enough people (docs/privacy.md).
 */
import type { ModelDetail, ModelsAnswer, RangeQuery } from '../../contracts/api.ts';
import { calibrationOf, type QualitySums, qualityOf } from '../../control/modelQuality.ts';
import { readDaysOfVersions, selectedVersions } from '../../control/monitoring/toldVersions.ts';
import type { Telling } from '../../control/privacy/telling.ts';
import {
  isToldCell,
  type Placement,
  placedIn,
  type ToldDay,
  toldStep,
} from '../../control/privacy/toldTimes.ts';
import { bounded, type Reader } from '../../control/statement.ts';
import { daysAround, fillGaps, resolveRange } from './range.ts';

export interface ModelQuery extends RangeQuery {
  /** Absent: the version whose predictions are newest. */
  readonly version?: string | undefined;
  readonly pipeline?: string | undefined;
}

/** Column of each sum. */
const columns: Record<keyof QualitySums, string> = {
  count: 'count',
  positives: 'positives',
  hits: 'hits',
  logLoss: 'log_loss',
  brier: 'brier',
  positivesByBin: 'positives_by_bin',
  negativesByBin: 'negatives_by_bin',
  predictedByBin: 'predicted_by_bin',
};

/** The additive columns, summed, each under `name_` and its name in {@link QualitySums}; `when` keeps some windows. */
function sums(name: string, when = '1'): string {
  const parts = Object.entries(columns).map(([alias, column]) =>
    alias.endsWith('ByBin')
      ? `sumForEachIf(q.${column}, ${when}) AS ${name}_${alias}`
      : `toFloat64(sumIf(q.${column}, ${when})) AS ${name}_${alias}`,
  );
  return parts.join(', ');
}

type Summed<Name extends string> = {
  readonly [Key in keyof QualitySums as `${Name}_${Key}`]: QualitySums[Key];
};

function summed<Name extends string>(name: Name, row: Summed<Name>): QualitySums {
  const entries = Object.keys(columns).map((alias) => [
    alias,
    (row as Readonly<Record<string, unknown>>)[`${name}_${alias}`],
  ]);
  return Object.fromEntries(entries) as QualitySums;
}

type SummaryRow = Summed<'overall'> &
  Summed<'recent'> & {
    readonly pipeline: string;
    readonly model: string;
    readonly version: string;
    readonly firstAt: number;
    readonly endAt: number;
    readonly windowMs: number;
  };

const start = 'toUnixTimestamp64Milli(window_start)';
const dayOf = `intDiv(${start}, 86400000) * 86400000`;
interface CutDay {
  /** Of version and day, as {@link nameOfDay} has it. */
  readonly name: string;
  readonly toldTo: number;
}

/** Whether a window is told. Names stand in the statement in digits: there may be more of them than an address takes. */
function isTold(cut: readonly CutDay[]): string {
  if (cut.length === 0) return '1';
  const names = cut.map(({ name }) => `'${Buffer.from(name).toString('hex').toUpperCase()}'`);
  const ends = cut.map(({ toldTo }) => Math.floor(toldTo));
  const own = `hex(concat(pipeline, '\\n', model, '\\n', model_version, '\\n', toString(${dayOf})))`;
  return `${start} < transform(${own}, [${names.join(',')}], [${ends.join(',')}], ${start} + 1)`;
}

/**
 * One row for each version of a model. Recent are the newest windows that together hold at least a tenth of its
 * predictions.
 */
const summaries = (cut: readonly CutDay[]) =>
  bounded(`
  WITH
    windows AS (
      SELECT pipeline, model, model_version, window_start, sum(count) AS predictions
      FROM model_quality FINAL
      WHERE ${selectedVersions} AND count > 0 AND ${isTold(cut)}
      GROUP BY pipeline, model, model_version, window_start
    ),
    ranked AS (
      SELECT *, sum(predictions) OVER every AS total,
        sum(predictions) OVER (every ORDER BY window_start DESC
          ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - predictions AS newer
      FROM windows
      WINDOW every AS (PARTITION BY pipeline, model, model_version)
    ),
    starts AS (
      SELECT pipeline, model, model_version, min(window_start) AS since
      FROM ranked
      WHERE newer < total / 10
      GROUP BY pipeline, model, model_version
    )
  SELECT pipeline, model, model_version AS version,
    toUnixTimestamp64Milli(min(q.window_start)) AS firstAt,
    max(toUnixTimestamp64Milli(q.window_start) + q.window_ms) AS endAt,
    min(q.window_ms) AS windowMs,
    ${sums('overall')},
    ${sums('recent', 'q.window_start >= starts.since')}
  FROM (SELECT * FROM model_quality FINAL WHERE ${selectedVersions} AND count > 0 AND ${isTold(cut)}) AS q
  INNER JOIN starts USING (pipeline, model, model_version)
  GROUP BY pipeline, model, model_version
  ORDER BY endAt DESC, pipeline, model, version
  LIMIT 200`);

const points = (placed: Placement) =>
  bounded(`
  SELECT ${toldStep(start, placed)} AS time, ${sums('step')}
  FROM model_quality AS q FINAL
  WHERE pipeline = {pipeline:String} AND model = {model:String} AND model_version = {version:String}
    AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC') AND ${isToldCell(start, placed)}
  GROUP BY time
  ORDER BY time
  LIMIT 5000`);

interface Version {
  readonly summary: ModelsAnswer['models'][number];
  readonly windowMs: number;
  readonly days: readonly ToldDay[];
}

/** One of which nothing is told yet: that it predicts is no figure. */
function untoldVersion(version: string, days: readonly ToldDay[]): Version {
  const [pipeline, name, of] = version.split('\n') as [string, string, string];
  const starts = days.flatMap((each) => each.starts);
  const windowMs = days[0]!.windowMs;
  return {
    ...{ windowMs, days },
    summary: {
      ...{ name, version: of, pipeline },
      firstAt: Math.min(...starts),
      lastAt: Math.max(...starts) + windowMs - 1,
      overall: qualityOf(),
      recent: qualityOf(),
    },
  };
}

async function readVersions(
  reader: Reader,
  filter: { model: string; version: string; pipeline: string },
  telling: Telling,
): Promise<Version[]> {
  const days = await readDaysOfVersions(reader, filter, telling);
  if (days.size === 0) return [];
  const cut = [...days].flatMap(([name, each]) =>
    each
      .filter(({ day, toldTo }) => toldTo < day + 86_400_000)
      .map(({ day, toldTo }) => ({ name: `${name}${day}`, toldTo })),
  );
  const rows = await reader.query<SummaryRow>(summaries(cut), { ...filter });
  const told = rows.map((row) => ({
    windowMs: row.windowMs,
    days: days.get([row.pipeline, row.model, row.version, ''].join('\n')) ?? [],
    summary: {
      name: row.model,
      version: row.version,
      pipeline: row.pipeline,
      firstAt: row.firstAt,
      lastAt: row.endAt - 1,
      overall: qualityOf(summed('overall', row)),
      recent: qualityOf(summed('recent', row)),
    },
  }));
  const named = new Set(rows.map((row) => [row.pipeline, row.model, row.version, ''].join('\n')));
  const untold = [...days].filter(([name]) => !named.has(name));
  return [...told, ...untold.map(([name, each]) => untoldVersion(name, each))];
}

/** Each version of each model, the newest first; `lastAt` is the last instant of the newest window. */
export async function readModels(reader: Reader, telling: Telling): Promise<ModelsAnswer> {
  const versions = await readVersions(reader, { model: '', version: '', pipeline: '' }, telling);
  return { models: versions.map((version) => version.summary) };
}

/**
 * One version over time. The reliability curve is that of the range shown.
 *
 * @returns undefined when there is no such model or version
 */
export async function readModel(
  reader: Reader,
  name: string,
  query: ModelQuery,
  telling: Telling,
): Promise<ModelDetail | undefined> {
  const asked = { model: name, version: query.version ?? '', pipeline: query.pipeline ?? '' };
  const versions = await readVersions(reader, asked, telling);
  const version = versions[0];
  if (version === undefined) return undefined;
  const { summary: shown, windowMs, days } = version;
  const range = resolveRange(query, { from: shown.firstAt, to: shown.lastAt + 1 }, windowMs);
  const whole = daysAround(range);
  const placed = placedIn(
    days.filter(({ day }) => day >= whole.from && day < whole.to),
    range.stepMs,
  );
  const rows = await reader.query<Summed<'step'> & { time: number }>(points(placed), {
    model: shown.name,
    version: shown.version,
    pipeline: shown.pipeline,
    step: range.stepMs,
    ...whole,
  });
  const steps = rows
    .filter(({ time }) => time >= range.from && time < range.to)
    .map((row) => ({ time: row.time, sums: summed('step', row) }));
  const quality = steps.map((step) => ({
    time: step.time,
    ...qualityOf(step.sums),
    withheld: false,
  }));
  return {
    ...shown,
    stepMs: range.stepMs,
    points: fillGaps(range, quality, (time) => ({
      ...{ time, ...qualityOf(undefined), withheld: placed.withheld.has(time) },
    })),
    calibration: calibrationOf(steps.map((step) => step.sums)),
  };
}
