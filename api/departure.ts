/** Tells when whoever asked has gone without waiting for the answer. */
import type { FastifyReply } from 'fastify';

export function departureOf({ raw }: FastifyReply): AbortSignal {
  const departure = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) departure.abort();
  });
  return departure.signal;
}
