/**
 * `GET /v1/refusals`: which events were refused, why, and the latest of them. An event is somebody's: to who may not see single people
 * only how many there are, by code.
 */
import type { FastifyInstance } from 'fastify';
import { Problem, RefusalsAnswer } from '../../contracts/api.ts';
import { mayReadPeople } from '../access/readerOf.ts';
import { NoQuery } from './parameters.ts';

export interface RefusalReader {
  refusals(): Promise<RefusalsAnswer>;
}

export function refusalRoutes(reader: RefusalReader) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get(
      '/v1/refusals',
      {
        schema: {
          summary: 'What was refused, and why',
          tags: ['events'],
          querystring: NoQuery,
          response: { 200: RefusalsAnswer, 400: Problem, 503: Problem },
        },
      },
      async (request) => {
        const refusals = await reader.refusals();
        if (mayReadPeople(request)) return refusals;
        const reasons = refusals.reasons.map((each) => ({ ...each, lastReason: '' }));
        return { ...refusals, reasons, latest: [] };
      },
    );
  };
}
