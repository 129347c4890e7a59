/** `POST /v1/events`: takes one event or many, and says which were refused and why. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { EventsAnswer, Problem } from '../../contracts/api.ts';
import { EngineError } from '../../contracts/errors.ts';
import { Event } from '../../contracts/event.ts';
import { type ByteBudget, createByteBudget, readBody } from '../body.ts';
import { RequestError } from '../problems.ts';

/** What ingest needs of the engine: the door and the log behind it. */
export interface EventIngest {
  /**
   * Takes the events of a body; the accepted ones are durable when it returns.
   *
   * @param contentType lower case, without parameters
   * @throws EngineError BODY_INVALID, OVERLOADED, LOG_FULL, LOG_UNAVAILABLE
   */
  ingest(body: Uint8Array, contentType: string): Promise<EventsAnswer>;
}

/** What this process has taken since it started. */
export interface IngestCounts {
  accepted: number;
  refused: number;
  bytes: number;
  /** Requests by status. */
  readonly requests: Map<number, number>;
}

export function createIngestCounts(): IngestCounts {
  return { accepted: 0, refused: 0, bytes: 0, requests: new Map() };
}

export const eventMediaTypes = [
  'application/json',
  'application/x-ndjson',
  'application/ndjson',
  'application/jsonl',
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/vnd.xapi+json',
] as const;

const description =
  'One JSON event, an array of them, lines of them (NDJSON), CloudEvents 1.0 or xAPI statements; gzip is ' +
  'understood. Each event is judged by itself. 202: at least one was accepted and is durable; `refusals` lists ' +
  'the others. 422: none was accepted. 413: more than 10 MiB or 100,000 events: send smaller bodies. 503: ask again ' +
  'after `Retry-After` seconds; an event that is sent again within the hour counts once.';

export function eventRoutes(
  ingest: EventIngest,
  counts: IngestCounts,
  budget: ByteBudget = createByteBudget(),
) {
  return async (app: FastifyInstance): Promise<void> => {
    // The bytes are for the door: nothing is parsed here.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    app.addHook('onResponse', async (_request, reply) => {
      counts.requests.set(reply.statusCode, (counts.requests.get(reply.statusCode) ?? 0) + 1);
    });
    app.post(
      '/v1/events',
      {
        schema: {
          summary: 'Send events',
          description,
          tags: ['events'],
          consumes: [...eventMediaTypes],
          body: z.union([Event, z.array(Event)]),
          response: {
            202: EventsAnswer,
            400: Problem,
            413: Problem,
            415: Problem,
            422: Problem,
            503: Problem,
          },
        },
        // The schema tells the reader; the door judges each event by itself.
        validatorCompiler: () => (data) => ({ value: data }),
      },
      take,
    );
  };

  async function take(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const contentType = mediaTypeOf(request);
    const body = await readBody(request.raw, request.headers, budget);
    try {
      if (body.bytes.length === 0) throw new EngineError('BODY_INVALID', 'The body is empty.');
      const answer = await ingest.ingest(body.bytes, contentType);
      counts.bytes += body.bytes.length;
      counts.accepted += answer.accepted;
      counts.refused += answer.refused;
      if (answer.accepted > 0 || answer.refused === 0) return reply.code(202).send(answer);
      throw new RequestError('EVENTS_REFUSED', refusedDetail(answer), answer);
    } finally {
      body.release();
    }
  }
}

/** An xAPI client says `application/json` and tells its dialect by another header. */
function mediaTypeOf({ headers }: FastifyRequest): string {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const name = type.trim();
  if (!(eventMediaTypes as readonly string[]).includes(name)) {
    throw new RequestError(
      'MEDIA_TYPE_UNSUPPORTED',
      `Content-Type: expected one of ${eventMediaTypes.join(', ')}, got ${name || 'none'}.`,
    );
  }
  const charset = parameters.find((text) => text.trim().startsWith('charset='));
  if (charset !== undefined && !/=\s*"?(utf-?8|us-ascii)"?\s*$/.test(charset)) {
    throw new RequestError('MEDIA_TYPE_UNSUPPORTED', 'JSON is taken in UTF-8 only.');
  }
  const dialect = headers['x-experience-api-version'];
  return name === 'application/json' && dialect !== undefined ? 'application/vnd.xapi+json' : name;
}

function refusedDetail({ refused, refusals }: EventsAnswer): string {
  const first = refusals[0];
  const why = first === undefined ? '' : ` The first: ${first.reason}`;
  return refused === 1
    ? `The event was refused.${why}`
    : `All ${refused} events were refused.${why}`;
}
