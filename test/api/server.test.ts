/** The server around the routes: who may ask, what every answer carries, what is told when nothing is there. */

import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hostName } from '../../api/guard.ts';
import { listen } from '../../api/listen.ts';
import { isLoopback } from '../../api/loopback.ts';
import { buildServer } from '../../api/server.ts';
import { EngineError } from '../../contracts/errors.ts';
import {
  accepted,
  accessOf,
  auditDesk,
  engineOf,
  insightDeskOf,
  lastUses,
  modelDeskOf,
  objectionDesk,
  partition,
  placeBookOf,
  policyDeskOf,
  queriesOf,
  registryOf,
  serverOf,
  userDesk,
  watchDeskOf,
} from './fakes.ts';

let app: FastifyInstance;
afterEach(() => app?.close());

describe('who may ask', () => {
  test.each(['localhost', 'localhost:8080', '127.0.0.1:1', '[::1]:8080', 'LOCALHOST', '127.8.9.1'])(
    'a program of this machine, under %s',
    async (host) => {
      app = serverOf();
      const answer = await app.inject({ url: '/livez', headers: { host } });
      expect(answer.statusCode).toBe(200);
    },
  );

  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.0.0.1',
    'a@localhost',
  ])('nobody under %s: a page could have made that name point here', async (host) => {
    app = serverOf();
    const answer = await app.inject({ url: '/v1/health', headers: { host } });
    expect(answer.statusCode).toBe(421);
    expect(answer.json()).toMatchObject({ code: 'HOST_REFUSED' });
  });

  test.each([
    [{ origin: 'http://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ origin: 'http://localhost:80' }, 202],
    [{}, 202],
  ] as const)('to send, with %o: %i', async (headers, status) => {
    app = serverOf();
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { host: 'localhost:80', 'content-type': 'application/json', ...headers },
      payload: '{}',
    });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('loopback is 127.0.0.0/8, ::1 and localhost', () => {
    expect(['127.0.0.1', '127.255.0.9', '::1', '[::1]', 'localhost'].every(isLoopback)).toBe(true);
    expect(['0.0.0.0', '::', '127.0.0.256', '127.1', 'host', ''].some(isLoopback)).toBe(false);
    expect(hostName('a:b:c')).toBeUndefined();
  });
});

describe('listening', () => {
  test.each(['0.0.0.0', '::', '192.168.1.5', 'example.org'])('is refused on %s', async (host) => {
    app = serverOf();
    await expect(listen(app, { host, port: 0 })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      message: expect.stringContaining('MILLRACE_ORIGIN'),
    });
  });

  test('on a busy port says what to do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    app = serverOf();
    await expect(listen(app, { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'PORT_BUSY',
      message: expect.stringContaining('--port'),
    });
    other.close();
  });

  test('on port 0 tells the URL', async () => {
    app = serverOf();
    const url = await listen(app, { host: 'localhost', port: 0 });
    expect(await (await fetch(`${url}/livez`)).text()).toBe('ok\n');
  });
});

