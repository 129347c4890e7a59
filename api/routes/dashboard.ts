/**
 * The dashboard's files. A path that is none of them and not an API's gives the page itself: which view it means, the
 * page reads from the address.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestError } from '../problems.ts';
import { contentSecurityPolicy } from '../securityHeaders.ts';

const yearSeconds = 31_536_000;

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>millrace</title>
<h1>The dashboard is not built</h1>
<p>Run <code>npm run build</code> and load this page again. The engine itself runs: <a href="/docs">its API</a>.</p>
</html>
`;

/** @param directory what the dashboard's build wrote; it may appear later */
export function dashboardRoutes(directory: string) {
  return async (app: FastifyInstance): Promise<void> => {
    await app.register(fastifyStatic, {
      root: directory,
      index: false,
      wildcard: true,
      cacheControl: false,
      schemaHide: true,
      suppressWarning: true,
      setHeaders(reply, path) {
        reply.header('cache-control', cachingOf(path));
      },
    });
    app.get('/', { schema: { hide: true } }, (_request, reply) => sendPage(directory, reply));
  };
}

/** For Fastify's handler of paths that nobody knows. */
export function answerUnknown(
  directory: string,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const path = request.url.split('?')[0]!;
  const isView =
    (request.method === 'GET' || request.method === 'HEAD') &&
    !path.startsWith('/v1/') &&
    // `/models/answer/versions/1.4` is a view.
    !/\.[a-z][a-z0-9]*$/i.test(path) &&
    (request.headers.accept ?? '').includes('text/html');
  if (isView) return sendPage(directory, reply);
  throw new RequestError('NOT_FOUND', `There is no ${request.method} ${path}; see /docs.`);
}

function sendPage(directory: string, reply: FastifyReply): FastifyReply {
  const path = join(directory, 'index.html');
  const page = existsSync(path) ? readFileSync(path, 'utf8') : notBuilt;
  return reply
    .header('cache-control', 'no-cache')
    .header('content-security-policy', contentSecurityPolicy(page))
    .type('text/html; charset=utf-8')
    .send(page);
}

/** A name with a hash of its content never means anything else. */
function cachingOf(path: string): string {
  return /[\\/]assets[\\/].+-[\w-]{8,}\.\w+$/.test(path)
    ? `public, max-age=${yearSeconds}, immutable`
    : 'no-cache';
}
