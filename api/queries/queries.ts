/** Everything that the serving plane reads from ClickHouse, behind the interfaces that the routes ask for. */
import type { HealthReader } from '../healthMonitor.ts';
import type { MetricReader } from '../routes/metrics.ts';
import type { ModelReader } from '../routes/models.ts';
import type { PipelineReader } from '../routes/pipelines.ts';
import type { RefusalReader } from '../routes/refusals.ts';
import { readEpochs } from './epochs.ts';
import { readMetricSeries, readMetrics } from './metrics.ts';
import { readModel, readModels } from './models.ts';
import { readRefusalFacts } from './refusalFacts.ts';
import { readRefusals } from './refusals.ts';
import type { Reader } from './statement.ts';
import { readTotals } from './totals.ts';

export interface Queries
  extends MetricReader,
    ModelReader,
    PipelineReader,
    RefusalReader,
    HealthReader {}

/** @param clock the engine's, ms */
export function createQueries(reader: Reader, clock: () => number = Date.now): Queries {
  return {
    metrics: () => readMetrics(reader),
    metricSeries: (metric, query) => readMetricSeries(reader, metric, query),
    models: () => readModels(reader),
    model: (name, query) => readModel(reader, name, query),
    epochs: (pipeline, query) => readEpochs(reader, pipeline, query, clock()),
    totals: () => readTotals(reader),
    refusals: () => readRefusals(reader),
    refusalFacts: (now) => readRefusalFacts(reader, now),
  };
}