describe('every answer', () => {
  test('carries the headers that keep a browser in bounds, and the id of its request', async () => {
    app = serverOf();
    for (const url of ['/', '/nothing', '/docs']) {
      const { headers } = await app.inject({ url, headers: { 'x-request-id': 'r-1' } });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-request-id': 'r-1',
      });
      expect(headers['content-security-policy']).toMatch(/script-src 'self'[^']*;/);
    }
    for (const url of ['/v1/health', '/v1/nothing', '/ofrep/v1/nothing']) {
      const { headers } = await app.inject({ url, headers: { 'x-request-id': 'r-1' } });
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-request-id': 'r-1',
      });
    }
  });

  test('to a question about data is not stored', async () => {
    app = serverOf();
    expect((await app.inject('/v1/models')).headers['cache-control']).toBe('no-store');
  });

  test('does not repeat a request id that could be an attack', async () => {
    app = serverOf();
    const { headers } = await app.inject({
      url: '/livez',
      headers: { 'x-request-id': '<script>' },
    });
    expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('problems', () => {
  test.each([
    ['GET', '/v1/nothing', 404, 'NOT_FOUND'],
    ['GET', '/v1/metrics/unknown', 404, 'NOT_FOUND'],
    ['GET', '/v1/models/unknown', 404, 'NOT_FOUND'],
    ['GET', '/v1/models/learning/unknown/performance', 404, 'NOT_FOUND'],
    ['GET', '/v1/models/learning/x/performance?figure=luck', 400, 'REQUEST_INVALID'],
    ['GET', '/v1/models/learning/x/performance?from=2&to=1', 400, 'REQUEST_INVALID'],
    ['GET', '/v1/pipelines/unknown/epochs', 404, 'NOT_FOUND'],
    ['GET', '/v1/models/unknown/served', 404, 'NOT_FOUND'],
    ['GET', '/v1/models/answer/served?at=soon', 400, 'REQUEST_INVALID'],
    ['DELETE', '/v1/models', 404, 'NOT_FOUND'],
    ['GET', '/v1/metrics/x?from=2&to=1', 400, 'REQUEST_INVALID'],
    ['GET', '/v1/metrics/x?from=abc', 400, 'REQUEST_INVALID'],
    ['GET', '/v1/metrics/x?stepMs=1', 400, 'REQUEST_INVALID'],
    ['GET', '/v1/metrics/x?to=1e300', 400, 'REQUEST_INVALID'],
    ['GET', '/v1/metrics/x?step=60000', 400, 'REQUEST_INVALID'],
    ['GET', '/v1/pipelines/learn/epochs?segment=x', 400, 'REQUEST_INVALID'],
    ['GET', '/v1/models?version=2', 400, 'REQUEST_INVALID'],
    ['GET', '/v1/pipelines?name=learn', 400, 'REQUEST_INVALID'],
    ['GET', '/v1/metrics?metric=x', 400, 'REQUEST_INVALID'],
    ['GET', '/v1/refusals?code=x', 400, 'REQUEST_INVALID'],
    ['GET', `/v1/models/${'x'.repeat(300)}`, 400, 'REQUEST_INVALID'],
    ['GET', '/v1/models/%ff', 400, 'REQUEST_INVALID'],
  ] as const)('%s %s: %i', async (method, url, status, code) => {
    app = serverOf();
    const answer = await app.inject({ method, url });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.json()).toMatchObject({
      status,
      title: expect.any(String),
      requestId: expect.any(String),
    });
  });

  test.each([
    ['from=2&to=1', 'from: must lie before to'],
    ['step=60000', 'Unrecognized key: "step"'],
    ['form=1&t0=2', 'Unrecognized keys: "form", "t0"'],
  ])('name the parameter of ?%s', async (query, detail) => {
    app = serverOf();
    expect((await app.inject(`/v1/metrics/x?${query}`)).json()).toMatchObject({ detail });
  });

  test('of ClickHouse ask to come again', async () => {
    const away = () => Promise.reject(new EngineError('SINK_UNAVAILABLE', 'query: no answer'));
    app = serverOf({ queries: queriesOf({ models: away }) });
    const answer = await app.inject('/v1/models');
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json()).toMatchObject({ code: 'SINK_UNAVAILABLE' });
  });

  test('of our own say nothing of the inside', async () => {
    const broken = () => Promise.reject(new Error('SELECT secret'));
    app = serverOf({ queries: queriesOf({ models: broken }) });
    const answer = await app.inject('/v1/models');
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('secret');
  });
});

