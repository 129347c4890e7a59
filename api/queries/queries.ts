/** Everything that the serving plane reads from ClickHouse, behind the interfaces that the routes ask for. */

import { groupMinDefault } from '../../contracts/groupMin.ts';
import { readBehind } from '../../control/behind/readBehind.ts';
import { readDrift, readDriftDetail } from '../../control/drift/readDrift.ts';
import { type KeptDays, keepDays } from '../../control/keptDays.ts';
import { readPerformance } from '../../control/monitoring/readPerformance.ts';
import { readUnplacedCourses } from '../../control/places/unplacedCourses.ts';
import type { Reading } from '../../control/privacy/reading.ts';
import { heeding, type Reader } from '../../control/statement.ts';
import { readStatisticReadings, readStatistics } from '../../control/storedStatistics.ts';
import type { HealthReader } from '../healthMonitor.ts';
import type { BehindReader } from '../routes/behind.ts';
import type { DriftReader } from '../routes/drift.ts';
import type { MetricReader, PlacedMetricReader } from '../routes/metrics.ts';
import type { ModelReader } from '../routes/models.ts';
import type { PipelineReader } from '../routes/pipelines.ts';
import type { CourseReader } from '../routes/places.ts';
import type { RefusalReader } from '../routes/refusals.ts';
import type { StatisticReader } from '../routes/statistics.ts';
import { readCourseMetrics, readCourseSeries } from './courseMetrics.ts';
import {
  countLetters,
  findLetters,
  type LetterReader,
  newestReception,
  readLetters,
} from './deadLetters.ts';
import { readEpochs } from './epochs.ts';
import { type ExperimentReader, experimentsAsTheyAre, experimentsInSteps } from './experiments.ts';
import { readMetricSeries, readMetrics } from './metrics.ts';
import { readModel, readModels } from './models.ts';
import { type PolicyReader, readLog, readReport } from './policies.ts';
import { readAhead } from './readAhead.ts';
import { readRefusalFacts } from './refusalFacts.ts';
import { readRefusals } from './refusals.ts';
import { sharedReader } from './sharedReader.ts';
import { createSlots } from './slots.ts';
import { readTotals } from './totals.ts';
import { readWatchedModels } from './watchedModels.ts';

export interface Queries
  extends BehindReader,
    DriftReader,
    ExperimentReader,
    MetricReader,
    PlacedMetricReader,
    CourseReader,
    ModelReader,
    PipelineReader,
    PolicyReader,
    RefusalReader,
    StatisticReader,
    LetterReader {
  readonly health: HealthReader;
}

/** The embedded ClickHouse reads with four threads: three are for whoever asks, … */
const runningMax = 3;
const waitingMax = 64;
/** … and one for health, which waits for nobody else. */
const healthRunningMax = 1;
const healthWaitingMax = 16;

/** The same questions for who may see figures of groups alone, and for who may see single people. */
export interface QueriesByRight {
  readonly ofGroups: Queries;
  readonly ofPeople: Queries;
  /** Reads what many will ask for, until the signal says so. */
  readAhead(signal: AbortSignal): Promise<void>;
}

/**
 * @param clock the engine's, ms
 * @param least smallest group of people of which figures are told; 0: nothing is withheld, for tests
 */
export function openQueries(
  reader: Reader,
  clock: () => number = Date.now,
  least: number = groupMinDefault,
): QueriesByRight {
  const shared = sharedReader(reader, createSlots(runningMax, waitingMax));
  const own = sharedReader(reader, createSlots(healthRunningMax, healthWaitingMax));
  const parts = { shared, own, kept: keepDays(clock), clock, least };
  return {
    ofGroups: queriesOn({ ...parts, isFinal: true }),
    ofPeople: queriesOn({ ...parts, isFinal: false }),
    readAhead: (signal) =>
      readAhead(
        () => ({
          ...{ reader: heeding(shared, signal), kept: parts.kept },
          telling: { least, isFinal: false, now: clock() },
        }),
        signal,
      ),
  };
}

/** Those of groups alone. */
export function createQueries(reader: Reader, clock?: () => number, least?: number): Queries {
  return openQueries(reader, clock, least).ofGroups;
}

interface QueryParts {
  readonly shared: ReturnType<typeof sharedReader>;
  readonly own: ReturnType<typeof sharedReader>;
  readonly kept: KeptDays;
  readonly clock: () => number;
  readonly least: number;
  readonly isFinal: boolean;
}

function queriesOn({ shared, own, kept, clock, least, isFinal }: QueryParts): Queries {
  const telling = () => ({ least, isFinal, now: clock() });
  const reading = (signal?: AbortSignal): Reading => ({
    ...{ reader: heeding(shared, signal), kept, telling: telling() },
  });
  return {
    behind: (question, page, known, signal) =>
      readBehind(heeding(shared, signal), question, page, known, clock()),
    metrics: () => readMetrics(reading()),
    metricSeries: (metric, query, signal) => readMetricSeries(reading(signal), metric, query),
    courseMetrics: (courses) => readCourseMetrics(reading(), courses),
    // Of days that are over alone, whoever asks.
    courseSeries: (courses, metric, query, signal) =>
      readCourseSeries(
        { ...reading(signal), telling: { ...telling(), isFinal: true } },
        ...([courses, metric, query] as const),
      ),
    unplaced: (isPlaced, signal) => readUnplacedCourses(heeding(shared, signal), isPlaced, clock()),
    models: () => readModels(reading()),
    watchedModels: () => readWatchedModels(shared, telling()),
    model: (name, query, signal) => readModel(reading(signal), name, query),
    performance: (pipeline, model, query, signal) =>
      readPerformance(reading(signal), pipeline, model, query, signal),
    drift: (query, signal) => readDrift(reading(signal), query),
    driftDetail: (column, query, signal) => readDriftDetail(reading(signal), column, query),
    epochs: (pipeline, query, signal) =>
      readEpochs(heeding(shared, signal), pipeline, query, clock()),
    totals: () => readTotals(shared),
    refusals: () => readRefusals(shared),
    statistics: () => readStatistics(shared),
    statisticReadings: (pipeline, name, query, signal) =>
      readStatisticReadings(heeding(shared, signal), pipeline, name, query, {
        signal,
        telling: telling(),
      }),
    newestReception: (signal) => newestReception(heeding(shared, signal)),
    ...(isFinal && least > 0
      ? experimentsInSteps(shared, telling)
      : experimentsAsTheyAre(shared, least)),
    policyReport: (policy, range, signal) =>
      readReport(heeding(shared, signal), policy, range, telling()),
    policyLog: (policy, range, signal) => readLog(heeding(shared, signal), policy, range, clock()),
    countLetters: (selection, signal) => countLetters(heeding(shared, signal), selection),
    findLetters: (selection, page, signal) => findLetters(heeding(shared, signal), selection, page),
    readLetters: (found, signal) => readLetters(heeding(shared, signal), found),
    health: {
      refusalFacts: (now, signal) => readRefusalFacts(heeding(own, signal), now),
      models: (signal) => readModels({ ...reading(), reader: heeding(own, signal) }),
    },
  };
}
