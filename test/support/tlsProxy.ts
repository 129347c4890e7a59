/** ClickHouse's https in front of the embedded ClickHouse, users that prove themselves by a certificate included. */
import { once } from 'node:events';
import { request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';

export interface TlsProxyOptions {
  readonly cert: Buffer;
  readonly key: Buffer;
  /** PEM of the authority of the users' certificates; without it none is asked for. */
  readonly ca?: Buffer;
  /** What is behind it. */
  readonly target: { readonly url: string; readonly username: string; readonly password: string };
}

export interface TlsProxy {
  readonly url: string;
  close(): Promise<void>;
}

export async function startTlsProxy({ target, ...tls }: TlsProxyOptions): Promise<TlsProxy> {
  const asks = tls.ca !== undefined;

  function pass(request: IncomingMessage, response: ServerResponse): void {
    const headers = { ...request.headers };
    const proven = asks && (request.socket as TLSSocket).authorized;
    // The server's rule: a certificate is taken in the place of a password, never beside one.
    if (headers['x-clickhouse-ssl-certificate-auth'] === 'on' && proven) {
      if (headers['x-clickhouse-key'] === '') headers['x-clickhouse-key'] = target.password;
    }
    const sent = forward(
      new URL(request.url ?? '/', target.url),
      { method: request.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    sent.on('error', () => response.destroy());
    request.pipe(sent);
  }

  const server = createServer({ ...tls, requestCert: asks, rejectUnauthorized: asks }, pass);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
