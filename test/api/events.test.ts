/** `POST /v1/events`: bytes reach the door as they came, within limits, and every refusal is told. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { bodyBytesMax } from '../../api/body.ts';
import { listen } from '../../api/listen.ts';
import { EngineError, type ErrorCode } from '../../contracts/errors.ts';
import { accepted, serverOf } from './fakes.ts';

const json = { 'content-type': 'application/json' };
const event = '{"id":"1","type":"viewed","time":1,"user":"u"}';

let app: FastifyInstance;
afterEach(() => app.close());

function post(body: string | Buffer, headers: Record<string, string> = json) {
  return app.inject({ method: 'POST', url: '/v1/events', headers, payload: body });
}

/** What the door was given. */
function recording() {
  const given: { text: string; contentType: string }[] = [];
  app = serverOf({
    ingest: {
      ingest: async (body, contentType) => {
        given.push({ text: Buffer.from(body).toString(), contentType });
        return accepted;
      },
    },
  });
  return given;
}

describe('the body', () => {
  test('reaches the door byte for byte, with its media type', async () => {
    const given = recording();
    const broken = '{"id": not JSON';
    const answer = await post(broken, { 'content-type': 'Application/JSON; charset=UTF-8' });
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual(accepted);
    expect(given).toEqual([{ text: broken, contentType: 'application/json' }]);
  });

  test.each([
    'application/x-ndjson',
    'application/cloudevents+json',
    'application/cloudevents-batch+json',
    'application/vnd.xapi+json',
  ])('may be %s', async (type) => {
    const given = recording();
    expect((await post(event, { 'content-type': type })).statusCode).toBe(202);
    expect(given[0]?.contentType).toBe(type);
  });

  test('of an xAPI client is xAPI although it says JSON', async () => {
    const given = recording();
    await post(event, { ...json, 'x-experience-api-version': '1.0.3' });
    expect(given[0]?.contentType).toBe('application/vnd.xapi+json');
  });

  test('is unpacked when it is gzip', async () => {
    const given = recording();
    const answer = await post(gzipSync(event), { ...json, 'content-encoding': 'gzip' });
    expect(answer.statusCode).toBe(202);
    expect(given[0]?.text).toBe(event);
  });
});

describe('a body that is not taken', () => {
  const zeros = Buffer.alloc(bodyBytesMax + 1);
  test.each([
    ['of another type', event, { 'content-type': 'text/plain' }, 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['without a type', event, {}, 415, 'MEDIA_TYPE_UNSUPPORTED'],
    [
      'in another charset',
      event,
      { 'content-type': 'application/json; charset=latin1' },
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    ],
    [
      'packed by brotli',
      event,
      { ...json, 'content-encoding': 'br' },
      415,
      'MEDIA_TYPE_UNSUPPORTED',
    ],
    ['that is empty', '', json, 400, 'BODY_INVALID'],
    ['that is not gzip', event, { ...json, 'content-encoding': 'gzip' }, 400, 'BODY_INVALID'],
    [
      'whose gzip is cut off',
      gzipSync(event).subarray(0, 30),
      { ...json, 'content-encoding': 'gzip' },
      400,
      'BODY_INVALID',
    ],
    ['that is too large', zeros, json, 413, 'BODY_TOO_LARGE'],
    [
      'that unpacks to too much',
      gzipSync(zeros),
      { ...json, 'content-encoding': 'gzip' },
      413,
      'BODY_TOO_LARGE',
    ],
  ] as const)('%s is told so', async (_name, body, headers, status, code) => {
    const given = recording();
    const answer = await post(body as string, headers);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.json()).toMatchObject({ status, code });
    expect(given).toEqual([]);
  });

  test('over a real connection still gets its answer, and the connection goes on', async () => {
    recording();
    const url = await listen(app, { host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${url}/v1/events`, {
      method: 'POST',
      headers: { ...json, 'content-encoding': 'gzip' },
      body: gzipSync(zeros),
    });
    expect(answer.status).toBe(413);
    expect(
      (await fetch(`${url}/v1/events`, { method: 'POST', headers: json, body: event })).status,
    ).toBe(202);
  });

  test('whose sender goes away leaves nothing behind', async () => {
    const given = recording();
    const url = await listen(app, { host: '127.0.0.1', port: 0 });
    for (let round = 0; round < 10; round += 1) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
          socket.write(
            `POST /v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
              `Content-Length: ${bodyBytesMax}\r\n\r\n[`,
          );
          setTimeout(() => socket.destroy(), 10);
        });
        socket.on('close', () => resolve());
      });
    }
    // Ten times 10 MiB were announced: a budget of 64 MiB would be used up.
    await expect
      .poll(
        async () =>
          (await fetch(`${url}/v1/events`, { method: 'POST', headers: json, body: event })).status,
      )
      .toBe(202);
    expect(given).toHaveLength(1);
  });
});

describe('refusals', () => {
  const refusals = [{ index: 1, code: 'EVENT_FIELD_MISSING', reason: 'user: expected a string' }];

  test('of some are listed beside what was accepted', async () => {
    const some = { accepted: 1, refused: 1, refusals };
    app = serverOf({ ingest: { ingest: async () => some } });
    const answer = await post(event);
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toEqual(some);
  });

  test('of all are a problem', async () => {
    app = serverOf({ ingest: { ingest: async () => ({ accepted: 0, refused: 1, refusals }) } });
    const answer = await post(event);
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      status: 422,
      code: 'EVENTS_REFUSED',
      detail: 'The event was refused. The first: user: expected a string',
      accepted: 0,
      refused: 1,
      refusals,
    });
  });

  test('of a batch without events are none', async () => {
    const none = { accepted: 0, refused: 0, refusals: [] };
    app = serverOf({ ingest: { ingest: async () => none } });
    expect((await post('[]')).statusCode).toBe(202);
  });
});

describe('the engine’s own trouble', () => {
  test.each([
    ['OVERLOADED', 503, '1'],
    ['LOG_FULL', 503, '30'],
    ['LOG_UNAVAILABLE', 503, '5'],
    ['BODY_INVALID', 400, undefined],
  ] as const)('%s is answered by %i', async (code: ErrorCode, status, retryAfter) => {
    app = serverOf({ ingest: { ingest: () => Promise.reject(new EngineError(code, 'why')) } });
    const answer = await post(event);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code, detail: 'why' });
    expect(answer.headers['retry-after']).toBe(retryAfter);
  });

  test('a mistake tells its request id and nothing else', async () => {
    app = serverOf({ ingest: { ingest: () => Promise.reject(new TypeError('secret of /etc')) } });
    const answer = await post(event, { ...json, 'x-request-id': 'mine-1' });
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({ code: 'INTERNAL', requestId: 'mine-1' });
    expect(answer.body).not.toMatch(/secret|at .*\.ts/);
  });

  test('bodies in flight are bounded, and the bound is given back', async () => {
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    app = serverOf({
      ingest: {
        async ingest() {
          await finished;
          return accepted;
        },
      },
    });
    const large = Buffer.alloc(bodyBytesMax, '[');
    const answers = Array.from({ length: 8 }, () => post(large));
    const settled: number[] = [];
    for (const answer of answers) void answer.then(({ statusCode }) => settled.push(statusCode));
    // Six times 10 MiB fit into 64 MiB.
    await expect.poll(() => settled).toEqual([503, 503]);
    finish();
    await Promise.all(answers);
    expect(settled).toEqual([503, 503, 202, 202, 202, 202, 202, 202]);
    expect((await post(large)).statusCode).toBe(202);
  });
});
