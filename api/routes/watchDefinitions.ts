/**
 * `/v1/watches`, `/v1/routes`, `/v1/mutes` and `/v1/calendar`: what is watched, where alerts are told, when nobody is told, and
 * which days are unlike others. All four are read and changed in one way.
 */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import {
  CalendarAnswer,
  DefinedDays,
  DefinedMute,
  DefinedRoute,
  DefinedWatch,
  DefinitionChange,
  definitionWritten,
  MutesAnswer,
  RoutesAnswer,
  RouteTested,
  revisionsAnswer,
  WatchCheck,
  WatchChecked,
  WatchesAnswer,
} from '../../contracts/watchApi.ts';
import type { PlaceBook } from '../../control/places/placeBook.ts';
import type { DefinitionShelf } from '../../control/watching/definitionShelf.ts';
import { mayReadPeople, ownOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import { standingForGroups } from '../forGroups/alertForGroups.ts';
import { RequestError } from '../problems.ts';
import type { WatchDesk } from '../watchDesk.ts';
import { actorOf } from './actorOf.ts';
import { NoQuery } from './parameters.ts';
import { ActorHeaders, refuse, takeEmptyBodies } from './writing.ts';

const Key = z.object({ key: z.string().min(1).max(100) });
const reads = { 400: Problem, 404: Problem, 503: Problem };
const writes = { ...reads, 409: Problem, 422: Problem };

interface Collection<Content extends { readonly key: string }> {
  /** As its path names it. */
  readonly path: 'watches' | 'routes' | 'mutes' | 'calendar';
  readonly what: 'watch' | 'route' | 'mute window' | 'calendar entry';
  readonly shelf: DefinitionShelf<Content>;
  readonly schema: z.ZodObject;
  onChanged(): void;
}

export function watchDefinitionRoutes(desk: WatchDesk, places: Pick<PlaceBook, 'placeOf'>) {
  const { watches, routes, mutes, days } = desk.book;
  return async (app: FastifyInstance): Promise<void> => {
    takeEmptyBodies(app);
    const typed = app.withTypeProvider<ZodTypeProvider>();

    typed.get(
      '/v1/watches',
      {
        schema: {
          summary: 'What is watched, and how it stands',
          tags: ['watches'],
          querystring: NoQuery,
          response: { 200: WatchesAnswer, 400: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const own = ownOf(request, places);
        const standings = await desk.standings(departureOf(reply));
        const watches = standings.filter(
          ({ watch }) => own?.('watch', watch.definition.key) !== false,
        );
        return { watches: mayReadPeople(request) ? watches : watches.map(standingForGroups) };
      },
    );

    typed.post(
      '/v1/watches/check',
      {
        schema: {
          summary: 'What is wrong with a watch, and how often it would have alerted',
          description:
            'Judges what is stored of the last five weeks, of which a judge first sees the first. Nothing is stored.',
          tags: ['watches'],
          body: WatchCheck,
          response: { 200: WatchChecked, 400: Problem, 503: Problem },
        },
      },
      async ({ body: { definition } }, reply) => desk.check(definition, departureOf(reply)),
    );

    typed.get(
      '/v1/routes',
      {
        schema: {
          summary: 'Where alerts are told',
          tags: ['watches'],
          querystring: NoQuery,
          response: { 200: RoutesAnswer, 400: Problem },
        },
      },
      async () => ({ routes: routes.all() }),
    );

    typed.post(
      '/v1/routes/:key/test',
      {
        schema: {
          summary: 'Tells on a route that it is a test, and whether that was possible',
          tags: ['watches'],
          params: Key,
          body: z.strictObject({}).nullish(),
          response: { 200: RouteTested, ...reads },
        },
      },
      async ({ params: { key } }, reply) => {
        const route = routes.get(key)?.definition;
        if (route === undefined) throw unknown('route', key);
        return desk.testRoute(route, departureOf(reply));
      },
    );

    typed.get(
      '/v1/mutes',
      {
        schema: {
          summary: 'When alerts are kept and nobody is told',
          tags: ['watches'],
          querystring: NoQuery,
          response: { 200: MutesAnswer, 400: Problem },
        },
      },
      async () => ({ mutes: mutes.all() }),
    );

    typed.get(
      '/v1/calendar',
      {
        schema: {
          summary: 'Days that are unlike their day of the week',
          tags: ['watches'],
          querystring: NoQuery,
          response: { 200: CalendarAnswer, 400: Problem },
        },
      },
      async () => ({ calendar: days.all() }),
    );

    const onChanged = () => desk.changed();
    const write = <Content extends { readonly key: string }>(
      of: Omit<Collection<Content>, 'onChanged'>,
    ) => writeRoutes(app, { ...of, onChanged });
    write({ path: 'watches', what: 'watch', shelf: watches, schema: DefinedWatch });
    write({ path: 'routes', what: 'route', shelf: routes, schema: DefinedRoute });
    write({ path: 'mutes', what: 'mute window', shelf: mutes, schema: DefinedMute });
    write({ path: 'calendar', what: 'calendar entry', shelf: days, schema: DefinedDays });
  };
}

/** How one is made, changed, removed and put back. */
function writeRoutes<Content extends { readonly key: string }>(
  app: FastifyInstance,
  { path, what, shelf, schema, onChanged }: Collection<Content>,
): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const tags = ['watches'];
  const Written = definitionWritten(schema);

  typed.put(
    `/v1/${path}/:key`,
    {
      schema: {
        summary: `Make a ${what}, or change it`,
        description:
          'With revision 0 it is made, else changed from the revision that was seen. 409 when that is not the newest; 422 with ' +
          '`problems` when it is refused.',
        tags,
        params: Key,
        headers: ActorHeaders,
        body: DefinitionChange,
        response: { 200: Written, 201: Written, ...writes },
      },
    },
    async (request, reply) => {
      const { params, body } = request;
      const { key } = params;
      const by = { actor: actorOf(request, body.actor), reason: body.reason };
      const written = refuse(await shelf.put(key, body.definition, body.revision, by), what);
      if (written.outcome === 'removed') throw new TypeError('put: expected no removal');
      const { defined, problems, outcome } = written;
      onChanged();
      reply.code(outcome === 'created' ? 201 : 200);
      return { ...defined, problems: [...problems] };
    },
  );

  typed.delete(
    `/v1/${path}/:key`,
    {
      schema: {
        summary: `Remove a ${what}; it comes back by putting one of its revisions`,
        tags,
        params: Key,
        headers: ActorHeaders,
        querystring: z.strictObject({
          revision: z.coerce
            .number()
            .int()
            .min(1)
            .optional()
            .describe('that was seen; absent: the newest'),
          reason: z.string().max(4_096).default(''),
        }),
        response: { 200: z.object({ revision: z.number().int() }), ...writes },
      },
    },
    async (request) => {
      const { key } = request.params;
      const { revision, reason } = request.query;
      const seen = revision ?? shelf.get(key)?.revision;
      if (seen === undefined) throw unknown(what, key);
      const by = { actor: actorOf(request), reason };
      const written = refuse(await shelf.remove(key, seen, by), what);
      onChanged();
      return { revision: written.outcome === 'removed' ? written.revision : seen };
    },
  );

  typed.get(
    `/v1/${path}/:key/revisions`,
    {
      schema: {
        summary: `All revisions of a ${what}, also of one that was removed; the newest first`,
        tags,
        params: Key,
        querystring: NoQuery,
        response: { 200: revisionsAnswer(schema), ...reads },
      },
    },
    async ({ params: { key } }) => {
      const history = shelf.history(key);
      if (history === undefined) throw unknown(what, key);
      return {
        revisions: history
          .filter(({ definition }) => definition !== null)
          .map((each) => ({ ...each })),
        removals: history
          .filter(({ definition }) => definition === null)
          .map(({ revision, at, actor, reason }) => ({ revision, at, actor, reason })),
      };
    },
  );
}

function unknown(what: string, key: string): RequestError {
  return new RequestError('NOT_FOUND', `There is no ${what} ${key}.`);
}
