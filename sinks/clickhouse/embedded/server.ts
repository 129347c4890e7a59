/**
 * ClickHouse's HTTP interface in front of chdb: as much of it as the unmodified `@clickhouse/client` uses.
 *
 * Source: https://clickhouse.com/docs/interfaces/http
 */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AnswerOptions, answerStatement } from './answer.ts';
import { faultOf, ServerException, statusOf } from './exceptions.ts';

export interface ServerOptions extends AnswerOptions {
  readonly username: string;
  readonly password: string;
}

const keepAliveMs = 30_000;

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function credentials(request: IncomingMessage): string {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (basic !== undefined) return Buffer.from(basic, 'base64').toString();
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const user = request.headers['x-clickhouse-user'] ?? searchParams.get('user') ?? 'default';
  const key = request.headers['x-clickhouse-key'] ?? searchParams.get('password') ?? '';
  return `${String(user)}:${String(key)}`;
}

/** Sends an exception: with its status, or at the end of a body that has already begun. */
export function sendFault(response: ServerResponse, error: unknown, version: string): void {
  if (response.destroyed || response.headersSent) {
    response.destroy();
    return;
  }
  const { code, text } = faultOf(error);
  response.writeHead(statusOf(code), {
    'Content-Type': 'text/plain; charset=UTF-8',
    'X-ClickHouse-Exception-Code': String(code),
  });
  response.end(`${text} (version ${version})\n`);
}

/** The server, not yet listening. */
export function createClickHouseServer(options: ServerOptions): Server {
  const expected = digest(`${options.username}:${options.password}`);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/ping' || (pathname === '/' && request.method === 'HEAD')) {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=UTF-8' }).end('Ok.\n');
      return;
    }
    if (!timingSafeEqual(digest(credentials(request)), expected)) {
      throw new ServerException('AUTHENTICATION_FAILED', 'default: Authentication failed');
    }
    if (pathname !== '/') {
      response.writeHead(404).end(`There is no handle ${pathname}\n`);
      return;
    }
    if (request.method === 'GET' && !searchParams.has('query')) {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=UTF-8' }).end('Ok.\n');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'POST') {
      response.writeHead(405, { Allow: 'GET, POST' }).end();
      return;
    }
    await answerStatement(request, response, options);
  }

  const server = createServer((request, response) => {
    const given = new URL(request.url ?? '/', 'http://localhost').searchParams.get('query_id');
    const queryId = given === null || given === '' ? randomUUID() : given;
    response.setHeader('X-ClickHouse-Server-Display-Name', 'millrace');
    response.setHeader('X-ClickHouse-Timezone', 'UTC');
    response.setHeader('X-ClickHouse-Query-Id', queryId.replaceAll(/[^\x20-\x7e]/g, '?'));
    // The last answer on a connection of a server that closes: nobody waits until the client lets it go.
    response.once('finish', () => {
      if (!server.listening) request.socket.destroySoon();
    });
    handle(request, response).catch((error: unknown) => {
      sendFault(response, error, options.version);
      request.resume(); // what is left of the body is read away, or the client would not read the answer
    });
  });
  server.keepAliveTimeout = keepAliveMs;
  server.requestTimeout = 0;
  return server;
}
