/** `GET /v1/statistics` and `GET /v1/statistics/:pipeline/:name`: the statistics that pipelines accumulate. */

import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem, StatisticReadings, StatisticsAnswer } from '../../contracts/api.ts';
import type { StatisticQuery } from '../../control/storedStatistics.ts';
import type { ReaderOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import { RequestError } from '../problems.ts';
import { Name, NoQuery, timeQuery } from './parameters.ts';

export interface StatisticReader {
  statistics(): Promise<StatisticsAnswer>;
  /** @param signal nobody waits for the answer any more */
  statisticReadings(
    pipeline: string,
    name: string,
    query: StatisticQuery,
    signal?: AbortSignal,
  ): Promise<StatisticReadings | undefined>;
}

const Part = z.string().max(256);

const ReadingsQuery = timeQuery({
  key: z
    .union([Part, z.array(Part).max(16)])
    .transform((key) => (typeof key === 'string' ? [key] : key))
    .optional()
    .describe('value of the key; of several keys each in their order. Absent: all keys'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(100)
    .describe('most readings; of those that take long to read, 100'),
});

export function statisticRoutes(readerOf: ReaderOf<StatisticReader>) {
  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/statistics',
      {
        schema: {
          summary: 'Which statistics there are',
          description: 'One with other parameters or windows than before is there twice.',
          tags: ['statistics'],
          querystring: NoQuery,
          response: { 200: StatisticsAnswer, 400: Problem, 503: Problem },
        },
      },
      (request) => readerOf(request).statistics(),
    );
    typed.get(
      '/v1/statistics/:pipeline/:name',
      {
        schema: {
          summary: 'What a statistic reads, by key and window',
          description:
            'The states of all partitions, merged; of a statistic that never merges, each partition by itself. `from` and `to` ' +
            'bound the starts of windows. With other parameters or windows than before: the ones whose data is newest.',
          tags: ['statistics'],
          params: z.object({ pipeline: Name, name: Name }),
          querystring: ReadingsQuery,
          response: { 200: StatisticReadings, 400: Problem, 404: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const { params, query } = request;
        const { pipeline, name } = params;
        const readings = await readerOf(request).statisticReadings(
          pipeline,
          name,
          query,
          departureOf(reply),
        );
        if (readings !== undefined) return readings;
        throw new RequestError(
          'NOT_FOUND',
          `The pipeline ${pipeline} has no statistic ${name} that this version can read.`,
        );
      },
    );
  };
}
