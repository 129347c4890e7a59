/** Reads what experiments have counted and found. */
import type { CoursePoint } from '../../contracts/experimentApi.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import { bounded, type Reader } from './statement.ts';

export interface CourseQuery {
  readonly experiment: string;
  readonly metric: string;
  /** Key of the variant that is compared with the control. */
  readonly variant: string;
}

export interface ExperimentReader {
  /** Units exposed so far, by experiment. */
  exposedUnits(): Promise<ReadonlyMap<string, number>>;
  /** The newest result of each experiment that has one. */
  latestResults(): Promise<ReadonlyMap<string, ExperimentResult>>;
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
