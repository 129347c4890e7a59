/** `GET /v1/drift` and `GET /v1/drift/:column`: how far columns are from their reference days. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import { DriftAnswer, DriftDetail } from '../../contracts/driftApi.ts';
import type { DriftDetailQuery, DriftQuery } from '../../control/drift/readDrift.ts';
import type { ReaderOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import { RequestError } from '../problems.ts';
import { instantMax, Name, timeQuery } from './parameters.ts';

export interface DriftReader {
  /** @param signal nobody waits for the answer any more */
  drift(query: DriftQuery, signal?: AbortSignal): Promise<DriftAnswer>;
  driftDetail(
    column: string,
    query: DriftDetailQuery,
    signal?: AbortSignal,
  ): Promise<DriftDetail | undefined>;
}

const Instant = z.coerce.number().min(0).max(instantMax).transform(Math.trunc).optional();
const range = {
  referenceFrom: Instant.describe(
    'first instant of the reference; absent: the first seven days of the model’s version',
  ),
  referenceTo: Instant.describe('end of the reference'),
  pipeline: Name.optional().describe('absent: the one whose profiles are newest'),
};
const Query = timeQuery(range);
const DetailQuery = timeQuery({
  ...range,
  day: Instant.describe('start of the day to be compared, UTC; absent: the newest'),
});

export function driftRoutes(readerOf: ReaderOf<DriftReader>) {
  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/drift',
      {
        schema: {
          summary: 'Which columns are no longer what they were',
          description:
            'For each profiled column and complete day, UTC: the distance from the reference days, and the limit that a day without ' +
            'drift seldom exceeds; broken quality, alarms of detectors, and the words for all of it. Without bounds: the newest 30 ' +
            'days; at most 92.',
          tags: ['drift'],
          querystring: Query,
          response: { 200: DriftAnswer, 400: Problem, 503: Problem },
        },
      },
      (request, reply) => readerOf(request).drift(request.query, departureOf(reply)),
    );
    typed.get(
      '/v1/drift/:column',
      {
        schema: {
          summary: 'How one column has drifted',
          description:
            'Its values in the reference and on one day, in the same bins; its quantiles and distances by day. `prediction` is what ' +
            'the model predicts.',
          tags: ['drift'],
          params: z.object({ column: Name }),
          querystring: DetailQuery,
          response: { 200: DriftDetail, 400: Problem, 404: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const { column } = request.params;
        const found = await readerOf(request).driftDetail(
          column,
          request.query,
          departureOf(reply),
        );
        if (found !== undefined) return found;
        throw new RequestError('NOT_FOUND', `There is no profile of a column ${column}.`);
      },
    );
  };
}
