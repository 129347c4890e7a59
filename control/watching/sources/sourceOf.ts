/** The source of a watch. */
import type { Watch } from '../../../contracts/watch.ts';
import type { Reader } from '../../statement.ts';
import { createFindingSource, type FindingSourceOptions } from './findingSource.ts';
import { createMetricSource, type MetricSourceOptions } from './metricSource.ts';
import type { Source } from './source.ts';
import {
  createStatisticSource,
  type LastJudged,
  type StatisticSourceOptions,
} from './statisticSource.ts';

/** What was judged of a watch before. */
export interface JudgedBefore {
  readonly last: LastJudged;
  readonly since: FindingSourceOptions['judgedSince'];
}

/** It was never judged. */
export const neverJudged: JudgedBefore = { last: async () => [], since: async () => [] };

/** @throws SourceProblem when it cannot be read as it is defined */
export function sourceOf(
  reader: Reader,
  { source, judgement }: Watch,
  judged: JudgedBefore,
  options: MetricSourceOptions & StatisticSourceOptions = {},
): Source {
  switch (source.kind) {
    case 'metric':
      return createMetricSource(reader, source, options);
    case 'statistic':
      return createStatisticSource(reader, source, judged.last, options);
    case 'finding':
      return createFindingSource(reader, source, judgement, {
        ...options,
        judgedSince: judged.since,
      });
  }
}
