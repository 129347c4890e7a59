/** The models that pipelines and API know as streaming statistics, beside those of `stats/registry.ts`: a line makes another available. */
import type { Statistic } from '../contracts/statistic.ts';
import { flatSeries } from './anomaly/streaming/flatSeries.ts';
import { isolatedPoints } from './anomaly/streaming/isolatedPoints.ts';
import { seasonalSeries } from './anomaly/streaming/seasonalSeries.ts';
import { seriesAnomalies } from './anomaly/streaming/seriesAnomalies.ts';
import { silentSeries } from './anomaly/streaming/silentSeries.ts';
import { smoothedSeries } from './anomaly/streaming/smoothedSeries.ts';
import { sparsePoints } from './anomaly/streaming/sparsePoints.ts';

export const modelStatistics: ReadonlyMap<string, Statistic> = new Map(
  [
    seriesAnomalies,
    sparsePoints,
    isolatedPoints,
    seasonalSeries,
    smoothedSeries,
    silentSeries,
    flatSeries,
  ].map((statistic) => [statistic.name, statistic]),
);
