/** Questions and changes, with problem details (RFC 9457) turned into one kind of error. */

import { answers as words } from '../words/answers.ts';
import { ownNameHeaders } from './ownName.ts';
import { placeOf } from './place.ts';
import { askSession, csrfHeaders, tellSignedOut } from './session.ts';
import { signInCodes } from './signedOut.ts';

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

/**
 * Asks about the place that is looked at, where the question is about one.
 *
 * @throws ApiProblem also when nobody answers or the answer is not JSON; aborts pass through
 */
export function getJson<Answer>(
  path: string,
  parameters: Parameters,
  signal: AbortSignal,
): Promise<Answer> {
  const url = pathWith(path, { ...parameters, place: placeOf(path) });
  return ask(url, { signal, headers: { accept: 'application/json' } });
}

/** @throws ApiProblem as {@link getJson} */
export function sendJson<Answer>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  return change(path, {
    method,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** @throws ApiProblem as {@link getJson} */
export function deleteJson<Answer>(path: string): Promise<Answer> {
  return change(path, { method: 'DELETE', headers: { accept: 'application/json' } });
}

/**
 * Sends a question whose answer comes in lines of JSON, each when it is there.
 *
 * @throws ApiProblem as {@link getJson}, also where the answer breaks off within a line; aborts pass through
 */
export async function* sendForLines<Line>(
  path: string,
  body: unknown,
  signal: AbortSignal,
): AsyncGenerator<Line> {
  const response = await send(pathWith(path, { place: placeOf(path) }), {
    method: 'POST',
    headers: { accept: 'application/x-ndjson', 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok || response.body === null) {
    throw refusalOf(response.status, await response.json().catch(() => undefined));
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const read = () =>
    reader.read().catch((error: unknown) => {
      throw signal.aborted ? error : new ApiProblem(0, words.brokenOff);
    });
  let begun = '';
  try {
    for (;;) {
      const { done, value } = await read();
      if (done) break;
      const lines = (begun + value).split('\n');
      begun = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line) as Line;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
  if (begun !== '') throw new ApiProblem(0, words.brokenOff);
}

async function ask<Answer>(path: string, request: RequestInit): Promise<Answer> {
  return read(await reach(path, request));
}

async function change<Answer>(path: string, request: RequestInit): Promise<Answer> {
  try {
    return await read(await send(path, request));
  } catch (error) {
    // Another tab has begun another session of the same person: with its token nothing stands against it.
    const isForgotten = error instanceof ApiProblem && error.code === 'CSRF_REFUSED';
    if (!isForgotten || (await askSession())?.csrf == null) throw error;
    return read(await send(path, request));
  }
}

/** With what a change needs: who makes it, and that it comes from a page of this session. */
async function send(path: string, request: RequestInit): Promise<Response> {
  const headers = { ...request.headers, ...ownNameHeaders(), ...(await csrfHeaders()) };
  return reach(path, { ...request, headers });
}

async function read<Answer>(response: Response): Promise<Answer> {
  if (response.status === 204) return undefined as Answer;
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body as Answer;
  throw refusalOf(response.status, body);
}

/** Makes known to the whole page what the refusal of one question says of all. */
function refusalOf(status: number, body: unknown): ApiProblem {
  const problem = problemOf(status, body);
  if (status === 401 && signInCodes.includes(problem.code ?? '')) tellSignedOut();
  // Other rights than the page knows of, or somebody else by now.
  if (problem.code === 'PERMISSION_MISSING') void askSession();
  return problem;
}

async function reach(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(path, request);
  } catch (error) {
    if (request.signal?.aborted === true) throw error;
    throw new ApiProblem(0, words.none);
  }
}

export function problemOf(status: number, body: unknown): ApiProblem {
  if (typeof body !== 'object' || body === null) {
    return new ApiProblem(status, words.unexplained(status));
  }
  const { title, detail, code } = body as Record<string, unknown>;
  const message = [detail, title].find((text) => typeof text === 'string' && text !== '');
  return new ApiProblem(
    status,
    typeof message === 'string' ? message : words.refused(status),
    typeof code === 'string' ? code : undefined,
    body as Record<string, unknown>,
  );
}
