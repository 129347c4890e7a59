/** `/v1/sessions`: one's own, where else one is signed in, and how that ends. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { SessionId, SessionsAnswer } from '../../contracts/accessApi.ts';
import { Problem } from '../../contracts/api.ts';
import type { AccessBook } from '../../control/access/accessBook.ts';
import type { Credential, PersonSession } from '../../control/access/credentials.ts';
import { shortId } from '../../control/access/endOneSession.ts';
import { RequestError } from '../problems.ts';
import { NoQuery } from './parameters.ts';

const tags = ['access'];

export function ownSessionRoutes(book: AccessBook) {
  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/sessions',
      {
        schema: {
          summary: 'The own sessions that are open: the one that was used last first',
          tags,
          querystring: NoQuery,
          response: { 200: SessionsAnswer, 400: Problem, 401: Problem },
        },
      },
      async (request) => {
        const own = ownSession(request);
        return sessionsOf(book, own.account, own);
      },
    );

    typed.delete(
      '/v1/sessions',
      {
        schema: {
          summary: 'End all own sessions but this one',
          tags,
          querystring: NoQuery,
          response: { 200: SessionsAnswer, 400: Problem, 401: Problem, 503: Problem },
        },
      },
      async (request) => {
        const own = ownSession(request);
        await book.endSessions(book.openSessions(own.account).filter(({ id }) => id !== own.id));
        return sessionsOf(book, own.account, own);
      },
    );

    typed.delete(
      '/v1/sessions/:session',
      {
        schema: {
          summary: 'End one of the own sessions',
          tags,
          params: z.object({ session: SessionId }),
          querystring: NoQuery,
          response: {
            ...{ 200: SessionsAnswer, 400: Problem, 401: Problem },
            ...{ 404: Problem, 503: Problem },
          },
        },
      },
      async (request) => {
        const own = ownSession(request);
        const open = book.openSessions(own.account);
        const found = open.find(({ id }) => shortId(id) === request.params.session);
        if (found === undefined) throw sessionAbsent();
        await book.endSessions([found]);
        return sessionsOf(book, own.account, own);
      },
    );
  };
}

/** @throws RequestError SIGN_IN_NEEDED */
function ownSession({ principal, credential }: FastifyRequest): PersonSession {
  if (principal.kind === 'person' && credential?.kind === 'session') return credential;
  throw new RequestError('SIGN_IN_NEEDED', 'Only who has signed in has sessions.');
}

/** @param asking by what it is asked for: its own session is marked */
export function sessionsOf(
  book: AccessBook,
  account: string,
  asking: Credential | undefined,
): SessionsAnswer {
  return {
    sessions: book.openSessions(account).map((each) => {
      const { id, madeAt, seenAt, expiresAt, address, browser, system } = each;
      return {
        ...{ id: shortId(id), madeAt, usedAt: seenAt, expiresAt, address, browser, system },
        isThis: each === asking,
      };
    }),
  };
}

export function sessionAbsent(): RequestError {
  return new RequestError('NOT_FOUND', 'There is no open session of this id.');
}
