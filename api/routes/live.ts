/** `GET /v1/live`: the present state and each change of it, as server-sent events. */
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
/** A line that is as old is ended, ms: whoever comes back is asked anew whether it may listen. */
const lifeMs = 300_000;
/** Tells the other end that it may come back at once. */
const again = 'event: again\ndata: {}\n\n';

export async function readTick(
  engine: EngineStatus,
  monitor: HealthMonitor,
  clock: () => number,
  changes: () => Changes = () => ({}),
): Promise<LiveTick> {
  const health = await monitor.read();
  const partitions = engine.partitions();
  const { eventsPerSecond, ...progress } = progressOf(partitions);
  const committedAt = Math.max(...partitions.map((facts) => facts.committedAt ?? -Infinity));
  const known = Object.entries(changes()).filter(([, at]) => at !== undefined);
  return {
    time: clock(),
    // A rate that fades away would be told until its last digit has.
    eventsPerSecond: Math.round(eventsPerSecond * 10) / 10,
    ...progress,
    health,
    ...(Number.isFinite(committedAt) ? { committedAt } : {}),
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
    const listener = whileHolding(sseListener(outlet), () => stillHolds(request));
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

/** Nothing more is sent when it holds no longer: the page asks again, and is told why. */
function whileHolding(listener: Listener, holds: () => boolean): Listener {
  return {
    offer: (frame) => (holds() ? listener.offer(frame) : listener.end()),
    beat: () => (holds() ? listener.beat() : listener.end()),
    end: () => listener.end(),
  };
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(reply.getHeaders())) headers[name] = String(value);
  return headers;
}
