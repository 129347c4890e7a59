/** `GET /v1/metrics` and `/v1/metrics/:metric`: windowed metrics over event time. */

import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { MetricSeries, MetricsAnswer, Problem } from '../../contracts/api.ts';
import type { ReaderOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import { RequestError } from '../problems.ts';
import { isByCourse } from '../queries/courseMetrics.ts';
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

/** The same as far as own courses go; told of days that are over. */
export interface PlacedMetricReader {
  courseMetrics(courses: ReadonlySet<string>): Promise<MetricsAnswer>;
  /** @param query its segment is an own course, or absent: all of them together */
  courseSeries(
    courses: ReadonlySet<string>,
    metric: string,
    query: MetricQuery,
    signal?: AbortSignal,
  ): Promise<MetricSeries | undefined>;
}

const SeriesQuery = rangeQuery({
  segment: z.string().max(256).optional().describe('absent: all segments together'),
  pipeline: Name.optional().describe('absent: the pipeline whose data is newest'),
});

export function metricRoutes(readerOf: ReaderOf<MetricReader>, placed: PlacedMetricReader) {
  /** @throws RequestError NOT_BY_PLACE, NOT_FOUND */
  async function courseSeries(
    courses: ReadonlySet<string>,
    metric: string,
    query: MetricQuery,
    signal: AbortSignal,
  ): Promise<MetricSeries | undefined> {
    if (!isByCourse(metric, query.pipeline)) throw notByPlace();
    const { segment } = query;
    if (segment !== undefined && !courses.has(segment)) {
      throw new RequestError('NOT_FOUND', `There is no course ${segment}.`);
    }
    return placed.courseSeries(courses, metric, query, signal);
  }

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
      async (request) => {
        const { within } = request;
        return within === 'everywhere'
          ? readerOf(request).metrics()
          : placed.courseMetrics(within.courses);
      },
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
          response: { 200: MetricSeries, 400: Problem, 403: Problem, 404: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const { params, query, within } = request;
        const signal = departureOf(reply);
        const series = await (within === 'everywhere'
          ? readerOf(request).metricSeries(params.metric, query, signal)
          : courseSeries(within.courses, params.metric, query, signal));
        if (series !== undefined) return series;
        throw new RequestError('NOT_FOUND', `There is no metric ${params.metric}.`);
      },
    );
  };
}

function notByPlace(): RequestError {
  return new RequestError(
    'NOT_BY_PLACE',
    'This metric is not kept by course, so no part of it can be told. Ask for one that is: `GET /v1/metrics` lists them.',
  );
}
