/** `/v1/experiments`: what runs, what it shows, and everything that an administrator does with it. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import { Annotation } from '../../contracts/experiment.ts';
import {
  AnnotationWrite,
  ExperimentChecked,
  ExperimentCourse,
  ExperimentDetail,
  ExperimentMove,
  type ExperimentSummary,
  ExperimentsAnswer,
  ExperimentWrite,
  ExperimentWritten,
  PlanAnswer,
  PlanQuery,
} from '../../contracts/experimentApi.ts';
import type { ExperimentResult } from '../../contracts/experimentResult.ts';
import { moveNames } from '../../control/definitions/life.ts';
import type { KnownExperiment } from '../../control/experiments/known.ts';
import { planExperiment } from '../../control/experiments/planExperiment.ts';
import type { ExperimentRegistry } from '../../control/experiments/registry.ts';
import type { PlaceBook } from '../../control/places/placeBook.ts';
import { mayReadPeople, ownOf, type ReaderOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import { experimentForGroups } from '../forGroups/experimentForGroups.ts';
import { RequestError } from '../problems.ts';
import { type ExperimentReader, type ResultSummary, summarized } from '../queries/experiments.ts';
import { NoQuery } from './parameters.ts';
import { ActorHeaders, byOf, discreet, refuse, takeEmptyBodies } from './writing.ts';

/** What these routes need of the engine. */
export interface ExperimentDesk {
  readonly registry: ExperimentRegistry;
  /** The newest result where it is evaluated in this process: the history has it some seconds later. */
  fresh(experiment: string): ExperimentResult | undefined;
  /**
   * What a stranger needs to compute the newest result again.
   *
   * @returns undefined when there is no result yet
   */
  certificate(experiment: string): Promise<unknown>;
}

const Key = z.object({ key: z.string().min(1).max(100) });
const tags = ['experiments'];
const reads = { 400: Problem, 404: Problem, 503: Problem };
const writes = { ...reads, 409: Problem, 422: Problem };

const moveWords = {
  start: 'Start a draft: its first stage begins',
  pause: 'Pause: nobody is assigned until it is resumed',
  resume: 'Resume what was paused',
  stop: 'Stop, with a decision or without one',
  archive: 'Put away a draft or what was stopped',
} as const;

