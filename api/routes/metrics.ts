/** `GET /v1/metrics` and `/v1/metrics/:metric`: windowed metrics over event time. */

import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MetricSeries, MetricsAnswer, Problem } from '../../contracts/api.ts';
import type { ReaderOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import { RequestError } from '../problems.ts';
import type { MetricQuery } from '../queries/metrics.ts';
import { Name, NoQuery, rangeQuery } from './parameters.ts';

export interface MetricReader {
  metrics(): Promise<MetricsAnswer>;
  /** @param signal nobody waits for the answer any more */
  metricSeries(
    metric: string,
    query: MetricQuery,
    signal?: AbortSignal,
  ): Promise<MetricSeries | undefined>;
}

const SeriesQuery = rangeQuery({
  segment: z.string().max(256).optional().describe('absent: all segments together'),
  pipeline: Name.optional().describe('absent: the pipeline whose data is newest'),
});

export function metricRoutes(readerOf: ReaderOf<MetricReader>) {
  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/metrics',
      {
        schema: {
          summary: 'Which metrics there are',
          tags: ['metrics'],
          querystring: NoQuery,
          response: { 200: MetricsAnswer, 400: Problem, 503: Problem },
        },
      },
      (request) => readerOf(request).metrics(),
    );
    typed.get(
      '/v1/metrics/:metric',
      {
        schema: {
          summary: 'One metric over time',
          description:
            'Without bounds: the last 24 hours of the data. The step is a multiple of the metric’s window.',
          tags: ['metrics'],
          params: z.object({ metric: Name }),
          querystring: SeriesQuery,
          response: { 200: MetricSeries, 400: Problem, 404: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const { params, query } = request;
        const series = await readerOf(request).metricSeries(
          params.metric,
          query,
          departureOf(reply),
        );
        if (series !== undefined) return series;
        throw new RequestError('NOT_FOUND', `There is no metric ${params.metric}.`);
      },
    );
  };
}
