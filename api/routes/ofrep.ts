/**
 * `/ofrep/v1/evaluate/flags`: experiments as flags, for any OpenFeature SDK with the OFREP provider.
 *
 * One flag is asked for when it is about to be used, so the exposure is written. In bulk flags are asked for ahead, by browsers and
 * phones, and most are never used: no exposure is written, the application sends it when it shows the variant.
 *
 * Source: open-feature/protocol, service/openapi.yaml, 0.3.0.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { nameLengthMax } from '../../contracts/event.ts';
import { type Experiment, stageAt } from '../../contracts/experiment.ts';
import {
  OfrepBulkAnswer,
  type OfrepContext,
  OfrepEvaluation,
  OfrepFailure,
  OfrepRequest,
} from '../../contracts/ofrep.ts';
import type { ExperimentRegistry } from '../../control/experiments/registry.ts';
import { type Exposing, writeExposures } from '../exposures.ts';
import type { ObjectionDesk } from '../objectionDesk.ts';
import { bulkTag, isUnmodified } from '../ofrep/entityTag.ts';
import { evaluateFlag, flagNotFound } from '../ofrep/evaluation.ts';
import { handleError, problemOf } from '../problems.ts';
import type { EventIngest } from './events.ts';

/** What goes wrong with the whole of a request. */
const Failure = OfrepFailure.partial({ key: true });
const tags = ['flags'];

export function ofrepRoutes(
  registry: ExperimentRegistry,
  ingest: EventIngest,
  objections: Pick<ObjectionDesk, 'objects'>,
  clock: () => number,
  pseudonymOf: (user: string) => string,
) {
  const objects = ({ targetingKey = '' }: OfrepContext) =>
    objections.objects(targetingKey, 'experiments');
  /** The context as it is known inside: conditions and segments may look at the key as well. One that is no id stays none. */
  const known = (context: OfrepContext): OfrepContext => {
    const { targetingKey = '' } = context;
    const isId = targetingKey !== '' && targetingKey.length <= nameLengthMax;
    return isId ? { ...context, targetingKey: pseudonymOf(targetingKey) } : context;
  };
  return async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler(answerFailure);
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.post(
      '/ofrep/v1/evaluate/flags/:key',
      {
        schema: {
          summary: 'Evaluate one flag, and write the exposure',
          tags,
          params: z.object({ key: z.string() }),
          body: OfrepRequest,
          response: {
            200: OfrepEvaluation,
            400: Failure,
            404: OfrepFailure,
            500: Failure,
            503: Failure,
          },
        },
      },
      async ({ params: { key }, body }, reply) => {
        const context = known(body.context);
        const experiment = registry.inForce(key)?.experiment;
        if (experiment === undefined || experiment.state === 'archived') {
          return reply.code(404).send(flagNotFound(key));
        }
        const now = clock();
        const evaluation = evaluateFlag(experiment, context, now, objects(context));
        if ('errorCode' in evaluation) return reply.code(400).send(evaluation);
        const { targetingKey } = body.context;
        const exposing = exposingOf(experiment, evaluation);
        // Whom nobody names, no event can be told of: a cluster alone is not a user.
        if (exposing !== undefined && targetingKey) {
          await writeExposures(ingest, [exposing], targetingKey, context, now);
        }
        return evaluation;
      },
    );
    typed.post(
      '/ofrep/v1/evaluate/flags',
      {
        schema: {
          summary: 'Evaluate all flags; no exposure is written',
          description:
            'Send the `ETag` of an answer as `If-None-Match`: 304 says that nothing has changed. Send an event of the type ' +
            '`exposure` with `variant` and the `probability` and `stage` of `metadata` when the user sees the variant.',
          tags,
          body: OfrepRequest,
          response: {
            200: OfrepBulkAnswer,
            304: z.null(),
            400: Failure,
            500: Failure,
            503: Failure,
          },
        },
      },
      async ({ body: { context }, headers }, reply) => {
        const now = clock();
        const experiments = registry
          .allInForce()
          .filter(({ experiment }) => experiment.state !== 'archived');
        const versions = Object.fromEntries(
          experiments.map(({ experiment, revision }) => [
            experiment.key,
            `${revision}/${stageAt(experiment, now)?.number ?? 0}`,
          ]),
        );
        const isObjecting = objects(context);
        // No key of an experiment has a space.
        const tag = tagOf(isObjecting ? { ...versions, 'user objects': '1' } : versions, context);
        if (tag === undefined) {
          const errorDetails = 'the context has text that is half of a character';
          return reply.code(400).send({ errorCode: 'INVALID_CONTEXT' as const, errorDetails });
        }
        reply.header('etag', tag);
        if (isUnmodified(headers['if-none-match'], tag)) {
          return reply
            .code(304)
            .serializer(() => '')
            .send(null);
        }
        return {
          flags: experiments.map(({ experiment }) =>
            evaluateFlag(experiment, known(context), now, isObjecting),
          ),
        };
      },
    );
  };
}

function exposingOf(
  experiment: Experiment,
  { variant, metadata: { probability, stage } }: OfrepEvaluation,
): Exposing | undefined {
  if (variant === undefined || typeof probability !== 'number') return undefined;
  return { experiment, variant, probability, stage: Number(stage) };
}

function tagOf(
  versions: Readonly<Record<string, string>>,
  context: OfrepContext,
): string | undefined {
  try {
    return bulkTag(versions, context);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** In the protocol's own form, which is what SDKs read. */
function answerFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error);
  if (problem.status === 500) request.log.error({ err: error, code: problem.code }, problem.title);
  if (problem.status !== 400 && problem.status !== 500 && problem.status !== 503) {
    handleError(error, request, reply);
    return;
  }
  const { key } = (request.params ?? {}) as { key?: string };
  reply
    .code(problem.status)
    .type('application/json')
    .serializer(JSON.stringify)
    .send({
      ...(key !== undefined && { key }),
      errorCode: problem.status === 400 ? 'PARSE_ERROR' : 'GENERAL',
      errorDetails: problem.detail ?? problem.title,
    });
}
