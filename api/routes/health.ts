/** `GET /v1/health` for a person, `/livez` and `/readyz` for whoever starts and stops the process. */
import type { FastifyInstance } from 'fastify';
import { Health } from '../../contracts/api.ts';
import type { HealthMonitor } from '../healthMonitor.ts';

export function healthRoutes(monitor: HealthMonitor) {
  return async (app: FastifyInstance): Promise<void> => {
    app.get(
      '/v1/health',
      {
        schema: {
          summary: 'Is it working? One sentence and its checks',
          tags: ['operation'],
          response: { 200: Health },
        },
      },
      () => monitor.read(),
    );
    app.get(
      '/livez',
      {
        schema: { summary: 'The process answers', tags: ['operation'], produces: ['text/plain'] },
      },
      (_request, reply) =>
        reply.type('text/plain').header('cache-control', 'no-store').send('ok\n'),
    );
    app.get(
      '/readyz',
      {
        schema: {
          summary: 'The process can serve: 200, or 503 with what is missing',
          tags: ['operation'],
          produces: ['text/plain'],
        },
      },
      async (_request, reply) => {
        const missing = await monitor.missing();
        return reply
          .code(missing.length === 0 ? 200 : 503)
          .type('text/plain')
          .header('cache-control', 'no-store')
          .send(missing.length === 0 ? 'ok\n' : `${missing.join('\n')}\n`);
      },
    );
  };
}
