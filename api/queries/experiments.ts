/** Reads what experiments have counted and found. */
import type { CoursePoint } from '../../contracts/experimentApi.ts';
import type { ExperimentResult, Verdict } from '../../contracts/experimentResult.ts';
import { readCourse, readResults } from '../../control/experiments/resultHistory.ts';
import { bounded, type Reader } from '../../control/statement.ts';

export interface CourseQuery {
  readonly experiment: string;
  readonly metric: string;
  /** Key of the variant that is compared with the control. */
  readonly variant: string;
}

/** What a list shows of a result. */
export interface ResultSummary {
  readonly verdict: Verdict;
  readonly sampleRatioAlarm: boolean;
}

export interface ExperimentReader {
  /** Units exposed so far, by experiment. */
  exposedUnits(): Promise<ReadonlyMap<string, number>>;
  /** Of the newest result of each experiment that has one. */
  latestVerdicts(): Promise<ReadonlyMap<string, ResultSummary>>;
  latestResult(experiment: string, signal?: AbortSignal): Promise<ExperimentResult | undefined>;
  /** Results over time, the oldest first, at most 500. */
  resultCourse(query: CourseQuery, signal?: AbortSignal): Promise<CoursePoint[]>;
}

/** Pipelines that count the same experiment count the same units. */
const exposed = bounded(`
  SELECT experiment, max(units) AS units
  FROM (SELECT pipeline, experiment, sum(units) AS units FROM experiment_exposures FINAL GROUP BY pipeline, experiment)
  GROUP BY experiment
  LIMIT 20000`);

export async function readExposedUnits(reader: Reader): Promise<ReadonlyMap<string, number>> {
  const rows = await reader.query<{ experiment: string; units: number }>(exposed);
  return new Map(rows.map(({ experiment, units }) => [experiment, units]));
}

const verdicts = bounded(`
  SELECT experiment, argMax(JSONExtractRaw(result, 'verdict'), at) AS verdict,
    argMax(JSONExtractBool(result, 'sampleRatio', 'alarm'), at) AS alarm
  FROM experiment_results
  WHERE (experiment, minute) IN (SELECT experiment, max(minute) FROM experiment_results GROUP BY experiment)
  GROUP BY experiment
  LIMIT 20000`);

export async function readLatestVerdicts(
  reader: Reader,
): Promise<ReadonlyMap<string, ResultSummary>> {
  const rows = await reader.query<{ experiment: string; verdict: string; alarm: number | boolean }>(
    verdicts,
  );
  return new Map(
    rows.map(({ experiment, verdict, alarm }) => [
      experiment,
      { verdict: JSON.parse(verdict) as Verdict, sampleRatioAlarm: Boolean(alarm) },
    ]),
  );
}

export async function readLatestResult(
  reader: Reader,
  experiment: string,
): Promise<ExperimentResult | undefined> {
  const results = await readResults(withBounds(reader), { keys: [experiment] });
  return results.get(experiment);
}

export function readResultCourse(
  reader: Reader,
  { experiment, metric, variant }: CourseQuery,
): Promise<CoursePoint[]> {
  return readCourse(withBounds(reader), experiment, metric, variant);
}

function withBounds(reader: Reader): Reader {
  return { query: (sql, parameters) => reader.query(bounded(sql), parameters) };
}
