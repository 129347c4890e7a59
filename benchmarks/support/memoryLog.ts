/** Events in shared memory as an event log: so that a benchmark measures the pipeline and not a disk. */
import type { Chunk, LogReader } from '../../contracts/chunk.ts';

/** One partition's events; the arrays lie in shared memory, so workers read them without a copy. */
export interface MemoryPartition {
  readonly bytes: Uint8Array;
  /** End of each event in `bytes`. */
  readonly ends: Float64Array;
  readonly length: number;
}

export interface Pace {
  /** Moment of the first event's release, ms since 1970. */
  readonly startAt: number;
  /** Events of this partition released a second; Infinity releases all at once. */
  readonly eventsPerSecond: number;
  /** Events handed out at once; {@link chunkEvents} by default. */
  readonly chunk?: number;
  /** The first so many events are there from the beginning, received at that time, ms since 1970; none by default. */
  readonly before?: { readonly events: number; readonly receivedAt: number };
}

export const chunkEvents = 4_000;

/** When the chunk that begins at `offset` is released: once its last event has arrived, ms since 1970. */
export function releasedAt(
  { startAt, eventsPerSecond, chunk = chunkEvents, before }: Pace,
  offset: number,
): number {
  if (before !== undefined && offset < before.events) return before.receivedAt;
  return startAt + ((offset - (before?.events ?? 0) + chunk) / eventsPerSecond) * 1000;
}

export function memoryReader(
  partition: number,
  partitions: number,
  events: MemoryPartition,
  pace: Pace,
): LogReader {
  const { startAt, eventsPerSecond, chunk = chunkEvents } = pace;
  const before = pace.before?.events ?? 0;
  return {
    partitions,
    read(_partition, offset): Chunk | undefined {
      const released = releasedAt(pace, offset);
      if (offset >= events.length || Date.now() < released) return undefined;
      const length = Math.min(chunk, (offset < before ? before : events.length) - offset);
      const start = offset === 0 ? 0 : events.ends[offset - 1]!;
      const ends = new Int32Array(length);
      for (let i = 0; i < length; i += 1) ends[i] = events.ends[offset + i]! - start;
      return {
        partition,
        firstOffset: offset,
        length,
        receivedAt: Math.floor(released),
        bytes: events.bytes.slice(start, start + ends[length - 1]!),
        ends,
      };
    },
    end(): number {
      const elapsed = Math.max(0, Date.now() - startAt);
      if (elapsed === 0) return before;
      const released = Math.floor((elapsed / 1000) * (eventsPerSecond / chunk));
      return Math.min(events.length, before + released * chunk);
    },
    start: () => 0,
    close: async () => {},
  };
}