describe('the documents', () => {
  test('OpenAPI names every route of the API with its answers', async () => {
    app = serverOf();
    const document = (await app.inject('/openapi.json')).json();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).toSorted()).toEqual([
      '/livez',
      '/metrics',
      '/ofrep/v1/evaluate/flags',
      '/ofrep/v1/evaluate/flags/{key}',
      '/readyz',
      '/v1/accounts',
      '/v1/accounts/first',
      '/v1/accounts/{id}',
      '/v1/accounts/{id}/password',
      '/v1/accounts/{id}/sessions',
      '/v1/accounts/{id}/sessions/{session}',
      '/v1/alerts',
      '/v1/alerts/{id}',
      '/v1/alerts/{id}/acknowledge',
      '/v1/alerts/{id}/close',
      '/v1/audit',
      '/v1/audit/check',
      '/v1/audit/export',
      '/v1/belongings',
      '/v1/belongings/{kind}/{key}',
      '/v1/calendar',
      '/v1/calendar/{key}',
      '/v1/calendar/{key}/revisions',
      '/v1/dead-letters',
      '/v1/dead-letters/replay',
      '/v1/decisions',
      '/v1/decisions/batch',
      '/v1/drift',
      '/v1/drift/{column}',
      '/v1/events',
      '/v1/events/behind',
      '/v1/experiment-metrics',
      '/v1/experiment-metrics/{key}',
      '/v1/experiment-metrics/{key}/figures',
      '/v1/experiments',
      '/v1/experiments/check',
      '/v1/experiments/plan',
      '/v1/experiments/{key}',
      '/v1/experiments/{key}/annotations',
      '/v1/experiments/{key}/annotations/remove',
      '/v1/experiments/{key}/archive',
      '/v1/experiments/{key}/certificate',
      '/v1/experiments/{key}/course',
      '/v1/experiments/{key}/pause',
      '/v1/experiments/{key}/resume',
      '/v1/experiments/{key}/start',
      '/v1/experiments/{key}/stop',
      '/v1/happenings',
      '/v1/health',
      '/v1/insights',
      '/v1/insights/kinds',
      '/v1/insights/{id}',
      '/v1/insights/{id}/accept',
      '/v1/insights/{id}/answer',
      '/v1/keys',
      '/v1/keys/{id}',
      '/v1/live',
      '/v1/metrics',
      '/v1/metrics/{metric}',
      '/v1/model-lives',
      '/v1/models',
      '/v1/models/{model}/imports',
      '/v1/models/{model}/life',
      '/v1/models/{model}/plan',
      '/v1/models/{model}/predictions',
      '/v1/models/{model}/release',
      '/v1/models/{model}/releases',
      '/v1/models/{model}/rollback',
      '/v1/models/{model}/rollback-preview',
      '/v1/models/{model}/served',
      '/v1/models/{model}/versions/{version}',
      '/v1/models/{model}/versions/{version}/card',
      '/v1/models/{name}',
      '/v1/models/{pipeline}/{model}/performance',
      '/v1/mutes',
      '/v1/mutes/{key}',
      '/v1/mutes/{key}/revisions',
      '/v1/objections',
      '/v1/pipelines',
      '/v1/pipelines/{name}/epochs',
      '/v1/places',
      '/v1/policies',
      '/v1/policies/algorithms',
      '/v1/policies/check',
      '/v1/policies/{key}',
      '/v1/policies/{key}/archive',
      '/v1/policies/{key}/evaluate',
      '/v1/policies/{key}/explain',
      '/v1/policies/{key}/pause',
      '/v1/policies/{key}/report',
      '/v1/policies/{key}/resume',
      '/v1/policies/{key}/start',
      '/v1/policies/{key}/stop',
      '/v1/refusals',
      '/v1/retention',
      '/v1/retraining',
      '/v1/retraining/{id}',
      '/v1/retraining/{id}/cancel',
      '/v1/routes',
      '/v1/routes/{key}',
      '/v1/routes/{key}/revisions',
      '/v1/routes/{key}/test',
      '/v1/session',
      '/v1/session/password',
      '/v1/sessions',
      '/v1/sessions/{session}',
      '/v1/statistics',
      '/v1/statistics/{pipeline}/{name}',
      '/v1/users/{user}',
      '/v1/users/{user}/export',
      '/v1/users/{user}/objection',
      '/v1/watched-models',
      '/v1/watches',
      '/v1/watches/check',
      '/v1/watches/{key}',
      '/v1/watches/{key}/revisions',
    ]);
    const series = document.paths['/v1/metrics/{metric}'].get;
    expect(series.parameters.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['metric', 'from', 'to', 'stepMs', 'segment', 'pipeline']),
    );
    expect(Object.keys(series.responses)).toEqual(['200', '400', '403', '404', '503']);
    const events = document.paths['/v1/events'].post;
    expect(Object.keys(events.requestBody.content)).toContain('application/x-ndjson');
    const letters = document.paths['/v1/dead-letters'].get;
    expect(letters.parameters.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['pipeline', 'code', 'from', 'to', 'partition', 'limit', 'after']),
    );
    const replay = document.paths['/v1/dead-letters/replay'].post;
    const { properties } = replay.requestBody.content['application/json'].schema;
    expect(Object.keys(properties)).toEqual(
      expect.arrayContaining(['positions', 'again', 'dryRun']),
    );
  });

  test('the page to try them needs nothing from elsewhere', async () => {
    app = serverOf();
    const page = await app.inject('/docs');
    expect(page.body).toContain('data-path="/v1/events"');
    expect(page.body).toContain('data-path="/v1/metrics/{metric}"');
    expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//);
    const script = await app.inject('/docs/tryIt.js');
    expect(script.headers['content-type']).toMatch('text/javascript');
    expect(script.body).toContain('fetch(');
  });
});

