/** `/v1/model-lives` and `/v1/models/:model/…`: versions of models, who serves, releases, and going back. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import {
  ModelLife,
  ModelLivesAnswer,
  PlanRequest,
  ReleaseMove,
  ReleaseNow,
  ReleaseRequest,
  RollbackPreview,
  RollbackRequest,
  ServedAnswer,
  VersionDetail,
  WithReason,
} from '../../contracts/modelLifeApi.ts';
import { ModelName, VersionName } from '../../contracts/modelVersion.ts';
import type { PlaceBook } from '../../control/places/placeBook.ts';
import type { ModelWritten } from '../../control/registry/modelRegistry.ts';
import { mayReadPeople, ownOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import { lifeForGroups, reasonForGroups } from '../forGroups/modelForGroups.ts';
import type { ModelDesk } from '../modelDesk.ts';
import { RequestError } from '../problems.ts';
import { Instant, NoQuery } from './parameters.ts';
import { ActorHeaders, byOf } from './writing.ts';

const Model = z.object({ model: ModelName });
const OneVersion = Model.extend({ version: VersionName });
const tags = ['models'];
const reads = { 400: Problem, 404: Problem, 503: Problem };
const writes = { ...reads, 409: Problem, 422: Problem };

export function modelLifeRoutes(desk: ModelDesk, places: Pick<PlaceBook, 'placeOf'>) {
  /** Where the model stands after a write, or why it was not written. */
  function stand(model: string, written: ModelWritten<unknown>): ModelLife {
    switch (written.outcome) {
      case 'written':
        return lifeOf(model);
      case 'absent':
        throw unknown(model);
      case 'refused':
        throw new RequestError('MODEL_REFUSED', written.sentence);
      case 'stale': {
        const { revision } = written;
        throw new RequestError(
          'REVISION_STALE',
          `It is at revision ${revision} now. Read it again, and make the change from there.`,
          { revision },
        );
      }
    }
  }

  function lifeOf(model: string): ModelLife {
    const life = desk.life(model);
    if (life === undefined) throw unknown(model);
    return life;
  }

  function detailOf(model: string, version: string): VersionDetail {
    lifeOf(model);
    const detail = desk.version(model, version);
    if (detail !== undefined) return detail;
    throw new RequestError('NOT_FOUND', `The model ${model} has no version ${version}.`);
  }

  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/model-lives',
      {
        schema: {
          summary: 'The models that have versions, and where each stands',
          tags,
          querystring: NoQuery,
          response: { 200: ModelLivesAnswer, 400: Problem },
        },
      },
      async (request) => {
        const own = ownOf(request, places);
        const { models, ...rest } = desk.lives();
        return { ...rest, models: models.filter(({ model }) => own?.('model', model) !== false) };
      },
    );

    typed.get(
      '/v1/models/:model/life',
      {
        schema: {
          summary: 'One model: versions, who served when, the release under way and those before',
          tags,
          params: Model,
          querystring: NoQuery,
          response: { 200: ModelLife, ...reads },
        },
      },
      async (request) => {
        const life = lifeOf(request.params.model);
        return mayReadPeople(request) ? life : lifeForGroups(life);
      },
    );

    typed.get(
      '/v1/models/:model/served',
      {
        schema: {
          summary: 'Who served at an instant',
          tags,
          params: Model,
          querystring: z.strictObject({
            at: Instant.optional().describe('ms since 1970; absent: now'),
          }),
          response: { 200: ServedAnswer, ...reads },
        },
      },
      async (request) => {
        const {
          params: { model },
          query: { at },
        } = request;
        lifeOf(model);
        const served = desk.served(model, at);
        if (served !== undefined) {
          return mayReadPeople(request) ? served : { ...served, reason: reasonForGroups(served) };
        }
        throw new RequestError('NOT_FOUND', `Nothing of the model ${model} served at that time.`);
      },
    );

    typed.get(
      '/v1/models/:model/versions/:version',
      {
        schema: {
          summary: 'One version: what it was made of, what was found of it, its card',
          tags,
          params: OneVersion,
          querystring: NoQuery,
          response: { 200: VersionDetail, ...reads },
        },
      },
      async ({ params: { model, version } }) => detailOf(model, version),
    );

    typed.get(
      '/v1/models/:model/versions/:version/card',
      {
        schema: {
          summary: 'The card of a version, in Markdown',
          tags,
          params: OneVersion,
          querystring: NoQuery,
          response: { 200: z.string(), ...reads },
        },
      },
      async ({ params: { model, version } }, reply) => {
        const { card } = detailOf(model, version);
        return reply
          .type('text/markdown; charset=utf-8')
          .header('content-disposition', `attachment; filename="${model}-${version}.md"`)
          .serializer((text: unknown) => String(text))
          .send(card);
      },
    );

    typed.delete(
      '/v1/models/:model/versions/:version',
      {
        schema: {
          summary: 'Remove the file of a version that nothing points to; that it was remains',
          tags,
          params: OneVersion,
          headers: ActorHeaders,
          body: WithReason,
          response: { 200: ModelLife, ...writes },
        },
      },
      async ({ params: { model, version }, headers, body: { reason } }) =>
        stand(model, await desk.remove(model, version, byOf(headers, reason))),
    );

    typed.get(
      '/v1/models/:model/rollback-preview',
      {
        schema: {
          summary: 'What going back to a version would do',
          tags,
          params: Model,
          querystring: z.strictObject({ version: VersionName }),
          response: { 200: RollbackPreview, ...reads },
        },
      },
      async ({ params: { model }, query: { version } }, reply) => {
        detailOf(model, version);
        const preview = await desk.rollbackPreview(model, version, departureOf(reply));
        if (preview !== undefined) return preview;
        throw unknown(model);
      },
    );

    typed.post(
      '/v1/models/:model/rollback',
      {
        schema: {
          summary: 'Make a version the champion at once',
          description: 'A release under way is aborted. Takes effect from the next event on.',
          tags,
          params: Model,
          headers: ActorHeaders,
          body: RollbackRequest,
          response: { 200: ModelLife, ...writes },
        },
      },
      async ({ params: { model }, headers, body: { version, reason } }) =>
        stand(model, await desk.rollback(model, version, byOf(headers, reason))),
    );

    typed.post(
      '/v1/models/:model/releases',
      {
        schema: {
          summary: 'Begin the release of a version: it predicts beside the champion first',
          description:
            'From the canary it serves its first users at once, without proof from the shadow.',
          tags,
          params: Model,
          headers: ActorHeaders,
          body: ReleaseRequest,
          response: { 201: ModelLife, ...writes },
        },
      },
      async ({ params: { model }, headers, body: { version, from, reason } }, reply) => {
        const life = stand(model, await desk.release(model, version, from, byOf(headers, reason)));
        return reply.code(201).send(life);
      },
    );

    typed.get(
      '/v1/models/:model/release',
      {
        schema: {
          summary: 'The release under way, with its evidence up to now',
          tags,
          params: Model,
          querystring: NoQuery,
          response: { 200: ReleaseNow, ...reads },
        },
      },
      async ({ params: { model } }, reply) => {
        const now = await desk.releaseNow(model, departureOf(reply));
        if (now !== undefined) return now;
        throw unknown(model);
      },
    );

    typed.post(
      '/v1/models/:model/release',
      {
        schema: {
          summary: 'Pause, resume, abort or approve the release under way',
          tags,
          params: Model,
          headers: ActorHeaders,
          body: ReleaseMove,
          response: { 200: ModelLife, ...writes },
        },
      },
      async ({ params: { model }, headers, body: { move, reason } }) =>
        stand(model, await desk.move(model, move, byOf(headers, reason))),
    );

    typed.put(
      '/v1/models/:model/plan',
      {
        schema: {
          summary: 'Change how a model is retrained, judged and released',
          description: '409 when the revision is not the newest.',
          tags,
          params: Model,
          headers: ActorHeaders,
          body: PlanRequest,
          response: { 200: ModelLife, ...writes },
        },
      },
      async ({ params: { model }, headers, body: { plan, revision, reason } }) =>
        stand(model, await desk.plan(model, plan, revision, byOf(headers, reason))),
    );
  };
}

function unknown(model: string): RequestError {
  return new RequestError('NOT_FOUND', `There is no model ${model} that has versions.`);
}
