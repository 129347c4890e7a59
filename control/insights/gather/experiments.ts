/**
 * What the rules look at of an experiment: its definition, its newest result, how its evidence went, and how its units came.
 *
 * Only experiments that are live, or came to an end lately: at most so many, the latest changed first.
 */
import { isLive } from '../../../contracts/definitionState.ts';
import type { Experiment, MetricUse } from '../../../contracts/experiment.ts';
import type { CoursePoint } from '../../../contracts/experimentApi.ts';
import type { ExperimentMetric } from '../../../contracts/experimentMetric.ts';
import type { ExperimentResult } from '../../../contracts/experimentResult.ts';
import { outcomeScale } from '../../../models/measure/outcomeScale.ts';
import type { KnownExperiment } from '../../experiments/known.ts';
import { readResults } from '../../experiments/resultHistory.ts';
import { bounded } from '../../statement.ts';
import type { FactMoment, FactSources } from '../factSources.ts';

const dayMs = 86_400_000;
const experimentsMax = 50;
/** How long what came to an end is looked at. */
const afterEndMs = 14 * dayMs;
/** About so many points has a course. */
const pointsMax = 60;
const courseMs = 28 * dayMs;
const exposuresMs = 60 * dayMs;

export interface EffectCourse {
  readonly metric: string;
  readonly variant: string;
  /** The oldest first; by the clock. */
  readonly points: readonly CoursePoint[];
}

/** Scored units that were exposed in one period of one stage: their outcomes in the first primary metric. */
export interface PeriodFacts {
  readonly variant: string;
  readonly stage: number;
  /** 0, 1, 2 …: see `periodOf`. */
  readonly period: number;
  readonly units: number;
  readonly mean: number;
  /** Between units, n − 1; NaN of a single one. */
  readonly variance: number;
}

export interface ExperimentFacts {
  readonly key: string;
  /** The newest revision. */
  readonly revision: number;
  readonly experiment: Experiment;
  readonly metrics: readonly ExperimentMetric[];
  /** When it was stopped, by the clock, and whether the engine did it; null while it was not. */
  readonly ended: { readonly at: number; readonly byEngine: boolean } | null;
  readonly result: ExperimentResult | null;
  /** Of primary metrics and guardrails. */
  readonly courses: readonly EffectCourse[];
  /** Units that were exposed for the first time, by whole day, the oldest first. */
  readonly exposures: readonly { readonly at: number; readonly units: number }[];
  /** Start of the newest hour in which a unit was exposed for the first time; null without any. */
  readonly lastExposureAt: number | null;
  /** Of users as units; empty for classes and for metrics without a mean. */
  readonly periods: readonly PeriodFacts[];
}

/** The newest point of each step: steps are as long as the age of the experiment asks for. */
const courses = bounded(`
  SELECT experiment, metric, variant, point.1 AS at, point.2 AS units, point.3 AS estimate, point.4 AS low, point.5 AS high,
    point.6 AS lnE
  FROM (
    SELECT experiment, metric, variant,
      intDiv(toUnixTimestamp64Milli(minute), transform(experiment, {keys:Array(String)}, {steps:Array(UInt64)}, 86400000)) AS step,
      argMax(tuple(toUnixTimestamp64Milli(c.at), c.units, c.estimate, c.low, c.high, c.ln_e), c.at) AS point
    FROM experiment_course AS c
    WHERE experiment IN {keys:Array(String)} AND metric IN {metrics:Array(String)}
      AND minute >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
    GROUP BY experiment, metric, variant, step
  )
  ORDER BY experiment, metric, variant, at`);

const exposures = bounded(`
  SELECT experiment, intDiv(toUnixTimestamp64Milli(hour), ${dayMs}) * ${dayMs} AS at, toUInt64(sum(x.units)) AS units,
    toUnixTimestamp64Milli(maxIf(hour, x.units > 0)) AS lastAt
  FROM experiment_exposures AS x FINAL
  WHERE experiment IN {keys:Array(String)} AND hour >= fromUnixTimestamp64Milli({from:Int64}, 'UTC')
  GROUP BY experiment, at
  ORDER BY experiment, at`);

/** Int128 adds exactly; what is left of the squares is a difference of exact sums as well. */
const periods = bounded(`
  SELECT experiment, metric, variant, stage, period, toUInt64(sum(o.units)) AS count, toFloat64(sum(n)) AS total,
    if(count = 0, 0., toFloat64(sum(nn) * count - sum(n) * sum(n)) / count) AS squares
  FROM experiment_outcomes AS o FINAL
  WHERE experiment IN {keys:Array(String)} AND metric IN {metrics:Array(String)} AND segment = ''
  GROUP BY experiment, metric, variant, stage, period
  HAVING count > 0
  ORDER BY experiment, metric, stage, period, variant`);

