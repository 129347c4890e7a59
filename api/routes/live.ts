/** `GET /v1/live`: the present state once a second, as server-sent events. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LiveTick } from '../../contracts/api.ts';
import { EngineError } from '../../contracts/errors.ts';
import { type EngineStatus, progressOf } from '../../control/engineStatus.ts';
import type { HealthMonitor } from '../healthMonitor.ts';
import type { Listener, LiveFeed } from '../live/liveFeed.ts';
import { sseListener } from '../live/sseListener.ts';

/** How long a browser waits before it connects again, ms. */
const retryMs = 2_000;

/** When something changed last; undefined: it is not known yet, or never did. */
type Changes = {
  readonly [Name in 'alertsChangedAt' | 'insightsChangedAt']?: number | undefined;
};

export async function readTick(
  engine: EngineStatus,
  monitor: HealthMonitor,
  clock: () => number,
  changes: () => Changes = () => ({}),
): Promise<LiveTick> {
  const health = await monitor.read();
  const known = Object.entries(changes()).filter(([, at]) => at !== undefined);
  return {
    time: clock(),
    ...progressOf(engine.partitions()),
    health,
    ...Object.fromEntries(known),
  };
}

/** @param stillHolds whether the session or key by which somebody listens is still one */
export function liveRoutes(feed: LiveFeed, stillHolds: (request: FastifyRequest) => boolean) {
  return async (app: FastifyInstance): Promise<void> => {
    // Before the server waits for its connections to end: these would not.
    app.addHook('preClose', async () => feed.close());
    app.get(
      '/v1/live',
      {
        schema: {
          summary: 'The present state once a second, as server-sent events',
          description:
            'The data of each message is a LiveTick. A comment keeps the line up when there is none.',
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
    const listener = whileHolding(sseListener(outlet), () => stillHolds(request));
    const remove = feed.add(listener, typeof lastId === 'string' ? lastId : undefined);
    outlet.once('close', remove);
  }
}

/** Nothing more is sent when it holds no longer: the page asks again, and is told why. */
function whileHolding(listener: Listener, holds: () => boolean): Listener {
  return {
    send: (frame) => (holds() ? listener.send(frame) : listener.end()),
    beat: () => (holds() ? listener.beat() : listener.end()),
    end: () => listener.end(),
  };
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(reply.getHeaders())) headers[name] = String(value);
  return headers;
}
