/** Tells when whoever asked has gone without waiting for the answer. */
import { setMaxListeners } from 'node:events';
import type { FastifyReply } from 'fastify';

/** One answer asks many questions at once, each of which listens: more are a leak. */
const heardByMax = 100;

export function departureOf({ raw }: FastifyReply): AbortSignal {
  const departure = new AbortController();
  setMaxListeners(heardByMax, departure.signal);
  raw.once('close', () => {
    if (!raw.writableFinished) departure.abort();
  });
  return departure.signal;
}
