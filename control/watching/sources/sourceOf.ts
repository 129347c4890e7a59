/** The source of a watch. */
import type { Watch } from '../../../contracts/watch.ts';
import type { Reader } from '../../statement.ts';
import { createFindingSource } from './findingSource.ts';
import { createMetricSource, type MetricSourceOptions } from './metricSource.ts';
import type { Source } from './source.ts';
import {
  createStatisticSource,
  type LastJudged,
  type StatisticSourceOptions,
} from './statisticSource.ts';

/** @throws SourceProblem when it cannot be read as it is defined */
export function sourceOf(
  reader: Reader,
  { source, judgement }: Watch,
  lastJudged: LastJudged,
  options: MetricSourceOptions & StatisticSourceOptions = {},
): Source {
  switch (source.kind) {
    case 'metric':
      return createMetricSource(reader, source, options);
    case 'statistic':
      return createStatisticSource(reader, source, lastJudged, options);
    case 'finding':
      return createFindingSource(reader, source, judgement, options);
  }
}
