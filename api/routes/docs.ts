/** `GET /openapi.json`, and `/docs`: the same as a page to try it. Nothing comes from elsewhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { rootPath } from '../assetPath.ts';
import { type Described, docsPage, type Example } from '../docs/page.ts';
import { eventMediaTypes } from './events.ts';

const examples = new Map<string, Example>([
  [
    'POST /v1/events',
    {
      mediaTypes: eventMediaTypes,
      body: JSON.stringify(
        {
          id: 'try-1',
          type: 'answered',
          time: '2026-01-15T10:00:00Z',
          user: 'student-1',
          item: 'problem-1',
          value: 1,
          context: { skill: 'fractions' },
        },
        null,
        2,
      ),
    },
  ],
  [
    'POST /v1/dead-letters/replay',
    {
      mediaTypes: ['application/json'],
      body: JSON.stringify({ code: 'EVENT_TIME_OUT_OF_RANGE', dryRun: true }, null, 2),
    },
  ],
]);

export async function docsRoutes(app: FastifyInstance): Promise<void> {
  const script = readFileSync(join(rootPath, 'api/docs/tryIt.js'), 'utf8');
  let page: string | undefined;
  app.get('/openapi.json', { schema: { hide: true } }, (_request, reply) =>
    reply.header('cache-control', 'no-cache').send(app.swagger()),
  );
  app.get('/docs', { schema: { hide: true } }, (_request, reply) => {
    page ??= docsPage(app.swagger() as Described, examples);
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
  });
  app.get('/docs/tryIt.js', { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-cache').send(script),
  );
}
