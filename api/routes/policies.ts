/** `/v1/policies`: what decides, and everything that an administrator does with it. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../contracts/api.ts';
import { ExperimentChecked } from '../../contracts/experimentApi.ts';
import {
  AlgorithmsAnswer,
  ExplainQuery,
  PoliciesAnswer,
  PolicyDetail,
  PolicyExplanation,
  PolicyMove,
  type PolicySummary,
  PolicyWrite,
  PolicyWritten,
} from '../../contracts/policyApi.ts';
import { moveNames } from '../../control/definitions/life.ts';
import type { PlaceBook } from '../../control/places/placeBook.ts';
import type { KnownPolicy } from '../../control/policies/known.ts';
import { ownOf } from '../access/readerOf.ts';
import { describeAlgorithms } from '../decisions/describeAlgorithms.ts';
import type { PolicyDesk } from '../decisions/policyDesk.ts';
import { departureOf } from '../departure.ts';
import { RequestError } from '../problems.ts';
import { createSlots } from '../queries/slots.ts';
import { NoQuery } from './parameters.ts';
import { ActorHeaders, byOf, discreet, refuse, takeEmptyBodies } from './writing.ts';

const Key = z.object({ key: z.string().min(1).max(100) });
const tags = ['policies'];
const reads = { 400: Problem, 404: Problem, 503: Problem };
const writes = { ...reads, 409: Problem, 422: Problem };

const moveWords = {
  start: 'Start a draft: it decides from now on',
  pause: 'Pause: it decides nothing until it is resumed',
  resume: 'Resume what was paused',
  stop: 'Stop for good; what it has learnt stays readable',
  archive: 'Put away a draft or what was stopped',
} as const;

export function policyRoutes(
  { registry, explain }: PolicyDesk,
  places: Pick<PlaceBook, 'placeOf'>,
) {
  // An explanation makes many decisions: one after the other.
  const slots = createSlots(1, 16);

  function known(key: string): KnownPolicy {
    const found = registry.policy(key);
    if (found !== undefined) return found;
    throw new RequestError('NOT_FOUND', `There is no policy ${key}.`);
  }

  return async (app: FastifyInstance): Promise<void> => {
    takeEmptyBodies(app);
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/policies',
      {
        schema: {
          summary: 'All policies',
          tags,
          querystring: NoQuery,
          response: { 200: PoliciesAnswer, 400: Problem },
        },
      },
      async (request) => {
        const own = ownOf(request, places);
        const shown = registry
          .policies()
          .filter(({ record }) => own?.('policy', record.policy.key) !== false);
        return { policies: shown.map(summaryOf) };
      },
    );

    typed.post(
      '/v1/policies',
      {
        schema: {
          summary: 'Create a policy: a draft',
          description:
            '422 with `problems`, in sentences, when it is not sound; remarks are answered beside it.',
          tags,
          headers: ActorHeaders,
          body: PolicyWrite.omit({ revision: true }),
          response: { 201: PolicyWritten, ...writes },
        },
      },
      async ({ headers, body: { policy, reason } }, reply) => {
        const written = await registry.create(policy, byOf(headers, reason));
        return reply.code(201).send(refuse(written, 'policy'));
      },
    );

    typed.post(
      '/v1/policies/check',
      {
        schema: {
          summary: 'What is wrong with a definition, or worth a remark; nothing is stored',
          tags,
          body: PolicyWrite,
          response: { 200: ExperimentChecked, 400: Problem },
        },
      },
      async ({ body: { policy } }) => ({ problems: registry.check(policy) }),
    );

    typed.get(
      '/v1/policies/algorithms',
      {
        schema: {
          summary: 'By what a policy may choose and learn, with parameters',
          tags,
          querystring: NoQuery,
          response: { 200: AlgorithmsAnswer, 400: Problem },
        },
      },
      async () => describeAlgorithms(),
    );

    typed.get(
      '/v1/policies/:key',
      {
        schema: {
          summary: 'One policy: definition, and the record of its changes',
          tags,
          params: Key,
          querystring: NoQuery,
          response: { 200: PolicyDetail, ...reads },
        },
      },
      async ({ params: { key }, within }) => {
        const { record, head, changes } = known(key);
        const { policy } = record;
        return {
          policy,
          revision: head.revision,
          // They may name what belongs elsewhere.
          problems: within === 'everywhere' ? registry.check(policy) : [],
          record: [...changes].reverse(),
        };
      },
    );

    typed.put(
      '/v1/policies/:key',
      {
        schema: {
          summary: 'Change a policy',
          description:
            'A draft may change in any way; a live policy as far as what it has learnt keeps its meaning: another algorithm, ' +
            'floor, holdout, control, pin, cap or action begins a new stage. 409 when `revision` is not the newest; 422 with ' +
            '`problems` when the change is refused.',
          tags,
          params: Key,
          headers: ActorHeaders,
          body: PolicyWrite.required({ revision: true }),
          response: { 200: PolicyWritten, ...writes },
        },
      },
      async ({ params: { key }, headers, body: { policy, revision, reason } }) =>
        refuse(await registry.change(key, policy, revision, byOf(headers, reason)), 'policy'),
    );

    typed.post(
      '/v1/policies/:key/explain',
      {
        schema: {
          summary: 'Why a user would get what, and what would have to be different',
          description:
            'By what is learnt now; nothing is written. `instead`: other attributes to try. Of numeric attributes the nearest ' +
            'value is looked for at which another action would be the most probable.',
          tags,
          params: Key,
          body: ExplainQuery,
          response: { 200: PolicyExplanation, ...reads, 422: Problem },
        },
      },
      async ({ params: { key }, body }, reply) =>
        slots.run(() => explain(key, body), departureOf(reply)),
    );

    for (const move of moveNames) {
      typed.post(
        `/v1/policies/:key/${move}`,
        {
          schema: {
            summary: moveWords[move],
            tags,
            params: Key,
            headers: ActorHeaders,
            body: PolicyMove.nullish(),
            response: { 200: PolicyWritten, ...writes },
          },
        },
        async ({ params: { key }, headers, body, within }) => {
          const written = await registry.move(key, move, byOf(headers, body?.reason ?? ''));
          return refuse(discreet(written, within), 'policy');
        },
      );
    }
  };
}

function summaryOf({ record: { policy }, head }: KnownPolicy): PolicySummary {
  const { key, name, purpose, state, algorithm, actions, stages } = policy;
  return {
    ...{ key, name, purpose, state, algorithm: algorithm.name, actions: actions.length },
    revision: head.revision,
    startedAt: stages[0]?.startAt ?? null,
  };
}
