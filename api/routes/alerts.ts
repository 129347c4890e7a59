/** `/v1/alerts`: what was not as it should be, and what people say to it; `/v1/happenings`: what happened besides. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Alert, alertStates } from '../../contracts/alert.ts';
import { Problem } from '../../contracts/api.ts';
import { lanes } from '../../contracts/watch.ts';
import {
  AlertAnswer,
  AlertDetail,
  AlertsAnswer,
  HappeningsAnswer,
} from '../../contracts/watchApi.ts';
import type { PlaceBook } from '../../control/places/placeBook.ts';
import { mayReadPeople, ownOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import {
  alertDetailForGroups,
  alertForGroups,
  happeningForGroups,
} from '../forGroups/alertForGroups.ts';
import { RequestError } from '../problems.ts';
import type { Sight, WatchDesk } from '../watchDesk.ts';
import { actorOf } from './actorOf.ts';
import { NoQuery, timeQuery } from './parameters.ts';
import { ActorHeaders, refuse } from './writing.ts';

const Id = z.object({ id: z.string().min(1).max(200) });
const tags = ['alerts'];
const reads = { 400: Problem, 404: Problem, 503: Problem };

const AlertsQuery = timeQuery({
  state: z
    .enum(['open', ...alertStates])
    .optional()
    .describe('open: every state but resolved'),
  watch: z.string().max(100).optional().describe('key of a watch'),
  lane: z.enum(lanes).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('most alerts'),
});

/** Without a beginning: a week. */
const defaultSpanMs = 7 * 24 * 3_600_000;

const answers = {
  acknowledge: 'Say that somebody takes care of it',
  close: 'Say that it is over, or that it was none',
} as const;

/** @param clock ms since 1970 */
export function alertRoutes(
  desk: WatchDesk,
  places: Pick<PlaceBook, 'placeOf'>,
  clock: () => number = Date.now,
) {
  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/alerts',
      {
        schema: {
          summary: 'Alerts, the newest first',
          description: '`from` and `to`: those that were open in between, by event time.',
          tags,
          querystring: AlertsQuery,
          response: { 200: AlertsAnswer, 400: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const sees = sightOf(request, places);
        const found = await desk.alerts(request.query, departureOf(reply), sees);
        return sees.people ? found : { ...found, alerts: found.alerts.map(alertForGroups) };
      },
    );

    typed.get(
      '/v1/alerts/:id',
      {
        schema: {
          summary: 'One alert: its course, what became of it, where it was told',
          tags,
          params: Id,
          querystring: NoQuery,
          response: { 200: AlertDetail, ...reads },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        const sees = sightOf(request, places);
        const found = await desk.alert(id, departureOf(reply), sees);
        if (found !== undefined) return sees.people ? found : alertDetailForGroups(found);
        throw new RequestError('NOT_FOUND', `There is no alert ${id}.`);
      },
    );

    for (const answer of ['acknowledge', 'close'] as const) {
      typed.post(
        `/v1/alerts/:id/${answer}`,
        {
          schema: {
            summary: answers[answer],
            tags,
            params: Id,
            headers: ActorHeaders,
            body: AlertAnswer,
            response: { 200: Alert, ...reads, 422: Problem },
          },
        },
        async (request) => {
          const { params, body } = request;
          const given = { ...body, actor: actorOf(request, body.actor) };
          const sees = sightOf(request, places);
          const answered = await desk[answer](params.id, given, sees);
          if ('outcome' in answered) return refuse<never>(answered, 'alert');
          return sees.people ? answered : alertForGroups(answered);
        },
      );
    }

    typed.get(
      '/v1/happenings',
      {
        schema: {
          summary:
            'What happened: changes by people, days of the calendar, alerts; the oldest first',
          tags,
          querystring: timeQuery({}),
          response: { 200: HappeningsAnswer, 400: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const { from, to = clock() } = request.query as { from?: number; to?: number };
        const span = { from: from ?? to - defaultSpanMs, to };
        const sees = sightOf(request, places);
        const happenings = await desk.happenings(span, departureOf(reply), sees);
        return {
          happenings: sees.people ? happenings : happenings.map(happeningForGroups),
        };
      },
    );
  };
}

/** Alerts may be about single people, and belong where their watch does. */
function sightOf(request: FastifyRequest, places: Pick<PlaceBook, 'placeOf'>): Sight {
  const own = ownOf(request, places);
  const sees = { people: mayReadPeople(request) };
  return own === undefined ? sees : { ...sees, own };
}
