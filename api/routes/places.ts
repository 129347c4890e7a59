/** `/v1/places` and `/v1/belongings`: which places there are, and which definitions belong to them. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import {
  PlacedKind,
  type PlacedKind as PlacedKinds,
  type PlaceRef,
  placeKey,
} from '../../contracts/place.ts';
import {
  Belonging,
  BelongingChange,
  BelongingsAnswer,
  PlacesAnswer,
  PlacesChange,
} from '../../contracts/placeApi.ts';
import type { PlaceBook } from '../../control/places/placeBook.ts';
import { noDefinition, noPlace } from '../access/guard.ts';
import { mayReadPeople, ownOf } from '../access/readerOf.ts';
import { departureOf } from '../departure.ts';
import { RequestError } from '../problems.ts';
import { flag, NoQuery } from './parameters.ts';
import { ActorHeaders, byOf } from './writing.ts';

export interface CourseReader {
  /** Courses of the events of 30 days that are placed nowhere, the most frequent first. */
  unplaced(
    isPlaced: (course: string) => boolean,
    signal?: AbortSignal,
  ): Promise<PlacesAnswer['unplaced']>;
}

/** What there is that can belong to a place: keys by kind. Models may be watched without being known here. */
export type Definitions = Readonly<Record<PlacedKinds, () => readonly string[]>>;

const Target = z.object({ kind: PlacedKind, key: z.string().min(1).max(256) });
const PlacesQuery = z.strictObject({
  unplaced: flag('true').describe('also the courses that are placed nowhere'),
});
const tags = ['places'];
const reads = { 400: Problem, 404: Problem, 503: Problem };
const writes = { ...reads, 409: Problem, 422: Problem };
/** Ten thousand places with long names. */
const bytesMax = 16_000_000;

export function placeRoutes(book: PlaceBook, definitions: Definitions, reader: CourseReader) {
  function nodesFor({ within }: FastifyRequest): PlacesAnswer['places'] {
    const { nodes } = book.tree;
    if (within === 'everywhere') return [...nodes];
    const own = nodes.filter((node) => within.places.has(placeKey(node)));
    const shown = new Set([...own.flatMap((node) => book.tree.around(node)), ...own].map(placeKey));
    return nodes.filter((node) => shown.has(placeKey(node)));
  }

  async function answerFor(
    request: FastifyRequest,
    isAsked: boolean,
    signal?: AbortSignal,
  ): Promise<PlacesAnswer> {
    const { scope } = request.principal;
    const isPlaced = (name: string) => book.tree.has({ level: 'course', name });
    return {
      revision: book.revision,
      places: nodesFor(request),
      // Courses of few people are not named to others.
      unplaced:
        isAsked && request.within === 'everywhere' && mayReadPeople(request)
          ? await reader.unplaced(isPlaced, signal)
          : [],
      mine: scope === 'everywhere' ? scope : book.tree.named(scope),
    };
  }

  /** By kind and key. */
  function known(): { readonly kind: PlacedKinds; readonly key: string }[] {
    const there = PlacedKind.options.flatMap((kind) =>
      definitions[kind]().map((key) => ({ kind, key })),
    );
    const names = new Set(there.map(({ kind, key }) => `${kind} ${key}`));
    const others = book.belongings().filter(({ kind, key }) => !names.has(`${kind} ${key}`));
    return [...there, ...others.map(({ kind, key }) => ({ kind, key }))];
  }

  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/places',
      {
        schema: {
          summary: 'Institutions, their programmes and courses',
          description:
            'Of those who may not see all of them: their own, and what these lie in. `unplaced`: courses of events that the registry has not.',
          tags,
          querystring: PlacesQuery,
          response: { 200: PlacesAnswer, 400: Problem, 503: Problem },
        },
      },
      (request, reply) => answerFor(request, request.query.unplaced, departureOf(reply)),
    );

    typed.put(
      '/v1/places',
      {
        bodyLimit: bytesMax,
        schema: {
          summary: 'Say which places there are: all of them, from the revision that was seen',
          description:
            '409 when the revision is not the newest; 422 with `problems`, a sentence each.',
          tags,
          headers: ActorHeaders,
          body: PlacesChange,
          response: { 200: PlacesAnswer, ...writes },
        },
      },
      async (request, reply) => {
        const { places, revision, reason } = request.body;
        const written = await book.put(places, revision, byOf(request.headers, reason));
        if (written.outcome === 'refused') throw refused(written.sentences);
        if (written.outcome === 'stale') {
          throw new RequestError(
            'REVISION_STALE',
            `It is at revision ${written.revision} now. Read it again, and make the change from there.`,
            { revision: written.revision },
          );
        }
        return answerFor(request, true, departureOf(reply));
      },
    );

    typed.get(
      '/v1/belongings',
      {
        schema: {
          summary:
            'Which experiments, policies, watches and models there are, and where they belong',
          tags,
          querystring: NoQuery,
          response: { 200: BelongingsAnswer, 400: Problem },
        },
      },
      async (request) => {
        const own = ownOf(request, book);
        return {
          belongings: known()
            .filter(({ kind, key }) => own?.(kind, key) !== false)
            .map(({ kind, key }) => ({ kind, key, place: book.placeOf(kind, key) })),
        };
      },
    );

    typed.put(
      '/v1/belongings/:kind/:key',
      {
        schema: {
          summary: 'Say where a definition belongs; null: to the whole engine alone',
          description:
            'Whoever may not see all places moves what is theirs between their own places.',
          tags,
          params: Target,
          headers: ActorHeaders,
          body: BelongingChange,
          response: { 200: Belonging, ...writes },
        },
      },
      async (request) => {
        const { params, body, headers, within } = request;
        const { kind, key } = params;
        const { place, reason } = body;
        const own = ownOf(request, book);
        if (own?.(kind, key) === false || !isThere(kind, key)) throw noDefinition(kind, key);
        if (place !== null && !isOwn(place, within)) throw noPlace(place);
        if (place === null && within !== 'everywhere') {
          throw refused(['Only whoever may see all places takes it out of them.']);
        }
        await book.move(kind, key, place, byOf(headers, reason));
        return { kind, key, place };
      },
    );
  };

  function isThere(kind: PlacedKinds, key: string): boolean {
    // Models are watched under names that are defined nowhere.
    return kind === 'model' || definitions[kind]().includes(key);
  }

  function isOwn(place: PlaceRef, within: FastifyRequest['within']): boolean {
    return within === 'everywhere' ? book.tree.has(place) : within.places.has(placeKey(place));
  }
}

function refused(sentences: readonly string[]): RequestError {
  const problems = sentences.map((sentence) => ({ severity: 'problem', field: '', sentence }));
  return new RequestError('PLACE_REFUSED', sentences.join(' '), { problems });
}
