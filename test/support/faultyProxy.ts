/** A server's ways to fail, in front of a ClickHouse that works: requests pass, are slow, or go wrong in doubt. */
import { once } from 'node:events';
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * - `none`: passes
 * - `slow`: is answered, after a while
 * - `reset`: the connection breaks before the request arrives
 * - `half`: the connection breaks in the middle of the request's body
 * - `lost`: is done, but the connection breaks before the answer
 * - `silent`: is done, but never answered: the client's time runs out
 * - `late`: is done only after the client has given it up, and tried again
 * - `broken`: is done, but the answer breaks off in its middle
 */
export const faults = ['slow', 'reset', 'half', 'lost', 'silent', 'late', 'broken'] as const;
export type Fault = 'none' | (typeof faults)[number];

export interface FaultyProxy {
  readonly url: string;
  /** Requests that went wrong, by fault. */
  readonly count: ReadonlyMap<Fault, number>;
  /** Decides on each request; `statement` is in its address. */
  decide: (statement: string) => Fault;
  /** Refuses connections for so long. */
  refuse(ms: number): Promise<void>;
  /** Resolves when what is late has been done. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Delay of what is slow, ms. */
const slowMs = 60;
/** Of what is late, behind the client's end: longer than the client waits before it tries again, ms. */
const lateMs = 350;

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @param target address of what is behind it */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const count = new Map<Fault, number>();
  const pending = new Set<Promise<unknown>>();

  function open({ method, headers, url = '/' }: IncomingMessage) {
    return forward(new URL(url, target), { method, headers, agent: false });
  }

  async function pass(request: IncomingMessage, body: Buffer): Promise<Answer> {
    const sent = open(request);
    sent.end(body);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const { statusCode = 502, headers } = answer;
    return { status: statusCode, headers, body: await bytesOf(answer) };
  }

  async function sendHalf(request: IncomingMessage, body: Buffer): Promise<void> {
    const sent = open(request);
    const gone = once(sent, 'close');
    sent.on('error', () => undefined);
    sent.write(body.subarray(0, Math.floor(body.length / 2)));
    await sleep(slowMs);
    sent.destroy();
    await gone;
  }

  function answerWith(response: ServerResponse, { status, headers, body }: Answer): void {
    response.writeHead(status, headers);
    response.end(body);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = once(response, 'close');
    const body = await bytesOf(request);
    const { searchParams } = new URL(request.url ?? '/', target);
    const fault = proxy.decide(searchParams.get('query') ?? body.toString('latin1', 0, 2_000));
    count.set(fault, (count.get(fault) ?? 0) + 1);
    switch (fault) {
      case 'none':
        return answerWith(response, await pass(request, body));
      case 'slow':
        await sleep(slowMs);
        return answerWith(response, await pass(request, body));
      case 'reset':
        response.destroy();
        return;
      case 'half':
        await sendHalf(request, body);
        response.destroy();
        return;
      case 'lost':
        await pass(request, body);
        response.destroy();
        return;
      case 'silent':
        await pass(request, body);
        await gone;
        return;
      case 'late':
        await gone;
        await sleep(lateMs);
        await pass(request, body);
        return;
      case 'broken': {
        const answer = await pass(request, body);
        response.writeHead(answer.status, answer.headers);
        response.write(answer.body.subarray(0, Math.floor(answer.body.length / 2)));
        await sleep(5); // so that its beginning is on its way
        response.destroy();
      }
    }
  }

  function listen(port: number): Server {
    const server = createServer((request, response) => {
      const handled = handle(request, response).catch(() => response.destroy());
      pending.add(handled);
      void handled.finally(() => pending.delete(handled));
    });
    server.listen(port, '127.0.0.1');
    return server;
  }

  async function end(server: Server): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  let server = listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${port}`,
    count,
    decide: () => 'none',
    async refuse(ms) {
      await end(server);
      await sleep(ms);
      server = listen(port);
      await once(server, 'listening');
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
    close: () => end(server),
  };
  return proxy;
}
