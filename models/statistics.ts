/** The models that pipelines and API know as streaming statistics, beside those of `stats/registry.ts`: a line makes another available. */
import type { Statistic } from '../contracts/statistic.ts';
import { isolatedPoints } from './anomaly/streaming/isolatedPoints.ts';
import { seriesAnomalies } from './anomaly/streaming/seriesAnomalies.ts';
import { sparsePoints } from './anomaly/streaming/sparsePoints.ts';

export const modelStatistics: ReadonlyMap<string, Statistic> = new Map(
  [seriesAnomalies, sparsePoints, isolatedPoints].map((statistic) => [statistic.name, statistic]),
);
