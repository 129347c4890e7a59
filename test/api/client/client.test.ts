/** The application's client against a server that fails in every way that a network does. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Client, type ClientOptions, createClient } from '../../../api/client/client.ts';
import type { KeyValueStorage } from '../../../api/client/eventQueue.ts';

type Handler = (body: string, request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let url: string;
let handler: Handler;
let clients: Client[];

beforeEach(async () => {
  clients = [];
  handler = (_body, _request, response) => answer(response, 202, { refusals: [] });
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => handler(Buffer.concat(parts).toString(), request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  handler = (_body, _request, response) => answer(response, 202, { refusals: [] });
  await Promise.all(clients.map((client) => client.close()));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function client(options: Partial<ClientOptions> = {}): Client {
  const made = createClient({ url, backoff: { firstMs: 4, mostMs: 8 }, ...options });
  clients.push(made);
  return made;
}

function memory(): KeyValueStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const viewed = { type: 'viewed', user: 'u-1', item: 'i-1' };

describe('sending events', () => {
  test('sends what waits as lines, with id and time', async () => {
    const bodies: string[] = [];
    handler = (body, _request, response) => {
      bodies.push(body);
      answer(response, 202, { refusals: [] });
    };
    const sender = client({ now: () => 1_700_000_000_000 });
    const id = sender.send(viewed);
    sender.send({ ...viewed, id: 'mine', time: 5 });
    await sender.flush();
    expect(bodies).toHaveLength(1);
    expect(bodies[0]!.split('\n').map((line) => JSON.parse(line))).toEqual([
      { ...viewed, id, time: 1_700_000_000_000 },
      { ...viewed, id: 'mine', time: 5 },
    ]);
    expect(sender.waiting).toBe(0);
  });

  test('a full batch goes at once, in order, whatever the wait', async () => {
    const ids: string[] = [];
    handler = (body, _request, response) => {
      ids.push(...body.split('\n').map((line) => JSON.parse(line).id as string));
      answer(response, 202, { refusals: [] });
    };
    const sender = client({ batchMax: 3, flushMs: 60_000 });
    for (let i = 0; i < 7; i += 1) sender.send({ ...viewed, id: `e${i}` });
    await expect.poll(() => ids).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'e5', 'e6']);
  });

  test.each([429, 500, 503])('sends again after %i with the same ids', async (status) => {
    const seen: string[] = [];
    handler = (body, _request, response) => {
      seen.push(JSON.parse(body).id as string);
      answer(response, seen.length < 3 ? status : 202, { refusals: [] });
    };
    const sender = client({ flushMs: 1 });
    const id = sender.send(viewed);
    await expect.poll(() => seen).toEqual([id, id, id]);
    await expect.poll(() => sender.waiting).toBe(0);
  });

  test('sends again when the connection breaks or nothing answers', async () => {
    let tries = 0;
    handler = (_body, request, response) => {
      tries += 1;
      if (tries === 1) request.socket.destroy();
      else if (tries > 2) answer(response, 202, { refusals: [] });
    };
    const sender = client({ flushMs: 1, timeoutMs: 60 });
    sender.send(viewed);
    await expect.poll(() => tries).toBe(3);
    await expect.poll(() => sender.waiting).toBe(0);
  });

  test('tells what was refused and why, and does not send it again', async () => {
    const refusals: unknown[] = [];
    handler = (_body, _request, response) =>
      answer(response, 422, {
        refusals: [{ index: 1, code: 'EVENT_FIELD_INVALID', reason: 'type' }],
      });
    const sender = client({ onRefused: (each) => refusals.push(...each) });
    sender.send({ ...viewed, id: 'a', time: 1 });
    sender.send({ ...viewed, id: 'b', time: 1 });
    await sender.flush();
    expect(refusals).toEqual([
      { code: 'EVENT_FIELD_INVALID', reason: 'type', event: { ...viewed, id: 'b', time: 1 } },
    ]);
    expect(sender.waiting).toBe(0);
  });

  test('a body that the engine does not take is given up, with a reason', async () => {
    const refusals: { code: string; reason: string }[] = [];
    handler = (_body, _request, response) => answer(response, 415, { detail: 'not this type' });
    const sender = client({ onRefused: (each) => refusals.push(...each) });
    sender.send(viewed);
    await sender.flush();
    expect(refusals).toMatchObject([{ code: 'HTTP_415', reason: 'not this type' }]);
  });

  test('keeps events through a restart while the engine is away', async () => {
    handler = (_body, _request, response) => answer(response, 503, {});
    const storage = memory();
    const first = client({ storage, flushMs: 1 });
    first.send({ ...viewed, id: 'kept' });
    await first.close();
    const seen: string[] = [];
    handler = (body, _request, response) => {
      seen.push(JSON.parse(body).id as string);
      answer(response, 202, { refusals: [] });
    };
    client({ storage });
    await expect.poll(() => seen).toEqual(['kept']);
    await expect.poll(() => storage.kept.size).toBe(0);
  });

  test('what a page writes does not take away what another page of the same storage keeps', async () => {
    handler = (_body, _request, response) => answer(response, 503, {});
    const storage = memory();
    const first = client({ storage, flushMs: 60_000 });
    const second = client({ storage, flushMs: 60_000 });
    first.send({ ...viewed, id: 'of the first' });
    await first.flush();
    second.send({ ...viewed, id: 'of the second' });
    await second.flush();
    expect(storage.kept.get('millrace-events')).toMatch(/of the first.*\n.*of the second/);
    handler = (_body, _request, response) => answer(response, 202, { refusals: [] });
    await second.flush();
    expect(storage.kept.get('millrace-events')).toMatch(/^[^\n]*of the first[^\n]*$/);
    await first.flush();
    expect(storage.kept.size).toBe(0);
  });

  test.each([401, 403, 404])(
    'keeps events that %i turns away at the door, and says so once',
    async (status) => {
      let tries = 0;
      handler = (_body, _request, response) => {
        tries += 1;
        answer(response, tries < 4 ? status : 202, { detail: 'not so', refusals: [] });
      };
      const told: unknown[] = [];
      const sender = client({ flushMs: 1, onDropped: (count, why) => told.push([count, why]) });
      sender.send(viewed);
      await expect.poll(() => tries).toBe(4);
      await expect.poll(() => sender.waiting).toBe(0);
      expect(told).toEqual([[0, `the engine answers ${status}: not so; what waits is sent again`]]);
    },
  );

  test('goes on when the application throws at what it is told', async () => {
    handler = (_body, _request, response) =>
      answer(response, 422, { refusals: [{ index: 0, code: 'EVENT_FIELD_INVALID', reason: 'x' }] });
    const fail = () => {
      throw new Error('of the application');
    };
    const sender = client({ queueMax: 1, flushMs: 60_000, onRefused: fail, onDropped: fail });
    sender.send(viewed);
    sender.send(viewed);
    await sender.flush();
    expect(sender.waiting).toBe(0);
  });

  test('lets go of the connection of an answer that it does not read', async () => {
    let tries = 0;
    const read: Response[] = [];
    const sender = client({
      flushMs: 60_000,
      async fetch() {
        tries += 1;
        const response = Response.json({ refusals: [] }, { status: tries === 1 ? 503 : 202 });
        read.push(response);
        return response;
      },
    });
    sender.send(viewed);
    await sender.flush();
    await sender.flush();
    expect(read.map(({ bodyUsed }) => bodyUsed)).toEqual([true, true]);
  });

  test('beyond its bound the oldest goes, and this is told', async () => {
    const dropped: number[] = [];
    const sender = client({
      queueMax: 2,
      flushMs: 60_000,
      onDropped: (count) => dropped.push(count),
    });
    for (let i = 0; i < 4; i += 1) sender.send(viewed);
    expect(sender.waiting).toBe(2);
    expect(dropped).toEqual([1, 1]);
  });

  test('a storage that is denied, broken or full of other things does no harm', async () => {
    const denied: KeyValueStorage = {
      getItem() {
        throw new Error('denied');
      },
      setItem() {
        throw new Error('full');
      },
      removeItem() {
        throw new Error('denied');
      },
    };
    const warned: string[] = [];
    const sender = client({ storage: denied, onDropped: (_count, why) => warned.push(why) });
    handler = (_body, _request, response) => answer(response, 503, {});
    sender.send(viewed);
    await sender.flush();
    expect(warned[0]).toMatch(/storage/);
    const strange = memory();
    strange.setItem('millrace-events', '{"broken\nnull\n7');
    expect(client({ storage: strange }).waiting).toBe(0);
  });
});

describe('decisions', () => {
  const fallback = { action: 'plain', payload: { hints: 0 } };
  const decided = {
    ...{
      policy: 'tutor',
      user: 'u-1',
      revision: 2,
      stage: 1,
      way: 'policy',
      reason: '',
      learnt: '',
    },
    chosen: [{ decision: 'd-1', position: 1, action: 'video', payload: null, probability: 0.4 }],
  };

  test('answers what the engine decided', async () => {
    handler = (_body, _request, response) => answer(response, 200, decided);
    const answered = await client().decide({ policy: 'tutor', user: 'u-1' }, fallback);
    expect(answered).toEqual(decided);
  });

  test('takes the fallback in time when nothing answers, and logs it', async () => {
    const events: Record<string, unknown>[] = [];
    let asked = '';
    handler = (body, request, response) => {
      if (request.url === '/v1/decisions') {
        asked = JSON.parse(body).id as string;
        return;
      }
      events.push(...body.split('\n').map((line) => JSON.parse(line)));
      answer(response, 202, { refusals: [] });
    };
    const asker = client({ decideMs: 30 });
    const before = performance.now();
    const { way, chosen, revision } = await asker.decide(
      { policy: 'tutor', user: 'u-1' },
      fallback,
    );
    expect(performance.now() - before).toBeLessThan(500);
    expect({ way, revision }).toEqual({ way: 'fallback', revision: null });
    expect(chosen[0]).toMatchObject({ ...fallback, probability: 1 });
    await asker.flush();
    expect(events).toMatchObject([
      {
        ...{ id: chosen[0]!.decision, type: 'decision', item: 'plain' },
        context: { policy: 'tutor', way: 'fallback', instead: asked },
      },
    ]);
  });

  test.each([
    [404, { code: 'NOT_FOUND', detail: 'The policy tutor does not serve: it is paused.' }],
    [404, { code: 'NOT_FOUND', detail: 'There is no policy tutor.' }],
    [422, { code: 'DECISION_IMPOSSIBLE', detail: '0 of the actions of tutor may be chosen.' }],
    [503, { code: 'LOG_UNAVAILABLE', detail: 'the log is away' }],
  ])(
    'takes the fallback where the engine has no decision, says why, and logs it: %i %j',
    async (status, problem) => {
      const events: { context: object }[] = [];
      handler = (body, request, response) => {
        if (request.url === '/v1/decisions') return answer(response, status, problem);
        events.push(...body.split('\n').map((line) => JSON.parse(line) as { context: object }));
        answer(response, 202, { refusals: [] });
      };
      const asker = client({ flushMs: 60_000 });
      const query = { policy: 'tutor', user: 'u-1', id: 'd-1' };
      const decision = await asker.decide(query, fallback);
      expect(decision).toEqual({
        ...{
          policy: 'tutor',
          user: 'u-1',
          revision: null,
          stage: null,
          way: 'fallback',
          learnt: '',
        },
        reason: problem.detail,
        chosen: [{ ...fallback, decision: 'd-1:fallback', position: 1, probability: 1 }],
      });
      await asker.decide({ ...query, log: false }, fallback);
      await asker.flush();
      // Only what failed may have been decided all the same.
      const instead = status === 503 ? { instead: 'd-1' } : {};
      expect(events.map(({ context }) => context)).toEqual([
        { policy: 'tutor', action: 'plain', way: 'fallback', attributes: {}, ...instead },
      ]);
    },
  );

  test.each([
    [400, { code: 'REQUEST_INVALID', detail: 'user: too short' }],
    [401, { detail: 'no key' }],
    [422, { code: 'DECISION_INVALID', detail: 'actions: got "song"' }],
  ])(
    'a wrong query is the application’s fault and thrown with the engine’s words: %i',
    async (status, problem) => {
      handler = (_body, _request, response) => answer(response, status, problem);
      const asker = client();
      await expect(asker.decide({ policy: 'tutor', user: 'u' }, fallback)).rejects.toThrow(
        `decide tutor: ${problem.detail}`,
      );
      expect(asker.waiting).toBe(0);
    },
  );

  test('an answer that is no JSON is told by its status', async () => {
    handler = (_body, _request, response) => response.writeHead(400).end('<html>');
    await expect(client().decide({ policy: 'x', user: 'u' }, fallback)).rejects.toThrow(
      'decide x: HTTP 400',
    );
  });

  test('an outcome names its decision', async () => {
    let body = '';
    handler = (text, _request, response) => {
      body = text;
      answer(response, 202, { refusals: [] });
    };
    const teller = client();
    teller.outcome('u-1', 'd-1', 1, { context: { how: 'stars' } });
    await teller.flush();
    expect(JSON.parse(body)).toMatchObject({
      ...{ type: 'outcome', user: 'u-1', decision: 'd-1', value: 1 },
      context: { how: 'stars' },
    });
  });
});

describe('leaving a page', () => {
  const beacons: { url: string; text: Promise<string> }[] = [];
  const listeners: (() => void)[] = [];
  const globals = ['document', 'navigator'] as const;
  const had = globals.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));

  beforeEach(() => {
    beacons.length = 0;
    listeners.length = 0;
    const page = {
      visibilityState: 'hidden',
      addEventListener: (_type: string, listener: () => void) => listeners.push(listener),
      removeEventListener: () => undefined,
    };
    const navigator = {
      sendBeacon: (to: string, body: Blob) => beacons.push({ url: to, text: body.text() }) > 0,
    };
    Object.defineProperty(globalThis, 'document', { value: page, configurable: true });
    Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  });

  afterEach(() => {
    globals.forEach((name, i) => {
      if (had[i] === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, had[i]);
    });
  });

  test('what waits goes as a beacon, and stays stored', async () => {
    const storage = memory();
    const sender = client({ storage, flushMs: 60_000 });
    sender.send({ ...viewed, id: 'last', time: 1 });
    for (const listener of listeners) listener();
    expect(beacons[0]!.url).toBe(`${url}/v1/events`);
    expect(JSON.parse(await beacons[0]!.text)).toEqual({ ...viewed, id: 'last', time: 1 });
    expect(storage.kept.get('millrace-events')).toContain('last');
  });

  test('and waits on without a storage: a page that is hidden may come back', () => {
    const sender = client({ flushMs: 60_000 });
    sender.send(viewed);
    for (const listener of listeners) listener();
    expect(beacons).toHaveLength(1);
    expect(sender.waiting).toBe(1);
  });

  test('what needs headers, which no beacon has, goes as a request that outlives the page', async () => {
    const requests: RequestInit[] = [];
    const sender = client({
      headers: { authorization: 'Bearer x' },
      flushMs: 60_000,
      async fetch(_url, init) {
        requests.push(init!);
        return Response.json({ refusals: [] }, { status: 202 });
      },
    });
    sender.send(viewed);
    for (const listener of listeners) listener();
    expect(beacons).toEqual([]);
    expect(requests[0]).toMatchObject({
      keepalive: true,
      headers: { authorization: 'Bearer x', 'content-type': 'application/x-ndjson' },
    });
  });
});
