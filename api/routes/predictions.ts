/** `POST /v1/models/:model/predictions`: what the engine's own models predict, by the version that serves each user. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import { ModelName } from '../../contracts/modelVersion.ts';
import { PredictionsAnswer, PredictionsQuery } from '../../contracts/predictionApi.ts';
import type { PredictionDesk } from '../predictionDesk.ts';
import { RequestError } from '../problems.ts';

export function predictionRoutes(desk: PredictionDesk) {
  return async (app: FastifyInstance): Promise<void> => {
    app.withTypeProvider<ZodTypeProvider>().post(
      '/v1/models/:model/predictions',
      {
        schema: {
          summary: 'Predict, by the version that serves each user',
          description:
            'Features are those of the stream, as they were stored last: some two seconds behind. The predictions are in the ' +
            'event log when the answer comes, each under its `id`, which a `label` names in `decision`; `log: false` writes none.',
          tags: ['models'],
          params: z.object({ model: ModelName }),
          body: PredictionsQuery,
          response: { 200: PredictionsAnswer, 400: Problem, 404: Problem, 503: Problem },
        },
      },
      async ({ params: { model }, body: { rows, log } }) => {
        const answer = await desk.predict(model, rows, log);
        if (answer !== undefined) return answer;
        throw new RequestError('NOT_FOUND', `The engine has no model ${model} of its own.`);
      },
    );
  };
}