describe('the dashboard', () => {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-ui-'));
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), '<!doctype html><script>1</script><p>the page');
  writeFileSync(join(directory, 'assets/main-BpQ3x_yZ.js'), 'export {}');
  writeFileSync(join(directory, 'mark.svg'), '<svg/>');
  const html = { accept: 'text/html,*/*' };
  afterEach(() => rmSync(join(directory, 'none'), { force: true }));

  test('is the page for every view, its own scripts allowed by their hashes', async () => {
    app = serverOf({ dashboard: directory });
    for (const url of [
      '/',
      '/pipelines?range=1h',
      '/models/answer',
      '/models/answer/versions/1.4',
    ]) {
      const answer = await app.inject({ url, headers: html });
      expect([url, answer.statusCode]).toEqual([url, 200]);
      expect(answer.body).toContain('the page');
      expect(answer.headers['cache-control']).toBe('no-cache');
      // SHA-256 of "1".
      expect(answer.headers['content-security-policy']).toContain(
        "'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='",
      );
    }
  });

  test('files with a hash in their name are kept for good, others asked for again', async () => {
    app = serverOf({ dashboard: directory });
    const hashed = await app.inject('/assets/main-BpQ3x_yZ.js');
    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(hashed.headers['content-type']).toMatch('javascript');
    expect((await app.inject('/mark.svg')).headers['cache-control']).toBe('no-cache');
  });

  test('an absent file is not the page', async () => {
    app = serverOf({ dashboard: directory });
    for (const url of [
      '/assets/gone-12345678.js',
      '/v1/gone',
      '/../package.json',
      '/assets/../../x.json',
    ]) {
      expect([url, (await app.inject({ url, headers: html })).statusCode]).toEqual([url, 404]);
    }
  });

  test('that is not built says how to build it', async () => {
    app = serverOf();
    const answer = await app.inject({ url: '/', headers: html });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('npm run build');
  });
});

