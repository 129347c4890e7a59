/** Records of the past, in the order in which they were counted, wherever they are still kept. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Chunk, LogReader } from '../contracts/chunk.ts';
import { EngineError } from '../contracts/errors.ts';

export interface PastLog {
  /** The event log itself, or what the pipeline has archived of it: each event once, duplicates left out. */
  readonly source: 'log' | 'archive';
  /**
   * Records from offset 0 to `end` at least; the last chunk may reach beyond it, and offsets may be missing.
   *
   * @throws EngineError LOG_UNAVAILABLE when they are not all there
   */
  read(partition: number, end: number): AsyncIterable<Chunk>;
}

/** Pause before a log is asked again that fetches what it is asked for, ms. */
const pollMs = 20;

export function pastOfLog(log: LogReader): PastLog {
  return { source: 'log', read: (partition, end) => readLog(log, partition, end) };
}

async function* readLog(log: LogReader, partition: number, end: number): AsyncGenerator<Chunk> {
  const [from, to] = [log.start(partition), log.end(partition)];
  if (from > 0 || to < end) {
    throw new EngineError(
      'LOG_UNAVAILABLE',
      `partition ${partition} of the log has the offsets ${from} to ${to}; the result needs 0 to ${end}`,
    );
  }
  for (let position = 0; position < end; ) {
    const chunk = log.read(partition, position);
    if (chunk === undefined) {
      await (log.arrival?.(partition, pollMs) ?? sleep(pollMs));
      continue;
    }
    yield chunk;
    position = chunk.firstOffset + chunk.length;
  }
}
