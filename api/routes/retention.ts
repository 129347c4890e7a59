/** `GET /v1/retention`: what each table holds of people, and how long it is kept. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { Problem } from '../../contracts/api.ts';
import { RetentionAnswer } from '../../contracts/retentionApi.ts';
import type { RetentionDesk } from '../../control/retention/retentionDesk.ts';
import { NoQuery } from './parameters.ts';

export function retentionRoutes(desk: RetentionDesk) {
  return async (app: FastifyInstance): Promise<void> => {
    app.withTypeProvider<ZodTypeProvider>().get(
      '/v1/retention',
      {
        schema: {
          summary: 'What each table holds of people, how long it is kept, and what was removed',
          description: 'Counted once a minute at most. Set by MILLRACE_RETENTION.',
          tags: ['users'],
          querystring: NoQuery,
          response: { 200: RetentionAnswer, 400: Problem, 503: Problem },
        },
      },
      () => desk.read(),
    );
  };
}
