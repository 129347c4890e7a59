/**
 * Who may talk to an engine that asks for no key: programs of this machine, and pages that the engine itself served.
 *
 * A page of another site can make its name point to 127.0.0.1 (DNS rebinding) or post to it blindly: the first is told by
 * the `Host` header, the second by `Origin` and `Sec-Fetch-Site`. There is no CORS.
 */
import type { FastifyRequest } from 'fastify';
import { isLoopback } from './loopback.ts';
import { RequestError } from './problems.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** `name:port`, `[::1]:port` or either without port, down to the name; undefined when it is none of these. */
export function hostName(authority: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[^:@/\s[\]]+)(?::\d{1,5})?$/i.exec(authority)?.[1];
}

/** @throws RequestError HOST_REFUSED, ORIGIN_REFUSED */
export function admit(request: FastifyRequest): void {
  const { host, origin } = request.headers;
  const name = hostName(host ?? '');
  if (name === undefined || !isLoopback(name)) {
    throw new RequestError(
      'HOST_REFUSED',
      'Without API keys the engine answers under localhost, 127.0.0.1 and [::1] only.',
    );
  }
  if (safeMethods.has(request.method)) return;
  const foreign =
    (origin !== undefined && origin !== `http://${host}`) ||
    request.headers['sec-fetch-site'] === 'cross-site';
  if (foreign) {
    throw new RequestError('ORIGIN_REFUSED', 'Only pages that the engine served may send to it.');
  }
}
