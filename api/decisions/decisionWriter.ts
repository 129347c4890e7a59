/**
 * Writes decisions into the event log, many at once: a log that takes a hundred together takes them for the price of a few.
 *
 * Those of a moment go together, and while they are being written the next ones gather. With answers that wait for the disk the
 * moment is a turn of the event loop; with answers that do not, a few milliseconds.
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
  /** Waits until all that were given are durable or refused. */
  drain(): Promise<void>;
}

interface Waiting {
  readonly line: string;
  resolve(): void;
  reject(error: unknown): void;
}

/** Decisions of one append, within what a body may have. */
const atOnce = 2_000;
const encoder = new TextEncoder();

export interface WriterOptions {
  /** How long decisions gather, ms; 0, the default: until the event loop's next turn. */
  readonly gatherMs?: number;
}

/** @throws RangeError when `gatherMs` is negative or no number */
export function createDecisionWriter(
  ingest: EventIngest,
  { gatherMs = 0 }: WriterOptions = {},
): DecisionWriter {
  if (!(gatherMs >= 0)) throw new RangeError(`gatherMs: expected at least 0, got ${gatherMs}`);
  let waiting: Waiting[] = [];
  /** Settles when those that gather, or are being written, have been. */
  let writing: Promise<void> = Promise.resolve();
  /** Whether decisions gather or are being written: whoever comes then goes with the next. */
  let isBusy = false;

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
    }
  }

  async function flush(): Promise<void> {
    const all = waiting;
    waiting = [];
    const batches: Promise<void>[] = [];
    for (let from = 0; from < all.length; from += atOnce) {
      batches.push(append(all.slice(from, from + atOnce)));
    }
    await Promise.all(batches);
    isBusy = false;
    if (waiting.length > 0) gather();
  }

  function gather(): void {
    isBusy = true;
    writing = new Promise<void>((resolve) => {
      if (gatherMs > 0) setTimeout(resolve, gatherMs);
      else setImmediate(resolve);
    }).then(flush);
  }

  return {
    async drain() {
      while (isBusy) await writing;
    },
    write(line) {
      if (!isBusy) gather();
      return new Promise((resolve, reject) => waiting.push({ line, resolve, reject }));
    },
  };
}
