/** Questions and changes, with problem details (RFC 9457) turned into one kind of error. */
import { ownNameHeaders } from './ownName.ts';

/** What a reader can be told when an answer did not come. `status` 0: nobody answered. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string | undefined;
  /** Whatever else the answer says, such as the problems of a definition that was refused. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    message: string,
    code?: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'ApiProblem';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export type Parameters = Readonly<Record<string, string | number | undefined>>;

export function pathWith(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query}`;
}

/** @throws ApiProblem also when nobody answers or the answer is not JSON; aborts pass through */
export function getJson<Answer>(
  path: string,
  parameters: Parameters,
  signal: AbortSignal,
): Promise<Answer> {
  return ask(pathWith(path, parameters), { signal, headers: { accept: 'application/json' } });
}

/** @throws ApiProblem as {@link getJson} */
export function sendJson<Answer>(
  method: 'POST' | 'PUT',
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  return ask(path, {
    method,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      ...ownNameHeaders(),
    },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
}

async function ask<Answer>(path: string, request: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, request);
  } catch (error) {
    if (request.signal?.aborted === true) throw error;
    throw new ApiProblem(0, 'The engine does not answer.');
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body as Answer;
  throw problemOf(response.status, body);
}

function problemOf(status: number, body: unknown): ApiProblem {
  if (typeof body !== 'object' || body === null) {
    return new ApiProblem(status, `The engine answered ${status} without an explanation.`);
  }
  const { title, detail, code } = body as Record<string, unknown>;
  const message = [detail, title].find((text) => typeof text === 'string' && text !== '');
  return new ApiProblem(
    status,
    typeof message === 'string' ? message : `The engine answered ${status}.`,
    typeof code === 'string' ? code : undefined,
    body as Record<string, unknown>,
  );
}
