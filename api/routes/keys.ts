/** `/v1/keys`: the keys by which programs are known. A key is shown once; its revocation is final. */
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  ApiKey,
  ApiKeyMade,
  ApiKeysAnswer,
  NewApiKey,
  Revocation,
} from '../../contracts/accessApi.ts';
import { Problem } from '../../contracts/api.ts';
import type { KnownKey } from '../../control/access/credentials.ts';
import { beyondOwn as beyond, isWithin } from '../../control/access/rights.ts';
import type { ServerAccess } from '../access/serverAccess.ts';
import { RequestError } from '../problems.ts';
import { beyondOwn, expectName, giverOf } from './accounts.ts';
import { NoQuery } from './parameters.ts';
import { ActorHeaders, takeEmptyBodies } from './writing.ts';

const tags = ['access'];
const Id = z.object({ id: z.string().min(1).max(100) });
const bodyLimit = 65_536;
const writes = { 400: Problem, 403: Problem, 404: Problem, 422: Problem, 503: Problem };
/** `prefix` holds the id; either names a key. */
const idOf = (given: string) => (given.startsWith('mr_') ? given.slice(3) : given);

/** @param lastUses when each key was used last, as it is stored, ms since 1970 */
export function keyRoutes(
  { book }: ServerAccess,
  lastUses: () => Promise<ReadonlyMap<string, number>>,
  clock: () => number,
) {
  const shown = (known: KnownKey, uses: ReadonlyMap<string, number>): ApiKey => {
    const { id, prefix, madeAt, madeBy, expiresAt, revokedAt, principal } = known;
    const used = Math.max(known.usedAt ?? 0, uses.get(id) ?? 0);
    return {
      ...{ id, prefix, madeAt, madeBy, expiresAt, revokedAt, name: principal.name },
      permissions: [...principal.permissions],
      scope: principal.scope as never,
      lastUsedAt: used === 0 ? null : used,
    };
  };

  return async (app: FastifyInstance): Promise<void> => {
    takeEmptyBodies(app);
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/keys',
      {
        schema: {
          summary: 'All API keys, also those that are over; the newest first',
          tags,
          querystring: NoQuery,
          response: { 200: ApiKeysAnswer, 400: Problem, 503: Problem },
        },
      },
      async () => {
        const uses = await lastUses();
        return { keys: book.keys().map((each) => shown(each, uses)) };
      },
    );

    typed.post(
      '/v1/keys',
      {
        bodyLimit,
        schema: {
          summary: 'Make an API key: it is answered, this once',
          description:
            'Send it as `Authorization: Bearer mr_…`. Nobody gives a permission or a place that they have not.',
          tags,
          headers: ActorHeaders,
          body: NewApiKey,
          response: { 201: ApiKeyMade, ...writes },
        },
      },
      async (request, reply) => {
        const { name, permissions, scope, expiresAt, reason } = request.body;
        expectName(name);
        if (expiresAt !== null && !(expiresAt > clock())) {
          throw new RequestError('ACCOUNT_REFUSED', 'The key would have expired already.');
        }
        const giver = giverOf(request, reason);
        const missing = beyond(giver.principal, permissions);
        if (missing.length > 0) throw beyondOwn(missing);
        if (!isWithin(scope, giver.principal.scope)) {
          throw new RequestError('PERMISSION_MISSING', 'Nobody gives places that they have not.');
        }
        const given = { name, scope, expiresAt, permissions: [...new Set(permissions)] };
        const { made, key } = await book.makeKey(given, giver);
        return reply.code(201).send({ made: shown(made, new Map()), key });
      },
    );

    typed.delete(
      '/v1/keys/:id',
      {
        schema: {
          summary: 'Revoke an API key: for good, in every process within about a second',
          tags,
          params: Id,
          headers: ActorHeaders,
          body: Revocation.nullish(),
          response: { 200: ApiKey, ...writes },
        },
      },
      async (request) => {
        const giver = giverOf(request, request.body?.reason ?? '');
        const revoked = await book.revokeKey(idOf(request.params.id), giver);
        if (revoked === undefined || revoked.isOwn) {
          throw new RequestError('NOT_FOUND', 'There is no key of this id.');
        }
        return shown(revoked, await lastUses());
      },
    );
  };
}
