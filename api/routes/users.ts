/** `/v1/users/:id`: what is learnt of a person, all that is stored of them, and its erasure. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import { nameLengthMax } from '../../contracts/event.ts';
import { ErasureReceipt, UserAnswer } from '../../contracts/userApi.ts';
import type { PlaceBook } from '../../control/places/placeBook.ts';
import type { OwnPart } from '../../control/users/placedUser.ts';
import { ownOf } from '../access/readerOf.ts';
import { RequestError } from '../problems.ts';
import { NoQuery } from './parameters.ts';

/** What these routes need of the engine. */
export interface UserDesk {
  /** @throws EngineError SINK_UNAVAILABLE */
  read(user: string): Promise<UserAnswer>;
  /** The same as far as own courses and policies go. @returns undefined: nothing of them may be seen */
  readPlaced(user: string, own: OwnPart): Promise<UserAnswer | undefined>;
  /** Their events in own courses. @returns undefined: nothing of them may be seen */
  exportedPlaced(user: string, own: OwnPart): Promise<AsyncIterable<string> | undefined>;
  /** Lines of JSON. @throws EngineError SINK_UNAVAILABLE */
  exported(user: string): AsyncIterable<string>;
  /** @throws EngineError SINK_UNAVAILABLE, and what the log refuses */
  erase(user: string): Promise<ErasureReceipt>;
}

const User = z.object({
  user: z
    .string()
    .min(1)
    .max(nameLengthMax)
    .refine((text) => !text.includes('\0'), 'must not contain U+0000'),
});
const tags = ['users'];
const answers = { 400: Problem, 503: Problem };

export function userRoutes(desk: UserDesk, places: Pick<PlaceBook, 'placeOf'>) {
  /** @returns undefined: all of everybody may be seen */
  function partOf(request: FastifyRequest): OwnPart | undefined {
    const { within } = request;
    const own = ownOf(request, places);
    if (within === 'everywhere' || own === undefined) return undefined;
    return { courses: within.courses, isOwnPolicy: (policy) => own('policy', policy) };
  }

  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/users/:user',
      {
        schema: {
          summary: 'What is learnt of a user, and what was decided for them',
          description:
            'A user of whom nothing is known has an empty answer; for those who may not see all places, 404, as who was never in their courses.',
          tags,
          params: User,
          querystring: NoQuery,
          response: { 200: UserAnswer, ...answers, 404: Problem },
        },
      },
      async (request) => {
        const { user } = request.params;
        const part = partOf(request);
        const found = part === undefined ? desk.read(user) : desk.readPlaced(user, part);
        return (await found) ?? unknown(user);
      },
    );

    typed.get(
      '/v1/users/:user/export',
      {
        schema: {
          summary: 'All that is stored of a user, as lines of JSON',
          tags,
          params: User,
          querystring: NoQuery,
          response: { ...answers, 404: Problem },
        },
      },
      async (request, reply) => {
        const { user } = request.params;
        const part = partOf(request);
        const found =
          part === undefined ? desk.exported(user) : await desk.exportedPlaced(user, part);
        // The first line before the answer begins: what cannot be read is still told as a problem.
        const lines = (found ?? unknown(user))[Symbol.asyncIterator]();
        const first = await lines.next();
        const all = (async function* () {
          if (first.done !== true) yield first.value;
          yield* { [Symbol.asyncIterator]: () => lines };
        })();
        reply.header('content-disposition', 'attachment; filename="export.ndjson"');
        reply.type('application/x-ndjson');
        // The schema knows of problems only.
        return (reply as FastifyReply).send(Readable.from(all));
      },
    );

    typed.delete(
      '/v1/users/:user',
      {
        schema: {
          summary: 'Erase a user: what was learnt, what they did, what was decided for them',
          description:
            'Answers with a receipt, when the data plane has saved that it forgot, or after half a minute: what was removed, who had ' +
            'learnt from it, what stays and why, and whether it is final. Events that come afterwards begin anew. It can be asked ' +
            'for again.',
          tags,
          params: User,
          querystring: NoQuery,
          response: { 200: ErasureReceipt, ...answers },
        },
      },
      ({ params: { user } }) => desk.erase(user),
    );
  };
}

/** The same whether there is none or they were never in an own course. */
function unknown(user: string): never {
  throw new RequestError('NOT_FOUND', `There is no user ${user}.`);
}
