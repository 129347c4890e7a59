/** What the commands ask of a running engine, over HTTP; with the key in `MILLRACE_API_KEY`, where it asks for one. */
import type { z } from 'zod';
import { actorHeader, encodeActor } from '../contracts/actor.ts';
import { EventsAnswer, Health, type Problem } from '../contracts/api.ts';
import { EngineError, type ErrorCode, errors } from '../contracts/errors.ts';
import { Declined } from './declined.ts';

/** @param taken status of answers that are taken besides those of success */
async function request(url: URL, init: RequestInit, taken?: number): Promise<Response> {
  let response: Response;
  const key = process.env['MILLRACE_API_KEY'] ?? '';
  const headers = { ...(init.headers as Record<string, string>), ...keyHeader(key) };
  try {
    response = await fetch(url, { ...init, headers });
  } catch (error) {
    throw new EngineError('ENGINE_ABSENT', `no engine answers on ${url.origin}: is it started?`, {
      cause: error,
    });
  }
  if (response.ok || response.status === taken) return response;
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  throw problemOf(problem, url, response);
}

function keyHeader(key: string): Record<string, string> {
  return key === '' ? {} : { authorization: `Bearer ${key}` };
}

function problemOf({ code, detail, title }: Partial<Problem>, url: URL, response: Response): Error {
  const { status, statusText } = response;
  if (code !== undefined && code in errors) {
    return new EngineError(code as ErrorCode, `${url.pathname}: ${detail ?? statusText}`);
  }
  if (code !== undefined && detail !== undefined && title !== undefined) {
    return new Declined(code, detail, title);
  }
  // Not a word of an engine.
  const reason = `${url.pathname}: ${detail ?? `${status} ${statusText}`}`;
  return new EngineError('CONFIGURATION_INVALID', reason);
}

/** Who does it, for the record; undefined: whom the engine takes to be there. */
export interface Actor {
  readonly actor?: string | undefined;
}

function headersOf({ actor }: Actor): Record<string, string> {
  return actor === undefined ? {} : { [actorHeader]: encodeActor(actor) };
}

/** @throws EngineError when no engine answers, or with the code that it gave; Declined */
export async function get<Schema extends z.ZodType>(
  base: string,
  path: string,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const response = await request(new URL(path, base), {});
  return schema.parse(await response.json());
}

/** @throws EngineError when no engine answers, or with the code that it gave; Declined */
export async function post<Schema extends z.ZodType>(
  base: string,
  path: string,
  body: unknown,
  schema: Schema,
  by: Actor = {},
): Promise<z.infer<Schema>> {
  const response = await request(new URL(path, base), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(by) },
    body: JSON.stringify(body),
  });
  return schema.parse(await response.json());
}

/** @throws EngineError when no engine answers, or with the code that it gave; Declined */
export async function put<Schema extends z.ZodType>(
  base: string,
  path: string,
  body: unknown,
  schema: Schema,
  by: Actor = {},
): Promise<z.infer<Schema>> {
  const response = await request(new URL(path, base), {
    method: 'PUT',
    headers: { 'content-type': 'application/json', ...headersOf(by) },
    body: JSON.stringify(body),
  });
  return schema.parse(await response.json());
}

/** Sends a file. @throws EngineError when no engine answers, or with the code that it gave; Declined */
export async function postFile<Schema extends z.ZodType>(
  base: string,
  path: string,
  bytes: Uint8Array,
  schema: Schema,
  by: Actor = {},
): Promise<z.infer<Schema>> {
  const response = await request(new URL(path, base), {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', ...headersOf(by) },
    body: Buffer.from(bytes),
  });
  return schema.parse(await response.json());
}

/**
 * Asks for an answer in lines of JSON, which come while the work goes on.
 *
 * @throws EngineError when no engine answers, or with the code that it gave
 */
export async function* postForLines(
  base: string,
  path: string,
  body: unknown,
): AsyncGenerator<unknown> {
  yield* linesOf(
    await request(new URL(path, base), {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/x-ndjson' },
      body: JSON.stringify(body),
    }),
  );
}

/**
 * An answer in lines of JSON, as they come.
 *
 * @throws EngineError when no engine answers, or with the code that it gave; Declined
 */
export async function* getLines(base: string, path: string): AsyncGenerator<unknown> {
  yield* linesOf(await request(new URL(path, base), {}));
}

async function* linesOf({ body }: Response): AsyncGenerator<unknown> {
  if (body === null) return;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line);
  }
  if (rest.trim() !== '') yield JSON.parse(rest);
}

/**
 * To be asked once before anything is sent again and again: that no engine is there is then told at once.
 *
 * @throws EngineError when no engine answers
 */
export async function expectEngine(base: string): Promise<void> {
  await get(base, '/v1/health', Health);
}

/** Sends newline-delimited events; refused ones are counted, not thrown. */
export async function postEvents(base: string, lines: Uint8Array): Promise<EventsAnswer> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: Buffer.from(lines),
  };
  const response = await request(new URL('/v1/events', base), init, 422);
  const answer = EventsAnswer.safeParse(await response.json());
  if (answer.success) return answer.data;
  throw new EngineError('EVENT_FIELD_INVALID', 'the engine refused every event of a batch');
}