type CourseRow = CoursePoint & {
  readonly experiment: string;
  readonly metric: string;
  readonly variant: string;
};
interface ExposureRow {
  readonly experiment: string;
  readonly at: number;
  readonly units: number;
  readonly lastAt: number;
}
interface PeriodRow {
  readonly experiment: string;
  readonly metric: string;
  /** Place of the variant. */
  readonly variant: number;
  readonly stage: number;
  readonly period: number;
  readonly count: number;
  /** Σ n, and Σ (n − n̄)², in steps of the metric's scale. */
  readonly total: number;
  readonly squares: number;
}

/** @throws EngineError SINK_UNAVAILABLE */
export async function gatherExperiments(
  { reader, experiments }: Pick<FactSources, 'reader' | 'experiments'>,
  { now, eventTime }: FactMoment,
): Promise<ExperimentFacts[]> {
  const looked = experiments
    .experiments()
    .filter((known) => isLookedAt(known, now))
    .sort((a, b) => b.at - a.at)
    .slice(0, experimentsMax);
  if (looked.length === 0) return [];
  const keys = looked.map(({ record }) => record.experiment.key);
  const metricsOf = (wanted: (use: MetricUse) => boolean) => [
    ...new Set(
      looked.flatMap(({ record: { experiment } }) =>
        experiment.metrics.filter(wanted).map(({ metric }) => metric),
      ),
    ),
  ];
  const told = metricsOf(({ role }) => role !== 'secondary');
  const primaries = metricsOf(({ role }) => role === 'primary');
  const [results, courseRows, exposureRows, periodRows] = await Promise.all([
    readResults(reader, { keys }),
    reader.query<CourseRow>(courses, {
      ...{ keys, metrics: told, from: now - courseMs },
      steps: looked.map((known) => stepOf(known, now)),
    }),
    reader.query<ExposureRow>(exposures, { keys, from: Math.max(0, eventTime - exposuresMs) }),
    reader.query<PeriodRow>(periods, { keys, metrics: primaries }),
  ]);
  return looked.map((known): ExperimentFacts => {
    const { experiment } = known.record;
    const { key } = experiment;
    const exposed = exposureRows.filter((row) => row.experiment === key);
    return {
      ...{ key, experiment, metrics: experiments.metricsOf(key), revision: known.head.revision },
      ended: endOf(known),
      result: results.get(key) ?? null,
      courses: coursesOf(experiment, courseRows),
      exposures: exposed.map(({ at, units }) => ({ at, units })),
      lastExposureAt: exposed.reduce<number | null>(
        (last, { lastAt, units }) => (units > 0 ? Math.max(last ?? 0, lastAt) : last),
        null,
      ),
      periods: periodsOf(
        experiment,
        experiments.metricsOf(key),
        periodRows.filter((row) => row.experiment === key),
      ),
    };
  });
}

/** Of a course: a minute at least, in which there is one result. */
function stepOf({ changes }: KnownExperiment, now: number): number {
  const from = Math.max(changes[0]?.at ?? 0, now - courseMs);
  return Math.max(60_000, Math.ceil((now - from) / pointsMax));
}

function isLookedAt({ record: { experiment }, endedAt }: KnownExperiment, now: number): boolean {
  if (isLive(experiment)) return true;
  return experiment.state === 'stopped' && endedAt !== null && endedAt >= now - afterEndMs;
}

function endOf({ record, endedAt, changes }: KnownExperiment): ExperimentFacts['ended'] {
  if (endedAt === null || isLive(record.experiment)) return null;
  const by = changes.findLast(({ at }) => at === endedAt)?.actor;
  return { at: endedAt, byEngine: by === 'engine' };
}

/** A metric may be secondary here and primary elsewhere. */
function coursesOf({ key, metrics }: Experiment, rows: readonly CourseRow[]): EffectCourse[] {
  const found = new Map<string, { metric: string; variant: string; points: CoursePoint[] }>();
  const told = new Set(
    metrics.filter(({ role }) => role !== 'secondary').map(({ metric }) => metric),
  );
  for (const { experiment, metric, variant, ...point } of rows) {
    if (experiment !== key || !told.has(metric)) continue;
    const name = `${metric}\0${variant}`;
    const known = found.get(name);
    if (known === undefined) found.set(name, { metric, variant, points: [point] });
    else known.points.push(point);
  }
  return [...found.values()];
}

/** The first primary metric alone; not of classes, whose members are no units, and not of ranks. */
function periodsOf(
  experiment: Experiment,
  metrics: readonly ExperimentMetric[],
  rows: readonly PeriodRow[],
): PeriodFacts[] {
  const primary = experiment.metrics.find(({ role }) => role === 'primary')?.metric;
  const metric = metrics.find(({ key }) => key === primary);
  if (experiment.unit !== 'user' || metric === undefined) return [];
  const { kind, numeratorPerUnit: perUnit } = outcomeScale(metric);
  if (kind === 'rank') return [];
  const own = rows.filter((row) => row.metric === metric.key);
  return own.flatMap(({ variant, stage, period, count, total, squares }) => {
    const key = experiment.variants[variant]?.key;
    if (key === undefined) return [];
    const mean = total / count / perUnit;
    const variance = Math.max(0, squares) / (count - 1) / perUnit ** 2;
    return [{ variant: key, stage, period, units: count, mean, variance }];
  });
}
