/**
 * Everything that goes wrong in a request, told as RFC 9457 problem details.
 *
 * An `EngineError` keeps its code. What only HTTP knows has a code here. Anything else is our own mistake: the answer
 * names the request, the log has the rest.
 */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { Problem } from '../contracts/api.ts';
import { EngineError, type ErrorCode, errors } from '../contracts/errors.ts';

interface Kind {
  readonly status: number;
  readonly title: string;
}

/** Conditions of HTTP itself. */
export const requestProblems = {
  REQUEST_INVALID: { status: 400, title: 'the request is not as the route describes it' },
  SIGN_IN_NEEDED: { status: 401, title: 'nobody has said who asks' },
  SIGN_IN_FAILED: { status: 401, title: 'login and password do not belong together' },
  KEY_INVALID: { status: 401, title: 'the API key is none, or no longer one' },
  SESSION_EXPIRED: { status: 401, title: 'the session has ended' },
  PERMISSION_MISSING: { status: 403, title: 'whoever asks may not do this' },
  SCOPE_UNSUPPORTED: { status: 403, title: 'this is of the whole engine, not of a place' },
  NOT_BY_PLACE: { status: 403, title: 'this is not kept by course' },
  PASSWORD_CHANGE_NEEDED: { status: 403, title: 'the password must be changed first' },
  CSRF_REFUSED: {
    status: 403,
    title: 'the request does not show that a page of the engine sent it',
  },
  ACTOR_REFUSED: { status: 403, title: 'nobody acts under the name of another' },
  CODE_REFUSED: {
    status: 403,
    title: 'the first account is made with the code that the engine printed',
  },
  ORIGIN_REFUSED: { status: 403, title: 'a page of another site must not call the engine' },
  NOT_FOUND: { status: 404, title: 'there is nothing of this name' },
  KEY_TAKEN: { status: 409, title: 'there is one of this key already' },
  REVISION_STALE: { status: 409, title: 'it was changed by somebody else meanwhile' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'the body is of a kind that is not taken' },
  HOST_REFUSED: { status: 421, title: 'the engine does not answer under this host name' },
  EVENTS_REFUSED: { status: 422, title: 'no event of the request was accepted' },
  EXPERIMENT_REFUSED: { status: 422, title: 'the experiment or metric cannot be so' },
  POLICY_REFUSED: { status: 422, title: 'the policy cannot be so' },
  WATCH_REFUSED: { status: 422, title: 'what is watched or told cannot be so' },
  INSIGHT_REFUSED: { status: 422, title: 'this cannot be said to the recommendation' },
  PLACE_REFUSED: { status: 422, title: 'places cannot be so' },
  ACCOUNT_REFUSED: { status: 422, title: 'the account or key cannot be so' },
  MODEL_REFUSED: { status: 422, title: 'this cannot be done with the model' },
  SIGN_IN_THROTTLED: { status: 429, title: 'too many attempts to sign in have failed' },
  RATE_LIMITED: { status: 429, title: 'too many requests' },
  INTERNAL: { status: 500, title: 'the engine made a mistake' },
} as const satisfies Record<string, Kind>;
export type RequestCode = keyof typeof requestProblems;

/** Status of each engine error that a request can meet; the others are 500. */
const statuses: Partial<Record<ErrorCode, number>> = {
  BODY_INVALID: 400,
  BODY_TOO_LARGE: 413,
  DECISION_INVALID: 422,
  DECISION_IMPOSSIBLE: 422,
  EVALUATION_IMPOSSIBLE: 422,
  TRAINING_IMPOSSIBLE: 422,
  MODEL_UNUSABLE: 422,
  ARTIFACT_UNAVAILABLE: 503,
  RANGE_TOO_LARGE: 422,
  OVERLOADED: 503,
  LOG_FULL: 503,
  LOG_UNAVAILABLE: 503,
  SINK_UNAVAILABLE: 503,
  AUDIT_UNAVAILABLE: 503,
  REGISTRY_UNAVAILABLE: 503,
};

/** Seconds after which another attempt makes sense. */
const retryAfter: Partial<Record<ErrorCode | RequestCode, number>> = {
  OVERLOADED: 1,
  LOG_FULL: 30,
  LOG_UNAVAILABLE: 5,
  SINK_UNAVAILABLE: 5,
  AUDIT_UNAVAILABLE: 5,
  ARTIFACT_UNAVAILABLE: 30,
  REGISTRY_UNAVAILABLE: 5,
};

/** Ends a request with a problem. */
export class RequestError extends Error {
  readonly code: RequestCode;
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    code: RequestCode,
    detail: string,
    extensions: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.name = 'RequestError';
    this.code = code;
    this.extensions = extensions;
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof RequestError) return describe(error.code, error.message, error.extensions);
  if (error instanceof EngineError) return describeEngine(error);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const issues = error.validation.map(({ instancePath, message }) => ({
      at: instancePath === '/' ? '' : instancePath.slice(1).replaceAll('/', '.'),
      message: message ?? 'not valid',
    }));
    const detail = issues.map(({ at, message }) => (at === '' ? message : `${at}: ${message}`));
    return describe('REQUEST_INVALID', detail.join('; '), { issues });
  }
  return describeFramework(error);
}

function describe(
  code: RequestCode,
  detail: string,
  extensions: Readonly<Record<string, unknown>> = {},
): Problem {
  const { status, title } = requestProblems[code];
  return { type: 'about:blank', title, status, detail, code, ...extensions };
}

function describeEngine({ code, message }: EngineError): Problem {
  const status = statuses[code] ?? 500;
  const { means, retry } = errors[code];
  return { type: 'about:blank', title: means, status, detail: message, code, retry };
}

/** What Fastify itself refuses is the client's doing when it says 4xx; its words are fit for the client. */
function describeFramework(error: unknown): Problem {
  const { statusCode, message } = (error ?? {}) as Partial<FastifyError>;
  if (statusCode === 413) return describeEngine(new EngineError('BODY_TOO_LARGE', String(message)));
  if (statusCode === 415) return describe('MEDIA_TYPE_UNSUPPORTED', String(message));
  if (statusCode === 404) return describe('NOT_FOUND', String(message));
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { ...describe('REQUEST_INVALID', String(message)), status: statusCode };
  }
  return describe('INTERNAL', 'It was written down under the id of this request.');
}

export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem,
): FastifyReply {
  const { retryAfter: given } = problem as { readonly retryAfter?: number };
  const seconds = given ?? retryAfter[(problem.code ?? 'INTERNAL') as ErrorCode | RequestCode];
  if (seconds !== undefined) reply.header('retry-after', seconds);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="millrace"');
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({ ...problem, requestId: request.id });
}

/** Fastify's error handler: answers, and logs what is not the client's doing, such as to leave without an answer. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(error);
  if (problem.status >= 500 && !reply.raw.destroyed)
    request.log.error({ err: error, code: problem.code }, problem.title);
  sendProblem(request, reply, problem);
}
