/** Reads prequential quality: the newest version of each partition's window, summed; the figures follow from the sums. */
import type { ModelDetail, ModelsAnswer, RangeQuery } from '../../contracts/api.ts';
import { calibrationOf, type QualitySums, qualityOf } from '../../control/modelQuality.ts';
import { bounded, type Reader } from '../../control/statement.ts';
import { fillGaps, resolveRange } from './range.ts';

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

const selected =
  "({model:String} = '' OR model = {model:String})" +
  " AND ({version:String} = '' OR model_version = {version:String})" +
  " AND ({pipeline:String} = '' OR pipeline = {pipeline:String})";

/**
 * One row for each version of a model. Recent are the newest windows that together hold at least a tenth of its
 * predictions.
 */
const summaries = bounded(`
  WITH
    windows AS (
      SELECT pipeline, model, model_version, window_start, sum(count) AS predictions
      FROM model_quality FINAL
      WHERE ${selected} AND count > 0
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
  FROM (SELECT * FROM model_quality FINAL WHERE ${selected} AND count > 0) AS q
  INNER JOIN starts USING (pipeline, model, model_version)
  GROUP BY pipeline, model, model_version
  ORDER BY endAt DESC, pipeline, model, version
  LIMIT 200`);

const points = bounded(`
  SELECT intDiv(toUnixTimestamp64Milli(window_start), {step:Int64}) * {step:Int64} AS time,
    ${sums('step')}
  FROM model_quality AS q FINAL
  WHERE pipeline = {pipeline:String} AND model = {model:String} AND model_version = {version:String}
    AND window_start >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    AND window_start < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
  GROUP BY time
  ORDER BY time
  LIMIT 5000`);

interface Version {
  readonly summary: ModelsAnswer['models'][number];
  readonly windowMs: number;
}

async function readVersions(
  reader: Reader,
  filter: { model: string; version: string; pipeline: string },
): Promise<Version[]> {
  const rows = await reader.query<SummaryRow>(summaries, filter);
  return rows.map((row) => ({
    windowMs: row.windowMs,
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
}

/** Each version of each model, the newest first; `lastAt` is the last instant of the newest window. */
export async function readModels(reader: Reader): Promise<ModelsAnswer> {
  const versions = await readVersions(reader, { model: '', version: '', pipeline: '' });
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
): Promise<ModelDetail | undefined> {
  const versions = await readVersions(reader, {
    model: name,
    version: query.version ?? '',
    pipeline: query.pipeline ?? '',
  });
  const version = versions[0];
  if (version === undefined) return undefined;
  const { summary: shown, windowMs } = version;
  const range = resolveRange(query, { from: shown.firstAt, to: shown.lastAt + 1 }, windowMs);
  const rows = await reader.query<Summed<'step'> & { time: number }>(points, {
    model: shown.name,
    version: shown.version,
    pipeline: shown.pipeline,
    step: range.stepMs,
    from: range.from,
    to: range.to,
  });
  const steps = rows.map((row) => ({ time: row.time, sums: summed('step', row) }));
  const quality = steps.map((step) => ({ time: step.time, ...qualityOf(step.sums) }));
  return {
    ...shown,
    stepMs: range.stepMs,
    points: fillGaps(range, quality, (time) => ({ time, ...qualityOf(undefined) })),
    calibration: calibrationOf(steps.map((step) => step.sums)),
  };
}
