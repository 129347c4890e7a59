/**
 * Writes decisions into the event log, those of one turn of the event loop together: a log that takes thousands at once takes them
 * for the price of one.
 */

import { RequestError } from '../problems.ts';
import type { EventIngest } from '../routes/events.ts';

export interface DecisionWriter {
  /**
   * @param line the event as JSON
   * @returns when it is durable
   * @throws EngineError OVERLOADED, LOG_FULL, LOG_UNAVAILABLE; RequestError REQUEST_INVALID when the door refuses it
   */
  write(line: string): Promise<void>;
  /** Events that are not durable yet. */
  readonly pending: number;
}

interface Waiting {
  readonly line: string;
  resolve(): void;
  reject(error: unknown): void;
}

/** Decisions of one append, within what a body may have. */
const atOnce = 2_000;
const encoder = new TextEncoder();

export function createDecisionWriter(ingest: EventIngest): DecisionWriter {
  let waiting: Waiting[] = [];
  let pending = 0;
  let isScheduled = false;

  async function append(batch: readonly Waiting[]): Promise<void> {
    try {
      const body = encoder.encode(batch.map(({ line }) => line).join('\n'));
      const { refusals } = await ingest.ingest(body, 'application/x-ndjson');
      const refused = new Map(refusals.map(({ index, reason }) => [index, reason]));
      batch.forEach(({ resolve, reject }, i) => {
        const reason = refused.get(i);
        if (reason === undefined) resolve();
        else reject(new RequestError('REQUEST_INVALID', `The decision was refused: ${reason}`));
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      pending -= batch.length;
    }
  }

  function flush(): void {
    isScheduled = false;
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += atOnce) {
      void append(all.slice(from, from + atOnce));
    }
  }

  return {
    get pending() {
      return pending;
    },
    write(line) {
      pending += 1;
      if (!isScheduled) {
        isScheduled = true;
        setImmediate(flush);
      }
      return new Promise((resolve, reject) => waiting.push({ line, resolve, reject }));
    },
  };
}
