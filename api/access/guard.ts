/**
 * Who asks, and whether that is allowed: before every route, by the policy of routes.
 *
 * A key comes as `Authorization: Bearer mr_…`, a session as a cookie. While nobody has an account, whoever reaches the engine on its
 * own machine is `local`. All is told from memory: a decision must not wait for it.
 */
import type { FastifyInstance, FastifyRequest, onRequestHookHandler, RouteOptions } from 'fastify';
import {
  type Permission,
  type RoleName,
  roleNames,
  rolePermissions,
} from '../../contracts/access.ts';
import { actorHeader, encodeActor } from '../../contracts/actor.ts';
import {
  type PlacedKind,
  type PlaceRef,
  placeKey,
  readPlaceKey,
  type Within,
} from '../../contracts/place.ts';
import type { Credential } from '../../control/access/credentials.ts';
import { csrfOf, isSame, keyForm, sessionForm } from '../../control/access/secrets.ts';
import type { PlaceBook } from '../../control/places/placeBook.ts';
import { hostName, isSafe } from '../guard.ts';
import { isLoopback } from '../loopback.ts';
import { RequestError } from '../problems.ts';
import { addressOf } from './address.ts';
import { sessionCookie } from './cookies.ts';
import { localPrincipal, nobody } from './principal.ts';
import { RequestRates } from './requestRates.ts';
import { type RoutePolicy, routePolicy } from './routePolicy.ts';
import type { ServerAccess } from './serverAccess.ts';

export const csrfHeader = 'millrace-csrf';

/** A session or an address makes fewer requests than a program. */
const lesser = 10;

export interface Guard {
  /** Puts the guard before a route. @throws TypeError for one that the policy does not have */
  onRoute(route: RouteOptions): void;
  /** Whether it is still allowed to whom it was allowed: asked again and again while an answer lasts. */
  stillHolds(request: FastifyRequest): boolean;
  /** Whether nobody needs to say who asks. */
  isOpen(request: FastifyRequest): boolean;
  isSecure(request: FastifyRequest): boolean;
}

