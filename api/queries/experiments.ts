/** Reads what experiments have counted and found. */
import type { CoursePoint } from '../../contracts/experimentApi.ts';
import type { ExperimentResult, Verdict } from '../../contracts/experimentResult.ts';
import {
  readCourse,
  readDailyResults,
  readEvaluated,
  readResults,
} from '../../control/experiments/resultHistory.ts';
import type { Telling } from '../../control/privacy/telling.ts';
import { toldResults, withGroupMin } from '../../control/privacy/toldResults.ts';
import { bounded, heeding, type Reader } from '../../control/statement.ts';

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

/** What who may see single people reads: results as they are. */
export function experimentsAsTheyAre(reader: Reader, least: number): ExperimentReader {
  return {
    exposedUnits: () => readExposedUnits(reader),
    latestVerdicts: () => readLatestVerdicts(reader),
    async latestResult(experiment, signal) {
      const found = await readLatestResult(heeding(reader, signal), experiment);
      return found && withGroupMin(found, least);
    },
    resultCourse: (query, signal) => readResultCourse(heeding(reader, signal), query),
  };
}

const dayMs = 86_400_000;
/** What was evaluated in a day is written within this time. */
const writtenWithinMs = 3_600_000;

/**
 * What all others read: results of days that are over, in steps of enough units in every arm. They follow from the history alone, of
 * which nothing is ever removed: another start tells the same.
 */
export function experimentsInSteps(reader: Reader, telling: () => Telling): ExperimentReader {
  let known = { before: -1, told: new Map<string, Promise<ExperimentResult[]>>() };

  function told(experiment: string): Promise<ExperimentResult[]> {
    const { least, now } = telling();
    const before = Math.floor((now - writtenWithinMs) / dayMs) * dayMs;
    if (known.before !== before) known = { before, told: new Map() };
    const { told } = known;
    const found = told.get(experiment);
    if (found !== undefined) return found;
    // Not heeding who asks first: the next who asks will have it.
    const asked = readDailyResults(withBounds(reader), experiment, before).then((daily) =>
      toldResults(daily, least),
    );
    told.set(experiment, asked);
    asked.catch(() => told.delete(experiment));
    return asked;
  }

  async function newest(): Promise<Map<string, ExperimentResult>> {
    const results = new Map<string, ExperimentResult>();
    for (const experiment of await readEvaluated(withBounds(reader))) {
      const last = (await told(experiment)).at(-1);
      if (last !== undefined) results.set(experiment, last);
    }
    return results;
  }

  return {
    async exposedUnits() {
      return new Map([...(await newest())].map(([key, { exposed }]) => [key, exposed]));
    },
    async latestVerdicts() {
      return new Map([...(await newest())].map(([key, result]) => [key, summarized(result)]));
    },
    latestResult: async (experiment) => (await told(experiment)).at(-1),
    async resultCourse({ experiment, metric, variant }) {
      return (await told(experiment)).flatMap(({ at, metrics }) => {
        const found = metrics.find((each) => each.metric === metric);
        const comparison = found?.comparisons.find((each) => each.variant === variant);
        if (found === undefined || comparison === undefined) return [];
        const units = found.arms.reduce((sum, arm) => sum + arm.units, 0);
        const { effect, lnE } = comparison;
        return units === 0 ? [] : [{ at, units, ...effect, lnE: lnE.either }];
      });
    },
  };
}

export function summarized({ verdict, sampleRatio }: ExperimentResult): ResultSummary {
  return { verdict, sampleRatioAlarm: sampleRatio.alarm };
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
