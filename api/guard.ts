/**
 * Under which names the engine answers, and which pages may send to it.
 *
 * A page of another site can make its name point to the engine (DNS rebinding) or post to it blindly: the first is told by the
 * `Host` header, the second by `Origin` and `Sec-Fetch-Site`. There is no CORS.
 */
import type { FastifyRequest } from 'fastify';
import { isLoopback } from './loopback.ts';
import { RequestError } from './problems.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

export function isSafe(method: string): boolean {
  return safeMethods.has(method);
}

/** `name:port`, `[::1]:port` or either without port, down to the name; undefined when it is none of these. */
export function hostName(authority: string): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[^:@/\s[\]]+)(?::\d{1,5})?$/i.exec(authority)?.[1];
}

export interface Places {
  /** Address that is listened on. */
  readonly host: string;
  /** Under which others reach it: `https://millrace.example.edu`. */
  readonly origins: readonly string[];
}

/** What each request is asked first. @throws RequestError HOST_REFUSED, ORIGIN_REFUSED */
export type Admit = (request: FastifyRequest) => void;

export function createAdmit({ host: listened, origins }: Places): Admit {
  // An address that is spelt out is no name that a page could point elsewhere.
  const literal = listened.includes(':') ? `[${listened}]` : listened;
  const names = new Set([...origins.map((origin) => new URL(origin).hostname), literal]);
  const pages = new Set(origins.map((origin) => new URL(origin).origin));
  const answers = (name: string) => isLoopback(name) || names.has(name.toLowerCase());
  const shown = ['localhost', '127.0.0.1', '[::1]', ...pages];
  const refusal = `The engine answers under ${shown.slice(0, -1).join(', ')} and ${shown.at(-1)} only.`;

  return (request) => {
    const { host, origin } = request.headers;
    const name = hostName(host ?? '');
    if (name === undefined || !answers(name)) throw new RequestError('HOST_REFUSED', refusal);
    if (isSafe(request.method)) return;
    const isForeign =
      (origin !== undefined && origin !== `http://${host}` && !pages.has(origin)) ||
      request.headers['sec-fetch-site'] === 'cross-site';
    if (isForeign) {
      throw new RequestError('ORIGIN_REFUSED', 'Only pages that the engine served may send to it.');
    }
  };
}