export function createGuard(
  access: ServerAccess,
  places: Pick<PlaceBook, 'within' | 'placeOf'>,
  clock: () => number,
  steady: () => number,
): Guard {
  const { book, host, origins, rateLimit } = access;
  const rates = new RequestRates();
  const isOwnMachine = isLoopback(host);
  const secureNames = new Set(
    origins.filter((one) => one.startsWith('https:')).map((one) => new URL(one).hostname),
  );

  function isOpen(request: FastifyRequest): boolean {
    const { headers } = request;
    return (
      isOwnMachine &&
      book.isEmpty &&
      // Passed on for somebody else.
      headers['x-forwarded-for'] === undefined &&
      headers['forwarded'] === undefined &&
      isLoopback(hostName(headers.host ?? '') ?? '')
    );
  }

  function isSecure({ headers }: FastifyRequest): boolean {
    if (secureNames.size === 0) return false;
    return secureNames.has((hostName(headers.host ?? '') ?? '').toLowerCase());
  }

  /** @returns why nobody is known; undefined: principal and credential are set */
  function identify(request: FastifyRequest): RequestError | undefined {
    const { authorization, cookie } = request.headers;
    const bearer = authorization?.startsWith('Bearer ') ? authorization.slice(7).trim() : undefined;
    if (authorization !== undefined && (bearer?.startsWith('mr_') || !isOpen(request))) {
      const key = bearer !== undefined && keyForm.test(bearer) ? book.findKey(bearer) : undefined;
      if (key === undefined) return problem.keyUnknown();
      if (!book.holds(key, clock())) return problem.keyOver(key.revokedAt !== null);
      request.principal = key.principal;
      request.credential = key;
      return undefined;
    }
    const token = sessionCookie(cookie, isSecure(request));
    if (token !== undefined && sessionForm.test(token)) {
      const session = book.findSession(token);
      if (session !== undefined && book.holds(session, clock())) {
        request.principal = book.account(session.account)!.principal;
        request.credential = session;
        return undefined;
      }
    }
    if (isOpen(request)) {
      request.principal = localPrincipal;
      return undefined;
    }
    return token === undefined ? problem.signIn() : problem.sessionOver();
  }

  /** @throws RequestError RATE_LIMITED */
  function limit(request: FastifyRequest): void {
    const { credential, principal } = request;
    if (principal.kind === 'local') return;
    const perSecond = credential?.kind === 'key' ? rateLimit : Math.max(1, rateLimit / lesser);
    const now = steady();
    const wait =
      credential === undefined
        ? rates.ofAddress(addressOf(request.ip), perSecond, now)
        : rates.ofCredential(credential, perSecond, now);
    if (wait > 0) throw problem.tooMany(wait, perSecond);
  }

  /** What changes something comes from a page that knows the session's token. @throws RequestError CSRF_REFUSED */
  function expectCsrf(request: FastifyRequest): void {
    const given = request.headers[csrfHeader];
    const token = sessionCookie(request.headers.cookie, isSecure(request))!;
    if (typeof given !== 'string' || !isSame(given, csrfOf(token))) throw problem.csrf();
  }

  /** Of what it is answered. @throws RequestError REQUEST_INVALID, NOT_FOUND */
  function withinOf(request: FastifyRequest): Within {
    const { scope } = request.principal;
    const query = request.query as { place?: unknown };
    const given = query.place;
    if (given === undefined) return places.within(scope)!;
    // For all routes at once: they know nothing of it.
    delete query.place;
    const asked = typeof given === 'string' ? readPlaceKey(given) : undefined;
    if (asked === undefined) throw problem.placeMalformed();
    const within = places.within(scope, asked);
    if (within === undefined) throw noPlace(asked);
    return within;
  }

  /** @throws RequestError SCOPE_UNSUPPORTED, NOT_FOUND */
  function expectWithin(
    { params }: FastifyRequest,
    own: Exclude<Within, 'everywhere'>,
    { within }: RoutePolicy,
  ): void {
    if (within === 'whole') throw problem.scope();
    if (typeof within === 'string') return;
    const key = (params as Record<string, string>)[within.by] ?? '';
    const place = places.placeOf(within.of, key);
    if (place === null || !own.places.has(placeKey(place))) throw noDefinition(within.of, key);
  }

  function check(request: FastifyRequest, route: string, policy: RoutePolicy): void {
    const { needs, alsoNeeds } = policy;
    const unknown = identify(request);
    limit(request);
    const { principal, credential } = request;
    if (needs === 'nobody') {
      // To sign in again, a page whose session has ended needs no token of it.
      const isBegin = route === 'POST /v1/session';
      if (credential?.kind === 'session' && !isBegin && !isSafe(request.method))
        expectCsrf(request);
      if (credential !== undefined) book.touch(credential, clock());
      return;
    }
    if (unknown !== undefined) throw unknown;
    if (credential?.kind === 'session') {
      if (book.account(credential.account)!.mustChange) throw problem.passwordFirst();
    }
    for (const each of alsoNeeds === undefined ? [needs] : [needs, alsoNeeds]) {
      if (!principal.permissions.has(each)) throw problem.missing(each, principal.name);
    }
    request.within = withinOf(request);
    if (request.within !== 'everywhere') expectWithin(request, request.within, policy);
    if (credential?.kind === 'session' && !isSafe(request.method)) expectCsrf(request);
    if (credential !== undefined) book.touch(credential, clock());
    if (principal.kind !== 'local') actAs(request, principal.name);
  }

  return {
    isOpen,
    isSecure,

    onRoute(route) {
      for (const method of [route.method].flat()) {
        if (!isGuarded(route.url)) continue;
        // The head of an answer needs what the answer needs; it comes with its guard already.
        const name = `${method === 'HEAD' ? 'GET' : method} ${route.url}`;
        const policy = routePolicy[name];
        if (policy === undefined) {
          throw new TypeError(`${name}: expected a line in api/access/routePolicy.ts, got none`);
        }
        if (isBefore(route, guards)) continue;
        const handler: onRequestHookHandler = (request, _reply, done) => {
          try {
            check(request, name, policy);
            done();
          } catch (error) {
            done(error as Error);
          }
        };
        guards.add(handler);
        route.onRequest = [handler, ...[route.onRequest ?? []].flat()] as onRequestHookHandler[];
      }
    },

    stillHolds(request) {
      const { credential, principal } = request;
      if (credential === undefined) return principal.kind !== 'local' || isOpen(request);
      return book.holds(credential, clock());
    },
  };
}

