/**
 * Writes decisions into the event log, many at once: a log that takes a hundred together takes them for the price of a few.
 *
 * Those of a moment go together, and while they are being written the next ones gather. With answers that wait for the disk the
 * moment is a turn of the event loop; with answers that do not, a few milliseconds.
 */
import { ByteWriter } from '../../contracts/byteWriter.ts';
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
  resolve(): void;
  reject(error: unknown): void;
}

/** What is written together: lines, and who waits for each. */
interface Batch {
  /** As bytes: hundreds of lines that wait as text would be moved by each collection of garbage. */
  readonly body: ByteWriter;
  readonly waiting: Waiting[];
}

/** Decisions of one append, within what a body may have. */
const atOnce = 2_000;
const newline = 10;

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
  let gathering: Batch[] = [];
  /** Buffers that are used again. */
  const spare: ByteWriter[] = [];
  /** Settles when those that gather, or are being written, have been. */
  let writing: Promise<void> = Promise.resolve();
  /** Whether decisions gather or are being written: whoever comes then goes with the next. */
  let isBusy = false;

  async function append({ body, waiting }: Batch): Promise<void> {
    try {
      const lines = body.bytes.subarray(0, body.length);
      const { refusals } = await ingest.ingest(lines, 'application/x-ndjson');
      const refused = new Map(refusals.map(({ index, reason }) => [index, reason]));
      waiting.forEach(({ resolve, reject }, i) => {
        const reason = refused.get(i);
        if (reason === undefined) resolve();
        else reject(new RequestError('REQUEST_INVALID', `The decision was refused: ${reason}`));
      });
      body.clear();
      spare.push(body);
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }

  async function flush(): Promise<void> {
    const batches = gathering;
    gathering = [];
    await Promise.all(batches.map(append));
    isBusy = false;
    if (gathering.length > 0) gather();
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
      let batch = gathering.at(-1);
      if (batch === undefined || batch.waiting.length === atOnce) {
        batch = { body: spare.pop() ?? new ByteWriter(1 << 16), waiting: [] };
        gathering.push(batch);
      } else {
        batch.body.uint8(newline);
      }
      batch.body.utf8(line);
      const { waiting } = batch;
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
  };
}
