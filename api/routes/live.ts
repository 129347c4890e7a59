/** `GET /v1/live`: the present state and each change of it, as server-sent events. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LiveTick } from '../../contracts/api.ts';
import { EngineError } from '../../contracts/errors.ts';
import { type EngineStatus, progressOf } from '../../control/engineStatus.ts';
import type { HealthMonitor } from '../healthMonitor.ts';
import type { LiveFeed } from '../live/liveFeed.ts';
import { sseListener } from '../live/sseListener.ts';

/** How long a browser waits before it connects again, ms. */
const retryMs = 2_000;

/** A line that is as old is ended, ms: whoever comes back is asked anew whether it may listen. */
const lifeMs = 300_000;
/** Tells the other end that it may come back at once. */
const again = 'event: again\ndata: {}\n\n';

export async function readTick(
  engine: EngineStatus,
  monitor: HealthMonitor,
  clock: () => number,
  alertsChangedAt: () => number | undefined = () => undefined,
): Promise<LiveTick> {
  const health = await monitor.read();
  const changedAt = alertsChangedAt();
  const partitions = engine.partitions();
  const { eventsPerSecond, ...progress } = progressOf(partitions);
  const committedAt = Math.max(...partitions.map((facts) => facts.committedAt ?? -Infinity));
  return {
    time: clock(),
    // A rate that fades away would be told until its last digit has.
    eventsPerSecond: Math.round(eventsPerSecond * 10) / 10,
    ...progress,
    health,
    ...(Number.isFinite(committedAt) ? { committedAt } : {}),
    ...(changedAt === undefined ? {} : { alertsChangedAt: changedAt }),
  };
}

export function liveRoutes(feed: LiveFeed) {
  return async (app: FastifyInstance): Promise<void> => {
    // Before the server waits for its connections to end: these would not.
    app.addHook('preClose', async () => feed.close());
    app.get(
      '/v1/live',
      {
        schema: {
          summary: 'The present state and each change of it, as server-sent events',
          description:
            'The first message, `snapshot`, is a LiveTick; each later one, `delta`, has the time and the fields that have changed, at most four times a second. With `Last-Event-ID` it goes on from there when that is not long ago. A comment keeps the line up when nothing changes. After five minutes `again` ends the stream: come back at once.',
          tags: ['operation'],
          produces: ['text/event-stream'],
        },
        exposeHeadRoute: false,
      },
      listen,
    );
  };

  async function listen(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (feed.full) throw new EngineError('OVERLOADED', 'Too many listen already.');
    const lastId = request.headers['last-event-id'];
    reply.hijack();
    const outlet = reply.raw;
    outlet.writeHead(200, {
      ...headersOf(reply),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      connection: 'close',
    });
    outlet.write(`retry: ${retryMs}\n\n`);
    const listener = sseListener(outlet);
    const remove = feed.add(listener, typeof lastId === 'string' ? lastId : undefined);
    const timer = setTimeout(() => {
      remove();
      listener.offer(() => again);
      listener.end();
    }, lifeMs);
    outlet.once('close', () => {
      clearTimeout(timer);
      remove();
    });
  }
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(reply.getHeaders())) headers[name] = String(value);
  return headers;
}
