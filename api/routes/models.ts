/** `GET /v1/models` and `/v1/models/:name`: how well the online models predict. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ModelDetail, ModelsAnswer, Problem } from '../../contracts/api.ts';
import { departureOf } from '../departure.ts';
import { RequestError } from '../problems.ts';
import type { ModelQuery } from '../queries/models.ts';
import { Name, NoQuery, rangeQuery } from './parameters.ts';

export interface ModelReader {
  models(): Promise<ModelsAnswer>;
  /** @param signal nobody waits for the answer any more */
  model(name: string, query: ModelQuery, signal?: AbortSignal): Promise<ModelDetail | undefined>;
}

const DetailQuery = rangeQuery({
  version: Name.optional().describe('absent: the version whose predictions are newest'),
  pipeline: Name.optional(),
});

export function modelRoutes(reader: ModelReader) {
  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/models',
      {
        schema: {
          summary: 'The models and how well they predict',
          description: 'Each prediction was made before its answer was learnt.',
          tags: ['models'],
          querystring: NoQuery,
          response: { 200: ModelsAnswer, 400: Problem, 503: Problem },
        },
      },
      () => reader.models(),
    );
    typed.get(
      '/v1/models/:name',
      {
        schema: {
          summary: 'One model over time, and its reliability',
          description: 'Without bounds: the last 24 hours of its predictions.',
          tags: ['models'],
          params: z.object({ name: Name }),
          querystring: DetailQuery,
          response: { 200: ModelDetail, 400: Problem, 404: Problem, 503: Problem },
        },
      },
      async ({ params, query }, reply) => {
        const detail = await reader.model(params.name, query, departureOf(reply));
        if (detail !== undefined) return detail;
        throw new RequestError('NOT_FOUND', `There is no model ${params.name} that has predicted.`);
      },
    );
  };
}
