/** A server on loopback that takes notices, or does not. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface NoticeServer {
  readonly url: string;
  readonly received: Received[];
  /** What it does with a request; by default 204. */
  answer: (response: ServerResponse, request: Received) => void;
  close(): Promise<void>;
}

export async function startNoticeServer(): Promise<NoticeServer> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method, url: path, headers } = request;
    const got = { method, path, headers, body: Buffer.concat(parts).toString('utf8') };
    started.received.push(got);
    started.answer(response, got);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const started: NoticeServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    answer: (response) => response.writeHead(204).end(),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return started;
}
