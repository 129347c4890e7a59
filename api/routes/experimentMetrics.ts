/** `/v1/experiment-metrics`: what experiments measure. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import { MetricsOfExperiments, MetricWrite, MetricWritten } from '../../contracts/experimentApi.ts';
import type { ExperimentRegistry } from '../../control/experiments/registry.ts';
import { NoQuery } from './parameters.ts';
import { ActorHeaders, byOf, refuse } from './writing.ts';

const tags = ['experiments'];
const writes = { 400: Problem, 404: Problem, 409: Problem, 422: Problem, 503: Problem };

export function experimentMetricRoutes(registry: ExperimentRegistry) {
  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/experiment-metrics',
      {
        schema: {
          summary: 'The metrics of experiments',
          tags,
          querystring: NoQuery,
          response: { 200: MetricsOfExperiments, 400: Problem },
        },
      },
      async () => ({
        metrics: registry.metrics().map(({ metric, revision }) => ({ metric, revision })),
      }),
    );
    typed.post(
      '/v1/experiment-metrics',
      {
        schema: {
          summary: 'Create a metric',
          tags,
          headers: ActorHeaders,
          body: MetricWrite.omit({ revision: true }),
          response: { 201: MetricWritten, ...writes },
        },
      },
      async ({ body: { metric, reason }, headers }, reply) => {
        const written = await registry.createMetric(metric, byOf(headers, reason));
        return reply.code(201).send(refuse(written, 'metric'));
      },
    );
    typed.put(
      '/v1/experiment-metrics/:key',
      {
        schema: {
          summary: 'Change a metric',
          description:
            'Its words at any time, its definition while no live experiment uses it: experiments keep the one with which they ' +
            'were started. 409 when `revision` is not the newest; 422 with `problems` when the change is refused.',
          tags,
          params: z.object({ key: z.string().min(1).max(100) }),
          headers: ActorHeaders,
          body: MetricWrite.required({ revision: true }),
          response: { 200: MetricWritten, ...writes },
        },
      },
      async ({ params: { key }, body: { metric, revision, reason }, headers }) =>
        refuse(await registry.changeMetric(key, metric, revision, byOf(headers, reason)), 'metric'),
    );
  };
}
