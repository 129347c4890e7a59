/** A producer that must not lose an event: it repeats what was not acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { EventsAnswer } from '../../contracts/api.ts';
import { eventually } from './eventually.ts';

export interface Producer {
  /** User and id of each event that an answer called accepted. */
  readonly acknowledged: ReadonlySet<string>;
  /** Returns when so many more events have been acknowledged. */
  more(count: number): Promise<void>;
  /** Ends with the body under way acknowledged. */
  stop(): Promise<void>;
  /** Ends at once: nobody will answer any more. */
  abandon(): Promise<void>;
}

/** Pause between two bodies, ms. */
const pauseMs = 10;

/** Sends the bodies, lines each, one after the other until it is told to stop or they are used up. */
export function startProducer(url: string, bodies: readonly Buffer[]): Producer {
  const acknowledged = new Set<string>();
  const given = new AbortController();
  let stopped = false;
  const run = async () => {
    for (const body of bodies) {
      if (stopped) return;
      for (const name of await sendUntilAcknowledged(url, body, given.signal)) {
        acknowledged.add(name);
      }
      await sleep(pauseMs);
    }
  };
  const done = run();
  return {
    acknowledged,
    async more(count) {
      const until = acknowledged.size + count;
      await eventually(() => expect(acknowledged.size).toBeGreaterThanOrEqual(until));
    },
    stop() {
      stopped = true;
      return done;
    },
    async abandon() {
      stopped = true;
      given.abort();
      await done;
    },
  };
}

/** @returns user and id of each event of the body that was accepted; nothing when the signal came first */
export async function sendUntilAcknowledged(
  url: string,
  body: Buffer,
  signal?: AbortSignal,
): Promise<string[]> {
  while (signal?.aborted !== true) {
    try {
      const response = await fetch(`${url}/v1/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: new Uint8Array(body),
        ...(signal === undefined ? {} : { signal }),
      });
      if (response.status === 202) {
        return acceptedNames(body, EventsAnswer.parse(await response.json()));
      }
    } catch {
      // Nobody answers: the next attempt may meet the engine again.
    }
    await sleep(2 * pauseMs);
  }
  return [];
}

function acceptedNames(body: Buffer, answer: EventsAnswer): string[] {
  const refused = new Set(answer.refusals.map(({ index }) => index));
  const lines = body.toString('utf8').trimEnd().split('\n');
  return lines.flatMap((line, index) => {
    if (refused.has(index)) return [];
    const { user, id } = JSON.parse(line) as { user: string; id: string };
    return [`${user} ${id}`];
  });
}