describe('operation', () => {
  test('Prometheus reads partitions, ingest and process', async () => {
    app = serverOf({
      engine: engineOf(
        partition({ committedOffset: 90, endOffset: 100, pipeline: 'a"b\\' }),
        partition({ partition: 1, state: 'failed', committedAt: null, commitMs: null }),
      ),
    });
    await app.inject({
      method: 'POST',
      url: '/v1/events',
      headers: { 'content-type': 'application/json' },
      payload: '{}',
    });
    const { body, headers } = await app.inject('/metrics');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = body.split('\n');
    expect(lines).toContain('millrace_partition_lag_events{pipeline="a\\"b\\\\",partition="0"} 10');
    expect(lines).toContain('millrace_partition_up{pipeline="learn",partition="1"} 0');
    expect(lines).toContain('millrace_ingest_accepted_total 1');
    expect(lines).toContain('millrace_ingest_requests_total{status="202"} 1');
    expect(lines).toContain('# TYPE millrace_partition_committed_offset counter');
    expect(body.endsWith('\n')).toBe(true);
    for (const line of lines.filter((text) => text !== '' && !text.startsWith('#'))) {
      expect(line).toMatch(/^[a-z_]+(\{.*\})? -?[\d.e+-]+$/);
    }
  });

  test('ready means that ClickHouse answers, the log writes and the partitions run', async () => {
    app = serverOf();
    expect((await app.inject('/readyz')).body).toBe('ok\n');
    await app.close();
    app = serverOf({
      queries: queriesOf({ health: { refusalFacts: () => Promise.reject(new Error('refused')) } }),
      engine: {
        partitions: () => [partition({ state: 'starting' })],
        logProblem: () => 'the disk is full',
      },
    });
    const answer = await app.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.body.trim().split('\n')).toEqual([
      'ClickHouse does not answer: refused',
      'The event log takes no events: the disk is full',
      'learn, partition 0: starting',
    ]);
    expect((await app.inject('/livez')).statusCode).toBe(200);
    expect((await app.inject('/v1/health')).json().state).toBe('bad');
  });

  test('pipelines add up their partitions', async () => {
    app = serverOf({
      engine: engineOf(
        partition({
          partition: 1,
          committedOffset: 50,
          endOffset: 60,
          tables: [{ name: 'users', keys: 5 }],
        }),
        partition({ partition: 0 }),
      ),
      queries: queriesOf({
        totals: async () => new Map([['learn', { refused: 7, late: 2, duplicates: 3 }]]),
      }),
    });
    const { pipelines } = (await app.inject('/v1/pipelines')).json();
    expect(pipelines).toHaveLength(1);
    expect(pipelines[0]).toMatchObject({
      name: 'learn',
      tables: [{ name: 'users', keys: 15 }],
      totals: { events: 1_043, refused: 7, late: 2, duplicates: 3 },
    });
    expect(pipelines[0].partitions.map((one: { lagEvents: number }) => one.lagEvents)).toEqual([
      0, 10,
    ]);
    expect((await app.inject('/v1/pipelines/learn/epochs')).json().points).toEqual([]);
  });

  test('the partitions are told whether ClickHouse answers or not', async () => {
    const known = new Map([['learn', { refused: 7, late: 2, duplicates: 3 }]]);
    let totals = (): Promise<typeof known> => new Promise(() => undefined);
    app = serverOf({ queries: queriesOf({ totals: () => totals() }) });
    const ask = async () => (await app.inject('/v1/pipelines')).json().pipelines[0];
    const began = performance.now();
    expect(await ask()).toMatchObject({ partitions: [{ committedOffset: 1_000 }], totals: null });
    expect(performance.now() - began).toBeLessThan(10_000);
    await app.close();

    app = serverOf({ queries: queriesOf({ totals: () => totals() }) });
    totals = () => Promise.reject(new EngineError('SINK_UNAVAILABLE', 'query: no answer'));
    expect(await ask()).toMatchObject({ partitions: [{ committedOffset: 1_000 }], totals: null });
    totals = async () => known;
    expect((await ask()).totals).toMatchObject({ refused: 7 });
    totals = () => Promise.reject(new EngineError('SINK_UNAVAILABLE', 'query: no answer'));
    expect((await ask()).totals).toMatchObject({ refused: 7 });
  });

  test('a client that goes away ends its question', async () => {
    const signals: AbortSignal[] = [];
    const ask = (_name: string, _query: object, signal?: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        signals.push(signal!);
        signal!.addEventListener('abort', () => reject(signal!.reason));
      });
    app = serverOf({ queries: queriesOf({ metricSeries: ask, model: ask, epochs: ask }) });
    const url = await listen(app, { host: '127.0.0.1', port: 0 });
    for (const path of ['/v1/metrics/x', '/v1/models/x', '/v1/pipelines/x/epochs']) {
      const departure = new AbortController();
      const answer = fetch(`${url}${path}`, { signal: departure.signal });
      await expect.poll(() => signals.length).toBe(1);
      expect(signals[0]!.aborted).toBe(false);
      departure.abort();
      await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
      await expect.poll(() => signals[0]!.aborted).toBe(true);
      signals.length = 0;
    }
  });

  test('an answer that was taken ends nothing', async () => {
    let signal: AbortSignal | undefined;
    const ask = async (_name: string, _query: object, departure?: AbortSignal) => {
      signal = departure;
      return undefined;
    };
    app = serverOf({ queries: queriesOf({ metricSeries: ask }) });
    const url = await listen(app, { host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${url}/v1/metrics/x`);
    expect(answer.status).toBe(404);
    await answer.text();
    await app.close();
    expect(signal?.aborted).toBe(false);
  });

  test('too many questions are told to come again', async () => {
    const full = () => Promise.reject(new EngineError('OVERLOADED', 'Too many questions wait.'));
    app = serverOf({ queries: queriesOf({ metricSeries: full }) });
    const answer = await app.inject('/v1/metrics/x');
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '1']);
    expect(answer.json()).toMatchObject({ code: 'OVERLOADED' });
  });

  test('questions without parameters are asked once for all who ask at once', async () => {
    let asked = 0;
    app = serverOf({
      queries: queriesOf({
        models: async () => {
          asked += 1;
          await new Promise((resolve) => setTimeout(resolve, 20));
          return { models: [] };
        },
      }),
    });
    await Promise.all(Array.from({ length: 5 }, () => app.inject('/v1/models')));
    expect(asked).toBe(1);
  });
});

test('closing the server lets a request under way finish', async () => {
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  app = serverOf({
    queries: queriesOf({
      metrics: () => {
        begin();
        return finished.then(() => ({ metrics: [] }));
      },
    }),
  });
  const url = await listen(app, { host: '127.0.0.1', port: 0 });
  const answer = fetch(`${url}/v1/metrics`);
  await begun;
  const closed = app.close();
  finish();
  expect((await answer).status).toBe(200);
  await closed;
});

test('closing the server does not wait for a connection on which nobody asks anything', async () => {
  app = serverOf();
  const url = new URL(await listen(app, { host: '127.0.0.1', port: 0 }));
  const silent = connect(Number(url.port), url.hostname);
  await once(silent, 'connect');
  await fetch(`${url.href}livez`); // behind it, so the server knows of both
  const gone = once(silent, 'close');
  silent.on('error', () => undefined);
  await app.close();
  await gone;
}, 5_000);

test('an hour that is set back does not keep an old health', async () => {
  let asked = 0;
  const real = { date: Date.now, steady: performance.now.bind(performance) };
  const off = { date: 0, steady: 0 };
  vi.spyOn(Date, 'now').mockImplementation(() => real.date() + off.date);
  vi.spyOn(performance, 'now').mockImplementation(() => real.steady() + off.steady);
  try {
    const health = {
      models: async () => {
        asked += 1;
        return { models: [] };
      },
    };
    app = buildServer({
      ingest: { ingest: async () => accepted },
      letters: { resend: async () => [], remember: async () => {} },
      experiments: {
        registry: registryOf(),
        fresh: () => undefined,
        certificate: async () => undefined,
      },
      policies: policyDeskOf(),
      users: userDesk,
      objections: objectionDesk,
      watches: watchDeskOf(),
      insights: insightDeskOf(),
      models: modelDeskOf(),
      predictions: { predict: async () => undefined },
      audit: auditDesk,
      retention: { read: () => Promise.reject(new TypeError('not asked')) },
      access: accessOf(),
      places: placeBookOf(),
      lastUses,
      queries: queriesOf({ health }),
      engine: engineOf(partition()),
    });
    const ask = () => app.inject({ url: '/v1/health', headers: { host: 'localhost' } });
    await ask();
    expect(asked).toBe(1);
    off.date = -3_600_000;
    off.steady = 20_000;
    await ask();
    expect(asked).toBe(2);
  } finally {
    vi.restoreAllMocks();
  }
});
