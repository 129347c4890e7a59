/** `/v1/users/:user/objection` and `/v1/objections`: who objects to what, told for one person or for many. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import {
  ObjectingUser,
  Objection,
  ObjectionChange,
  ObjectionList,
  ObjectionListAnswer,
  ObjectionReceipt,
  ObjectionsAnswer,
  ObjectionsQuery,
} from '../../contracts/objectionApi.ts';
import type { ObjectionDesk } from '../objectionDesk.ts';
import { actorOf } from './actorOf.ts';
import { NoQuery } from './parameters.ts';
import { ActorHeaders, takeEmptyBodies } from './writing.ts';

const User = z.object({ user: ObjectingUser });
const tags = ['users'];
const answers = { 400: Problem, 503: Problem };

export function objectionRoutes(desk: ObjectionDesk) {
  return async (app: FastifyInstance): Promise<void> => {
    takeEmptyBodies(app);
    const typed = app.withTypeProvider<ZodTypeProvider>();

    typed.get(
      '/v1/users/:user/objection',
      {
        schema: {
          summary: 'To what a user objects',
          tags,
          params: User,
          querystring: NoQuery,
          response: { 200: Objection, ...answers },
        },
      },
      ({ params: { user } }) => desk.read(user),
    );

    typed.put(
      '/v1/users/:user/objection',
      {
        schema: {
          summary:
            'A user objects: to personalization, to experiments, to training, or to all of it',
          description:
            'It holds at once where it is told, and everywhere within two seconds; `to` is the whole of it, from here on. Answers with ' +
            'a receipt. What was learnt of the user is void from here on, and does not come back when the objection is taken back.',
          tags,
          params: User,
          headers: ActorHeaders,
          body: ObjectionChange,
          response: { 200: ObjectionReceipt, ...answers },
        },
      },
      (request) => {
        const { to, reason, actor } = request.body;
        return desk.change(request.params.user, to, { actor: actorOf(request, actor), reason });
      },
    );

    typed.delete(
      '/v1/users/:user/objection',
      {
        schema: {
          summary: 'A user takes back all objections',
          tags,
          params: User,
          headers: ActorHeaders,
          querystring: z.strictObject({ reason: z.string().max(4_096).default('') }),
          response: { 200: ObjectionReceipt, ...answers },
        },
      },
      (request) => {
        const { reason } = request.query;
        return desk.change(request.params.user, [], { actor: actorOf(request), reason });
      },
    );

    typed.get(
      '/v1/objections',
      {
        schema: {
          summary: 'Who objects, by name',
          tags,
          querystring: ObjectionsQuery,
          response: { 200: ObjectionsAnswer, ...answers },
        },
      },
      ({ query }) => desk.list(query),
    );

    typed.post(
      '/v1/objections',
      {
        schema: {
          summary: 'Many users object, each judged by itself',
          description:
            'Such as the list of a school: `{ "objections": [{ "user": "ada" }, { "user": "bob", "to": ["experiments"] }] }`. In the ' +
            'order of the request; where one was not taken, `code` and `problem` say why. Of a user who is named twice the last counts.',
          tags,
          headers: ActorHeaders,
          body: ObjectionList,
          response: { 200: ObjectionListAnswer, ...answers },
        },
      },
      (request) => {
        const { objections, reason, actor } = request.body;
        return desk.changeAll(objections, { actor: actorOf(request, actor), reason });
      },
    );
  };
}
