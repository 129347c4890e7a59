/** `/v1/users/:id`: what is learnt of a person, all that is stored of them, and its erasure. */
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import { nameLengthMax } from '../../contracts/event.ts';
import { ErasureReceipt, UserAnswer } from '../../contracts/userApi.ts';
import { NoQuery } from './parameters.ts';

/** What these routes need of the engine. */
export interface UserDesk {
  /** @throws EngineError SINK_UNAVAILABLE */
  read(user: string): Promise<UserAnswer>;
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

export function userRoutes(desk: UserDesk) {
  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/users/:user',
      {
        schema: {
          summary: 'What is learnt of a user, and what was decided for them',
          description: 'A user of whom nothing is known has an empty answer.',
          tags,
          params: User,
          querystring: NoQuery,
          response: { 200: UserAnswer, ...answers },
        },
      },
      ({ params: { user } }) => desk.read(user),
    );

    typed.get(
      '/v1/users/:user/export',
      {
        schema: {
          summary: 'All that is stored of a user, as lines of JSON',
          tags,
          params: User,
          querystring: NoQuery,
          response: answers,
        },
      },
      async ({ params: { user } }, reply) => {
        // The first line before the answer begins: what cannot be read is still told as a problem.
        const lines = desk.exported(user)[Symbol.asyncIterator]();
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
