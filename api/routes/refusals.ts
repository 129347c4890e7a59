/** `GET /v1/refusals`: which events were refused, why, and the latest of them. */
import type { FastifyInstance } from 'fastify';
import { Problem, RefusalsAnswer } from '../../contracts/api.ts';
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
      () => reader.refusals(),
    );
  };
}
