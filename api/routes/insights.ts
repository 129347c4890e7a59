/** `/v1/insights`: what should be looked at or done, the most important first, and what people say to it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import { Card, type InsightAction } from '../../contracts/insight.ts';
import {
  InsightAccept,
  InsightAccepted,
  InsightAnswerGiven,
  InsightDetail,
  InsightKindsAnswer,
  InsightsAnswer,
  InsightsQuery,
} from '../../contracts/insightApi.ts';
import type { PlaceBook } from '../../control/places/placeBook.ts';
import { mayReadPeople, ownOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import { cardForGroups } from '../forGroups/cardForGroups.ts';
import { withheldSentence } from '../forGroups/withheldSentence.ts';
import type { InsightDesk, InsightRefusal, Performed } from '../insightDesk.ts';
import { RequestError } from '../problems.ts';
import { NoQuery } from './parameters.ts';
import { ActorHeaders, byOf } from './writing.ts';

const Id = z.object({ id: z.string().min(1).max(200) });
const tags = ['recommendations'];
const reads = { 400: Problem, 404: Problem, 503: Problem };
const writes = { ...reads, 403: Problem, 409: Problem, 422: Problem };

export function insightRoutes(desk: InsightDesk, places: Pick<PlaceBook, 'placeOf'>) {
  const toldTo = (request: FastifyRequest, card: Card): Card =>
    mayReadPeople(request) ? card : cardForGroups(card, (kind) => desk.summaryOf(kind));

  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/insights',
      {
        schema: {
          summary: 'Recommendations: the open ones by score, or those that are history',
          description: '`looked` says how well it has been looked, and how many may be false.',
          tags,
          querystring: InsightsQuery.strict(),
          response: { 200: InsightsAnswer, 400: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const own = ownOf(request, places);
        const found = await desk.list(request.query, departureOf(reply), own);
        return { ...found, cards: found.cards.map((card) => toldTo(request, card)) };
      },
    );

    typed.get(
      '/v1/insights/kinds',
      {
        schema: {
          summary: 'What is looked for, how it is judged, and how useful it was',
          tags,
          querystring: NoQuery,
          response: { 200: InsightKindsAnswer, 400: Problem, 503: Problem },
        },
      },
      (_request, reply) => desk.kinds(departureOf(reply)),
    );

    typed.get(
      '/v1/insights/:id',
      {
        schema: {
          summary: 'One recommendation and what became of it',
          tags,
          params: Id,
          querystring: NoQuery,
          response: { 200: InsightDetail, ...reads },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const found = await desk.insight(id, departureOf(reply), ownOf(request, places));
        if (found !== undefined) {
          const history = mayReadPeople(request)
            ? found.history
            : found.history.map((each) => ({ ...each, sentence: withheldSentence }));
          return { card: toldTo(request, found.card), history };
        }
        throw new RequestError('NOT_FOUND', `There is no recommendation ${id}.`);
      },
    );

    typed.post(
      '/v1/insights/:id/answer',
      {
        schema: {
          summary: 'Say that it is useful or not, put it off, or say that it is done',
          tags,
          params: Id,
          headers: ActorHeaders,
          body: InsightAnswerGiven,
          response: { 200: Card, ...writes },
        },
      },
      async (request) => {
        const { params, body, headers } = request;
        const own = ownOf(request, places);
        const answered = await desk.answer(params.id, body, nameOf(request, headers), own);
        return 'subject' in answered ? toldTo(request, answered) : refuse(answered);
      },
    );

    typed.post(
      '/v1/insights/:id/accept',
      {
        schema: {
          summary:
            'Do what it proposes, with the rights of who asks, and see later whether it helped',
          description:
            'Where the route that does it refuses, its answer is the answer, and nothing is noted.',
          tags,
          params: Id,
          headers: ActorHeaders,
          body: InsightAccept,
          response: { 200: InsightAccepted, ...writes },
        },
      },
      async (request, reply) => {
        const { params, body, headers } = request;
        const outcome = await desk.accept(params.id, body, {
          actor: nameOf(request, headers),
          permissions: request.principal.permissions,
          own: ownOf(request, places),
          perform: (action) => perform(app, request, action),
        });
        switch (outcome.outcome) {
          case 'accepted':
            return { card: toldTo(request, outcome.card), answer: outcome.answer };
          case 'failed':
            return pass(reply, outcome.performed) as never;
          default:
            return refuse(outcome);
        }
      },
    );
  };
}

/** Who signed in; while nobody has an account, as the header names them. */
function nameOf({ principal }: FastifyRequest, headers: z.infer<typeof ActorHeaders>): string {
  return principal.kind === 'local' ? byOf(headers, '').actor : principal.name;
}

/** Headers that are of a connection or of the body of the outer request, not of who asks. */
const notOfWhoAsks = new Set([
  ...['connection', 'content-encoding', 'content-length', 'content-type', 'expect', 'keep-alive'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'accept-encoding', 'idempotency-key'],
]);

/** By the route itself, as if it had been asked by the same client: the same credentials, the same refusals, a record of its own. */
async function perform(
  app: FastifyInstance,
  { headers, ip }: FastifyRequest,
  { method, path, body }: NonNullable<InsightAction['request']>,
): Promise<Performed> {
  const own = Object.entries(headers).filter(([name]) => !notOfWhoAsks.has(name));
  const response = await app.inject({
    ...{ method, url: path, payload: body, remoteAddress: ip },
    headers: Object.fromEntries(own) as Record<string, string>,
  });
  const isJson = /json/.test(String(response.headers['content-type'] ?? ''));
  return { status: response.statusCode, body: isJson ? response.json() : null };
}

/** The problem that the route told. */
function pass(reply: FastifyReply, { status, body }: Performed): FastifyReply {
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(body ?? { type: 'about:blank', title: 'the action failed', status });
}

function refuse(refusal: InsightRefusal): never {
  switch (refusal.outcome) {
    case 'unknown':
      throw new RequestError('NOT_FOUND', 'There is no such recommendation.');
    case 'stale':
      throw new RequestError(
        'REVISION_STALE',
        `It is at revision ${refusal.revision} now. Read it again, and answer to that.`,
        { revision: refusal.revision },
      );
    case 'forbidden':
      throw new RequestError(
        'PERMISSION_MISSING',
        `What it proposes needs the permission “${refusal.needs}”.`,
        { permission: refusal.needs },
      );
    case 'refused':
      throw new RequestError('INSIGHT_REFUSED', refusal.sentence);
  }
}
