/** `/v1/experiment-metrics`: what experiments measure. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import {
  MetricFiguresAnswer,
  MetricFiguresQuery,
  MetricsOfExperiments,
  MetricWrite,
  MetricWritten,
} from '../../contracts/experimentApi.ts';
import type { KnownExperiment } from '../../control/experiments/known.ts';
import { measuresSame, metricFigures } from '../../control/experiments/metricFigures.ts';
import type { ExperimentRegistry } from '../../control/experiments/registry.ts';
import type { ReaderOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import { RequestError } from '../problems.ts';
import type { ExperimentReader } from '../queries/experiments.ts';
import { NoQuery } from './parameters.ts';
import { ActorHeaders, byOf, refuse } from './writing.ts';

const tags = ['experiments'];
const writes = { 400: Problem, 404: Problem, 409: Problem, 422: Problem, 503: Problem };

/** Experiments that are asked for figures, the newest first. */
const askedMax = 5;

export function experimentMetricRoutes(
  registry: ExperimentRegistry,
  readerOf: ReaderOf<ExperimentReader>,
) {
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
    typed.get(
      '/v1/experiment-metrics/:key/figures',
      {
        schema: {
          summary:
            'What is known of a metric from an earlier experiment: for a plan, and for a baseline',
          tags,
          params: z.object({ key: z.string().min(1).max(100) }),
          querystring: MetricFiguresQuery,
          response: { 200: MetricFiguresAnswer, 400: Problem, 404: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const {
          params: { key },
          query: { unit },
        } = request;
        const reader = readerOf(request);
        const metric = registry.metrics().find((each) => each.metric.key === key)?.metric;
        if (metric === undefined)
          throw new RequestError('NOT_FOUND', `There is no metric "${key}".`);
        const startOf = ({ record }: KnownExperiment) => record.experiment.stages[0]?.startAt ?? 0;
        const asked = registry
          .experiments()
          .filter(({ record: { experiment, metrics } }) => {
            const own = metrics.find((each) => each.key === key);
            const isUsed = experiment.metrics.some((each) => each.metric === key);
            const isStarted = experiment.stages.length > 0 && experiment.unit === unit;
            return isUsed && isStarted && own !== undefined && measuresSame(own, metric);
          })
          .sort((a, b) => startOf(b) - startOf(a))
          .slice(0, askedMax);
        for (const { record } of asked) {
          const result = await reader.latestResult(record.experiment.key, departureOf(reply));
          const figures = result && metricFigures(record.experiment, result, key);
          if (figures !== undefined) return { figures };
        }
        return { figures: null };
      },
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