/** Handlers that were put before routes: a route of several methods gets one. */
const guards = new WeakSet<object>();

function isBefore(route: RouteOptions, known: WeakSet<object>): boolean {
  return [route.onRequest ?? []].flat().some((handler) => known.has(handler));
}

const guarded = ['/v1/', '/ofrep/'];
const guardedPaths = new Set(['/metrics', '/livez', '/readyz']);

/** Pages, scripts and documents hold no data: they need nobody. */
function isGuarded(url: string): boolean {
  return guardedPaths.has(url) || guarded.some((prefix) => url.startsWith(prefix));
}

/**
 * The record says who it was: the name of the principal stands in the place of what a request says of itself.
 *
 * @throws RequestError ACTOR_REFUSED when it says another
 */
function actAs(request: FastifyRequest, name: string): void {
  const encoded = encodeActor(name);
  const given = request.headers[actorHeader];
  if (given !== undefined && given !== encoded && !isNamed(String(given), name)) {
    throw otherActor(name);
  }
  request.headers[actorHeader] = encoded;
}

function isNamed(given: string, name: string): boolean {
  try {
    return decodeURIComponent(given).trim() === name;
  } catch {
    return false;
  }
}

export function otherActor(name: string): RequestError {
  return new RequestError(
    'ACTOR_REFUSED',
    `This acts as ${name}: who signs in or brings a key acts under no other name.`,
  );
}

/** The same whether there is no such place or it is another's. */
export function noPlace({ level, name }: PlaceRef): RequestError {
  return new RequestError('NOT_FOUND', `There is no ${level} ${name}.`);
}

/** The same whether there is none or it belongs to another place. */
export function noDefinition(kind: PlacedKind, key: string): RequestError {
  return new RequestError('NOT_FOUND', `There is no ${kind} ${key}.`);
}

/** `operators and admins`. */
function whoHas(permission: Permission): string {
  const roles = roleNames.filter((role: RoleName) => rolePermissions[role].includes(permission));
  const plural = roles.map((role) => `${role}s`);
  return plural.length < 2
    ? plural.join('')
    : `${plural.slice(0, -1).join(', ')} and ${plural.at(-1)}`;
}

const problem = {
  signIn: () => new RequestError('SIGN_IN_NEEDED', 'Sign in, or bring an API key.'),
  keyUnknown: () =>
    new RequestError('KEY_INVALID', 'There is no such key: it is sent as `Bearer mr_…`, whole.'),
  keyOver: (isRevoked: boolean) =>
    new RequestError('KEY_INVALID', isRevoked ? 'The key was revoked.' : 'The key has expired.'),
  sessionOver: () => new RequestError('SESSION_EXPIRED', 'The session has ended. Sign in again.'),
  passwordFirst: () =>
    new RequestError(
      'PASSWORD_CHANGE_NEEDED',
      'The password was set by somebody else: change it first.',
    ),
  missing: (permission: Permission, name: string) =>
    new RequestError(
      'PERMISSION_MISSING',
      `This needs the permission “${permission}”, which ${whoHas(permission)} have; ${name} has it not.`,
      { permission },
    ),
  scope: () =>
    new RequestError(
      'SCOPE_UNSUPPORTED',
      'This is of the whole engine, not of a place: it is closed to whoever may not see all places, and has no part to tell of one.',
    ),
  placeMalformed: () =>
    new RequestError(
      'REQUEST_INVALID',
      'place: expected one of institution, programme and course, a colon and a name, as in course:algebra',
    ),
  csrf: () =>
    new RequestError(
      'CSRF_REFUSED',
      `What changes something needs the header ${csrfHeader}, as \`GET /v1/session\` gives it. Load the page again.`,
    ),
  tooMany: (seconds: number, perSecond: number) =>
    new RequestError('RATE_LIMITED', `More than ${perSecond} requests a second.`, {
      retryAfter: seconds,
    }),
} as const;

/** Sets what every request begins with. */
export function decorateRequests(app: FastifyInstance): void {
  app.decorateRequest('principal');
  app.decorateRequest('credential');
  app.decorateRequest('within');
}

const nowhere: Within = { places: new Set(), courses: new Set() };

/** As whom a request begins, before its guard. */
export function beginAsNobody(request: FastifyRequest): void {
  request.principal = nobody;
  request.credential = undefined as Credential | undefined;
  request.within = nowhere;
}