export function experimentRoutes(
  { registry, fresh, certificate }: ExperimentDesk,
  readerOf: ReaderOf<ExperimentReader>,
  places: Pick<PlaceBook, 'placeOf'>,
) {
  function known(key: string): KnownExperiment {
    const found = registry.experiment(key);
    if (found !== undefined) return found;
    throw new RequestError('NOT_FOUND', `There is no experiment ${key}.`);
  }

  return async (app: FastifyInstance): Promise<void> => {
    takeEmptyBodies(app);
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/experiments',
      {
        schema: {
          summary: 'All experiments, each with its verdict',
          tags,
          querystring: NoQuery,
          response: { 200: ExperimentsAnswer, 400: Problem, 503: Problem },
        },
      },
      async (request) => {
        const reader = readerOf(request);
        const own = ownOf(request, places);
        const [exposed, verdicts] = await Promise.all([
          reader.exposedUnits(),
          reader.latestVerdicts(),
        ]);
        return {
          experiments: registry
            .experiments()
            .filter(({ record }) => own?.('experiment', record.experiment.key) !== false)
            .map((each) => {
              const { key } = each.record.experiment;
              const result = mayReadPeople(request) ? fresh(key) : undefined;
              const shown = result === undefined ? verdicts.get(key) : summarized(result);
              return summaryOf(each, exposed.get(key) ?? 0, shown);
            }),
        };
      },
    );

    typed.post(
      '/v1/experiments',
      {
        schema: {
          summary: 'Create an experiment: a draft',
          description:
            '422 with `problems`, in sentences, when it is not sound; remarks are answered beside it.',
          tags,
          headers: ActorHeaders,
          body: ExperimentWrite.omit({ revision: true }),
          response: { 201: ExperimentWritten, ...writes },
        },
      },
      async ({ body: { experiment, reason }, headers }, reply) => {
        const written = await registry.create(experiment, byOf(headers, reason));
        return reply.code(201).send(refuse(written, 'experiment'));
      },
    );

    typed.post(
      '/v1/experiments/check',
      {
        schema: {
          summary: 'What is wrong with a definition, or worth a remark; nothing is stored',
          tags,
          body: ExperimentWrite,
          response: { 200: ExperimentChecked, 400: Problem, 503: Problem },
        },
      },
      async ({ body: { experiment } }) => ({ problems: await registry.check(experiment) }),
    );

    typed.post(
      '/v1/experiments/plan',
      {
        schema: {
          summary: 'How long an experiment would take, before it exists',
          description: 'Power by day of the test that will judge it, watched all the time.',
          tags,
          body: PlanQuery,
          response: { 200: PlanAnswer, 400: Problem },
        },
      },
      async ({ body }) => {
        const answer = await planExperiment(body);
        if (typeof answer === 'string') throw new RequestError('REQUEST_INVALID', answer);
        return answer;
      },
    );

    typed.get(
      '/v1/experiments/:key',
      {
        schema: {
          summary: 'One experiment: definition, newest result, record of its changes',
          tags,
          params: Key,
          querystring: NoQuery,
          response: { 200: ExperimentDetail, ...reads },
        },
      },
      async (request, reply) => {
        const { key } = request.params;
        const { within } = request;
        const { record, head, changes } = known(key);
        const { experiment } = record;
        const isOver = experiment.state === 'stopped' || experiment.state === 'archived';
        const [result, problems] = await Promise.all([
          (mayReadPeople(request) ? fresh(key) : undefined) ??
            readerOf(request).latestResult(key, departureOf(reply)),
          // They may name what belongs elsewhere.
          isOver || within !== 'everywhere' ? [] : registry.check(experiment),
        ]);
        const detail = {
          experiment,
          metrics: [...registry.metricsOf(key)],
          revision: head.revision,
          problems,
          result: result ?? null,
          record: [...changes].reverse(),
        };
        return mayReadPeople(request) ? detail : experimentForGroups(detail);
      },
    );

    typed.put(
      '/v1/experiments/:key',
      {
        schema: {
          summary: 'Change an experiment',
          description:
            'A draft may change in any way; a live experiment as far as its evidence stays valid: weights and traffic begin a ' +
            'new stage. 409 when `revision` is not the newest; 422 with `problems` when the change is refused.',
          tags,
          params: Key,
          headers: ActorHeaders,
          body: ExperimentWrite.required({ revision: true }),
          response: { 200: ExperimentWritten, ...writes },
        },
      },
      async ({ params: { key }, body: { experiment, revision, reason }, headers }) =>
        refuse(
          await registry.change(key, experiment, revision, byOf(headers, reason)),
          'experiment',
        ),
    );

    for (const move of moveNames) {
      typed.post(
        `/v1/experiments/:key/${move}`,
        {
          schema: {
            summary: moveWords[move],
            tags,
            params: Key,
            headers: ActorHeaders,
            body: ExperimentMove.nullish(),
            response: { 200: ExperimentWritten, ...writes },
          },
        },
        async ({ params: { key }, body, headers, log, within }) => {
          const by = byOf(headers, body?.reason ?? '');
          // Of what was in view when it was decided; a decision does not wait for ClickHouse to be well.
          if (body?.decision !== undefined) {
            await certificate(key).catch((error: unknown) =>
              log.warn({ err: error }, 'the decision was not certified'),
            );
          }
          const written = await registry.move(key, { move, decision: body?.decision }, by);
          return refuse(discreet(written, within), 'experiment');
        },
      );
    }

    typed.post(
      '/v1/experiments/:key/annotations',
      {
        schema: {
          summary: 'Note what happened, at its time: charts show it',
          description:
            'In any state, and whoever else changes the experiment meanwhile. The same once more changes nothing.',
          tags,
          params: Key,
          headers: ActorHeaders,
          body: AnnotationWrite,
          response: { 200: ExperimentWritten, ...writes },
        },
      },
      async ({ params: { key }, body, headers, within }) =>
        refuse(
          discreet(await registry.annotate(key, { add: body }, byOf(headers, '')), within),
          'experiment',
        ),
    );

    typed.post(
      '/v1/experiments/:key/annotations/remove',
      {
        schema: {
          summary: 'Take a note away: the record keeps that it was there',
          description: 'Named by its time and text as they are stored.',
          tags,
          params: Key,
          headers: ActorHeaders,
          body: Annotation,
          response: { 200: ExperimentWritten, ...writes },
        },
      },
      async ({ params: { key }, body, headers, within }) =>
        refuse(
          discreet(await registry.annotate(key, { remove: body }, byOf(headers, '')), within),
          'experiment',
        ),
    );

    typed.get(
      '/v1/experiments/:key/course',
      {
        schema: {
          summary: 'How the evidence of a comparison went',
          description:
            'Without metric or variant: the primary metric, the first variant beside the control.',
          tags,
          params: Key,
          querystring: z.strictObject({
            metric: z.string().min(1).max(100).optional(),
            variant: z.string().min(1).max(100).optional(),
          }),
          response: { 200: ExperimentCourse, ...reads },
        },
      },
      async (request, reply) => {
        const {
          params: { key },
          query,
        } = request;
        const { experiment } = known(key).record;
        const metric = query.metric ?? primaryOf(experiment) ?? '';
        const variant =
          query.variant ??
          experiment.variants.find((each) => each.key !== experiment.control)?.key ??
          '';
        if (!experiment.metrics.some((each) => each.metric === metric)) {
          throw new RequestError('NOT_FOUND', `The experiment ${key} has no metric ${metric}.`);
        }
        if (!experiment.variants.some((each) => each.key === variant)) {
          throw new RequestError('NOT_FOUND', `The experiment ${key} has no variant ${variant}.`);
        }
        const course = { experiment: key, metric, variant };
        return {
          metric,
          variant,
          threshold: Math.log(1 / experiment.alpha),
          points: await readerOf(request).resultCourse(course, departureOf(reply)),
        };
      },
    );

    typed.get(
      '/v1/experiments/:key/certificate',
      {
        schema: {
          summary: 'The newest result with all that is needed to compute it again',
          description: '`millrace verify certificate.json` does so without the engine.',
          tags,
          params: Key,
          querystring: NoQuery,
          response: { 200: z.unknown(), ...reads },
        },
      },
      async ({ params: { key } }, reply) => {
        known(key);
        const found = await certificate(key);
        if (found === undefined) {
          throw new RequestError('NOT_FOUND', `The experiment ${key} has no result yet.`);
        }
        reply.header('content-disposition', `attachment; filename="${key}.certificate.json"`);
        return found;
      },
    );
  };
}

function primaryOf({ metrics }: KnownExperiment['record']['experiment']): string | undefined {
  return metrics.find(({ role }) => role === 'primary')?.metric;
}

function summaryOf(
  { record: { experiment }, endedAt, head }: KnownExperiment,
  exposed: number,
  result: ResultSummary | undefined,
): ExperimentSummary {
  const { key, name, state, stages, decision } = experiment;
  return {
    key,
    name,
    state,
    revision: head.revision,
    startedAt: stages[0]?.startAt ?? null,
    endedAt,
    exposed,
    primary: primaryOf(experiment) ?? null,
    verdict: result?.verdict ?? null,
    sampleRatioAlarm: result?.sampleRatioAlarm ?? false,
    decision: decision && { verdict: decision.verdict, variant: decision.variant },
  };
}
