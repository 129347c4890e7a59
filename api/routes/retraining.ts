/** `/v1/retraining`: runs that train models, why they began, how far they are, and files from elsewhere that go the same way. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import {
  RunRequest,
  StartedRun,
  TrainingRunDetail,
  TrainingRunsAnswer,
  WithReason,
} from '../../contracts/modelLifeApi.ts';
import { ModelName, ModelVersion, Sha256 } from '../../contracts/modelVersion.ts';
import { modelBytesMax } from '../../models/onnx/checkOnnx.ts';
import { mayReadPeople } from '../access/readerOf.ts';
import { runsForGroups } from '../forGroups/modelForGroups.ts';
import type { Declined, ModelDesk } from '../modelDesk.ts';
import { RequestError } from '../problems.ts';
import { NoQuery } from './parameters.ts';
import { ActorHeaders, byOf } from './writing.ts';

const Run = z.object({ id: z.string().min(1).max(64) });
const tags = ['retraining'];
const reads = { 400: Problem, 404: Problem, 503: Problem };
const writes = { ...reads, 422: Problem };

const ImportQuery = z.strictObject({
  reason: z.string().trim().min(1).max(4_096).describe('why it is imported, for the record'),
  trainer: z.string().max(200).default('').describe('program that made it'),
  notes: z.string().max(4_096).default('').describe('whatever its maker says of it'),
  parameters: z
    .string()
    .default('{}')
    .describe('with which it was trained: a JSON object of numbers, texts and booleans'),
  snapshot: Sha256.optional().describe('hash of the examples that it has learnt from'),
});

const { parameters: Parameters } = ModelVersion.shape;

/** @throws RequestError REQUEST_INVALID */
function parametersOf(text: string): ModelVersion['parameters'] {
  const { success, data } = Parameters.safeParse(jsonOf(text));
  if (success) return data;
  const message = 'expected a JSON object of numbers, texts and booleans';
  const issue = { at: 'parameters', message };
  throw new RequestError('REQUEST_INVALID', `parameters: ${message}`, { issues: [issue] });
}

/** undefined: it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function retrainingRoutes(desk: ModelDesk) {
  return async (app: FastifyInstance): Promise<void> => {
    app.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: modelBytesMax },
      (_request, body, done) => done(null, body),
    );
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/retraining',
      {
        schema: {
          summary: 'Training runs, the newest first, and what would start the next',
          tags,
          querystring: z.strictObject({ model: ModelName.optional() }),
          response: { 200: TrainingRunsAnswer, 400: Problem },
        },
      },
      async (request) => {
        const runs = desk.runs(request.query.model);
        return mayReadPeople(request) ? runs : runsForGroups(runs);
      },
    );

    typed.get(
      '/v1/retraining/:id',
      {
        schema: {
          summary: 'One run: cause, steps, curves, log, and the release of what it made',
          tags,
          params: Run,
          querystring: NoQuery,
          response: { 200: TrainingRunDetail, ...reads },
        },
      },
      async ({ params: { id } }) => {
        const run = desk.run(id);
        if (run !== undefined) return run;
        throw new RequestError('NOT_FOUND', `There is no training run ${id}.`);
      },
    );

    typed.post(
      '/v1/retraining',
      {
        schema: {
          summary: 'Train a model now',
          description: 'It is queued while another run is under way.',
          tags,
          headers: ActorHeaders,
          body: RunRequest,
          response: { 201: StartedRun, ...writes },
        },
      },
      async ({ headers, body: { model, reason } }, reply) => {
        const started = accepted(await desk.train(model, byOf(headers, reason)));
        return reply.code(201).send(started);
      },
    );

    typed.post(
      '/v1/retraining/:id/cancel',
      {
        schema: {
          summary: 'End a run; what serves stays',
          tags,
          params: Run,
          headers: ActorHeaders,
          body: WithReason,
          response: { 202: z.object({ id: z.string() }), ...writes },
        },
      },
      async ({ params: { id }, headers, body: { reason } }, reply) => {
        accepted(await desk.cancel(id, byOf(headers, reason)));
        return reply.code(202).send({ id });
      },
    );

    typed.post(
      '/v1/models/:model/imports',
      {
        bodyLimit: modelBytesMax,
        schema: {
          summary: "Take in a model from elsewhere: ONNX, LightGBM's text or XGBoost's JSON",
          description:
            'The file is the body, as application/octet-stream. It goes through the same gates as what the engine trains.',
          tags,
          params: z.object({ model: ModelName }),
          headers: ActorHeaders,
          querystring: ImportQuery,
          response: { 201: StartedRun, ...writes },
        },
      },
      async ({ params: { model }, headers, query, body }, reply) => {
        const { reason, trainer, notes, snapshot = null } = query;
        if (!(body instanceof Uint8Array) || body.length === 0) {
          throw new RequestError(
            'REQUEST_INVALID',
            'body: expected the bytes of a model, as application/octet-stream, got nothing',
          );
        }
        const started = await desk.importModel(
          {
            ...{ model, bytes: body, trainer, notes, snapshot },
            parameters: parametersOf(query.parameters),
          },
          byOf(headers, reason),
        );
        return reply.code(201).send(accepted(started));
      },
    );
  };
}

/** @throws RequestError NOT_FOUND or MODEL_REFUSED when nothing was done */
function accepted<Done>(done: Done | Declined): Done {
  const declined = done as Declined;
  if (declined.outcome === 'absent') throw new RequestError('NOT_FOUND', declined.sentence);
  if (declined.outcome === 'refused') throw new RequestError('MODEL_REFUSED', declined.sentence);
  return done as Done;
}
