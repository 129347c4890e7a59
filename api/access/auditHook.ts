/**
 * Has every action and every view of data of a single person written into the audit log before its answer goes out (decision 26).
 *
 * Of an action its beginning is written before it is done, and its end before it is answered: so one that was done stands in the log
 * though the process died in it. Of a view one entry is written before the data leave, and of a session one before whoever signs in or
 * out is told: also where the password was wrong, but not where it was not looked at. Which routes these are stands in `routePolicy`;
 * the others know nothing of it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actorHeader, readActor } from '../../contracts/actor.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { AuditFact, AuditTrail } from '../../control/audit/auditTrail.ts';
import { problemOf } from '../problems.ts';
import { type RoutePolicy, routePolicy } from './routePolicy.ts';

/** A wrong password is written down whoever gave it: the next guess takes longer. */
const signIn = 'POST /v1/session';
const subjectMax = 256;
const reasonMax = 1_000;

/**
 * Routes that are registered afterwards are recorded as the policy says.
 *
 * @param pseudonymOf under which name a user is known inside; by default the id
 */
export function recordRoutes(
  app: FastifyInstance,
  trail: AuditTrail,
  policies: Readonly<Record<string, RoutePolicy>> = routePolicy,
  pseudonymOf: (user: string) => string = (user) => user,
): void {
  app.addHook('onRoute', (route) => {
    const methods = [route.method].flat();
    // A HEAD tells of the same data as its GET.
    const acts = methods.map((method) => `${method === 'HEAD' ? 'GET' : method} ${route.url}`);
    const act = acts.find((each) => policies[each]?.record !== undefined);
    if (act === undefined || isRecorded(route.onSend)) return;
    const policy = policies[act]!;
    const told = policy.subject?.split('.').at(-1) === 'user' ? pseudonymOf : asItIs;
    if (policy.record === 'action') {
      route.preHandler = [...[route.preHandler ?? []].flat(), beginning(trail, act, policy, told)];
    }
    const end = ending(trail, act, policy, told);
    endings.add(end);
    route.onSend = [...[route.onSend ?? []].flat(), end];
  });
}

/** The head of an answer may come with the hooks of the answer. */
const endings = new WeakSet<object>();

function isRecorded(hooks: unknown): boolean {
  return [hooks ?? []].flat().some((hook) => endings.has(hook as object));
}

/** Whether the beginning of a request is in the log; absent where it came to none. */
const beginnings = new WeakMap<FastifyRequest, 'written' | 'unwritten'>();

const asItIs: Told = (subject) => subject;

/** How a subject is written down. */
type Told = (subject: string) => string;

function beginning(trail: AuditTrail, act: string, policy: RoutePolicy, told: Told) {
  return async (request: FastifyRequest): Promise<void> => {
    try {
      await trail.record(factOf(request, act, policy, told, 0));
    } catch (error) {
      beginnings.set(request, 'unwritten');
      const detail = `${messageOf(error)} Nothing was done.`;
      throw new EngineError('AUDIT_UNAVAILABLE', detail, { cause: error });
    }
    beginnings.set(request, 'written');
  };
}

function ending(trail: AuditTrail, act: string, policy: RoutePolicy, told: Told) {
  return async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
    const { statusCode } = reply;
    const isGuess = act === signIn && statusCode === 401;
    if (isNobody(request) && !isGuess) return payload;
    const fact = factOf(request, act, policy, told, statusCode);
    const beginning = beginnings.get(request);
    const isBegun = beginning === 'written';
    if (beginning === 'unwritten') {
      // It is answered so already; written down when that can be done again.
      trail.record(fact, { persist: true }).catch(() => undefined);
      return payload;
    }
    try {
      await trail.record(fact, { persist: isBegun });
      return payload;
    } catch (error) {
      const done = `It ended with status ${statusCode} all the same; its beginning stands in the log.`;
      const words = isBegun ? done : statusCode < 400 ? 'Nothing is shown.' : 'Nothing was done.';
      request.log.error({ err: error, act }, 'the audit log cannot be written');
      return insteadOf(request, reply, payload, `${messageOf(error)} ${words}`);
    }
  };
}

/**
 * Refused before it was known who asks, or because nobody said so: nothing was done or seen, and whoever can reach the engine could
 * fill the log.
 */
function isNobody({ principal }: Partial<Pick<FastifyRequest, 'principal'>>): boolean {
  return principal === undefined || principal.permissions.size === 0;
}

/** The problem in the place of an answer that must not go out. */
function insteadOf(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  detail: string,
): string {
  (payload as { destroy?: () => void } | null)?.destroy?.();
  for (const name of ['content-length', 'content-disposition', 'etag', 'location', 'set-cookie']) {
    reply.removeHeader(name);
  }
  const problem = problemOf(new EngineError('AUDIT_UNAVAILABLE', detail));
  reply
    .code(problem.status)
    .header('content-type', 'application/problem+json')
    .header('cache-control', 'no-store')
    .header('retry-after', 5);
  return JSON.stringify({ ...problem, requestId: request.id });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function factOf(
  request: FastifyRequest,
  act: string,
  { record, subject }: RoutePolicy,
  told: Told,
  status: number,
): AuditFact {
  const { kind, id, name } = request.principal;
  const { reason, note } = fieldsOf(request.body);
  const given = textOf(reason) || textOf(note) || textOf(fieldsOf(request.query)['reason']);
  return {
    kind: record ?? 'action',
    principal: { kind, id, name: kind === 'local' ? nameOf(request, name) : name },
    ...{ act, status, request: request.id },
    subject: cut(toldOf(subjectOf(request, subject), told), subjectMax),
    reason: cut(given, reasonMax),
  };
}

/** Whoever reaches an engine that nobody has an account of says who they are, and is believed. */
function nameOf({ headers }: FastifyRequest, name: string): string {
  const given = headers[actorHeader];
  const read = typeof given === 'string' ? readActor(given) : { name };
  return 'name' in read ? read.name : name;
}

/** A subject that is not there is none. */
function toldOf(subject: string, told: Told): string {
  return subject === '' ? '' : told(subject);
}

function subjectOf({ params, body, query }: FastifyRequest, subject: string | undefined): string {
  if (subject === undefined) return '';
  if (subject === 'query') return questionOf(fieldsOf(query));
  const [first, ...rest] = subject.split('.');
  if (first !== 'body') return textOf(fieldsOf(params)[subject]);
  return textOf(rest.reduce<unknown>((value, name) => fieldsOf(value)[name], body));
}

/** `metric=events from=0 to=10`: all that was asked, but for which page. */
function questionOf(query: Readonly<Record<string, unknown>>): string {
  return Object.entries(query)
    .filter(([name, value]) => !pageFields.has(name) && value !== undefined)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}

const pageFields = new Set(['limit', 'after']);

/** Own fields of what may be anything. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  const isRecord = typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
  return isRecord ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Halves of surrogate pairs, in a text or by its cutting, cannot be hashed. */
function cut(text: string, lengthMax: number): string {
  return Buffer.from(text.slice(0, lengthMax)).toString();
}
