/** `/v1/session`: who asks; signing in and out; the own password. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { RoleName } from '../../contracts/access.ts';
import { PasswordChange, SessionAnswer, SignIn } from '../../contracts/accessApi.ts';
import { Problem } from '../../contracts/api.ts';
import type { KnownAccount } from '../../control/access/accountLog.ts';
import { setOwnPassword } from '../../control/access/changeAccounts.ts';
import { foldLogin } from '../../control/access/foldLogin.ts';
import { csrfOf } from '../../control/access/secrets.ts';
import type { SessionOrigin } from '../../control/access/sessionRows.ts';
import { addressOf } from '../access/address.ts';
import { browserOf } from '../access/browserOf.ts';
import { sessionCookie, setSessionCookie } from '../access/cookies.ts';
import type { Guard } from '../access/guard.ts';
import { nobody } from '../access/principal.ts';
import type { ServerAccess } from '../access/serverAccess.ts';
import { RequestError } from '../problems.ts';
import { accountWritten } from './accounts.ts';
import { NoQuery } from './parameters.ts';

const tags = ['access'];
/** Nobody has a longer login and password. */
const bodyLimit = 16_384;

export function sessionRoutes(access: ServerAccess, guard: Guard, clock: () => number) {
  const { book, signIns } = access;

  function answer(request: FastifyRequest, token: string | undefined): SessionAnswer {
    const { principal, credential } = request;
    const account = principal.kind === 'person' ? book.account(principal.id) : undefined;
    const session = credential?.kind === 'session' ? credential : undefined;
    const { kind, id, name, permissions, scope } = principal;
    const role: RoleName | null = account?.role ?? (kind === 'local' ? 'admin' : null);
    return {
      access: guard.isOpen(request) ? 'open' : 'required',
      hasAccounts: !book.isEmpty,
      principal:
        kind === 'nobody'
          ? null
          : { kind, id, name, role, permissions: [...permissions], scope: scope as never },
      csrf: session === undefined || token === undefined ? null : csrfOf(token),
      expiresAt: session?.expiresAt ?? null,
      mustChangePassword: account?.mustChange === true,
      now: clock(),
    };
  }

  /** From here on the request is that of the session. */
  function enter(
    request: FastifyRequest,
    reply: FastifyReply,
    { token, session, account }: Begun,
  ): SessionAnswer {
    const seconds = Math.floor(book.sessionMs / 1_000);
    reply.header('set-cookie', setSessionCookie(token, seconds, guard.isSecure(request)));
    request.principal = account.principal;
    request.credential = session;
    return answer(request, token);
  }

  return async (app: FastifyInstance): Promise<void> => {
    const typed = app.withTypeProvider<ZodTypeProvider>();
    typed.get(
      '/v1/session',
      {
        schema: {
          summary: 'Who asks, and whether they have to sign in',
          tags,
          querystring: NoQuery,
          response: { 200: SessionAnswer, 400: Problem },
        },
      },
      async (request) =>
        answer(request, sessionCookie(request.headers.cookie, guard.isSecure(request))),
    );

    typed.post(
      '/v1/session',
      {
        bodyLimit,
        schema: {
          summary: 'Sign in: the session is a cookie',
          description:
            'What changes something needs `csrf` of the answer as the header `millrace-csrf`. After some failures: 429 with `Retry-After`.',
          tags,
          body: SignIn,
          response: { 200: SessionAnswer, 400: Problem, 401: Problem, 429: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        const { login, password } = request.body;
        const signed = await signIns.signIn(login, password, originOf(request));
        if (signed.outcome === 'throttled') throw throttled(signed.retryAfterMs);
        if (signed.outcome === 'refused') {
          // What somebody took for a login may be a password: only the name of an account is written down.
          const { id = '', name = 'nobody' } = signed.account?.principal ?? {};
          request.principal = { ...nobody, id, name };
          throw signInFailed();
        }
        if (request.credential?.kind === 'session') await book.endSessions([request.credential]);
        return enter(request, reply, signed);
      },
    );

    typed.delete(
      '/v1/session',
      {
        schema: {
          summary: 'Sign out',
          tags,
          querystring: NoQuery,
          response: { 204: z.null(), 400: Problem, 503: Problem },
        },
      },
      async (request, reply) => {
        reply.header('set-cookie', setSessionCookie('', 0, guard.isSecure(request)));
        if (request.credential?.kind === 'session') await book.endSessions([request.credential]);
        return reply.code(204).send(null);
      },
    );

    typed.post(
      '/v1/session/password',
      {
        bodyLimit,
        schema: {
          summary: 'Change the own password: all sessions of the account end, this one begins anew',
          tags,
          body: PasswordChange,
          response: {
            ...{ 200: SessionAnswer, 400: Problem, 401: Problem, 422: Problem },
            ...{ 429: Problem, 503: Problem },
          },
        },
      },
      async (request, reply) => {
        const { principal, credential, body } = request;
        if (principal.kind !== 'person' || credential?.kind !== 'session') {
          throw new RequestError('SIGN_IN_NEEDED', 'Only who has signed in has a password.');
        }
        const account = book.account(principal.id)!;
        const isRight = await signIns.isOwnPassword(account, body.current);
        if (typeof isRight === 'number') throw throttled(isRight);
        if (!isRight) throw new RequestError('SIGN_IN_FAILED', 'This is not the present password.');
        if (body.next === body.current || foldLogin(body.next) === foldLogin(account.login)) {
          throw new RequestError(
            'ACCOUNT_REFUSED',
            'Take another password: neither the present one nor the login.',
          );
        }
        const by = { principal, actor: principal.name, reason: 'The own password.' };
        const changed = accountWritten(await setOwnPassword(book, body.next, by));
        return enter(request, reply, {
          account: changed,
          ...(await book.beginSession(changed, originOf(request))),
        });
      },
    );
  };
}

interface Begun extends Awaited<ReturnType<ServerAccess['book']['beginSession']>> {
  readonly account: KnownAccount;
}

function originOf({ ip, headers }: FastifyRequest): SessionOrigin {
  return { address: addressOf(ip), ...browserOf(headers['user-agent']) };
}

function signInFailed(): RequestError {
  return new RequestError(
    'SIGN_IN_FAILED',
    'Login or password is wrong, or the account is switched off.',
  );
}

function throttled(waitMs: number): RequestError {
  const retryAfter = Math.ceil(waitMs / 1_000);
  return new RequestError('SIGN_IN_THROTTLED', `Try again in ${retryAfter} s.`, { retryAfter });
}
