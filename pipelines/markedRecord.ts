/**
 * Whether a log is the one that a state was made from, told by the record before the marker: it must still have been received
 * when it was. Offsets alone do not tell a log that was lost and made anew, once that has grown as far.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Chunk, type LogReader, sliceChunk } from '../contracts/chunk.ts';
import { EngineError } from '../contracts/errors.ts';
import type { Marker } from './marker.ts';

/** Pause before the log is asked again, ms. */
const pollMs = 2;
/** A record that compaction has removed may have nothing behind it: then there is nothing to compare, ms. */
const patienceMs = 5_000;

/**
 * @returns what was read behind the record, to be processed first; undefined when there was nothing
 * @throws EngineError LOG_UNAVAILABLE when another record stands there
 */
export async function readBehindMarker(
  { endOffset, receivedAt }: Marker,
  reader: LogReader,
  partition: number,
  signal: AbortSignal,
): Promise<Chunk | undefined> {
  const marked = endOffset - 1;
  if (receivedAt === undefined || marked < reader.start(partition)) return undefined;
  const deadline = performance.now() + patienceMs;
  let chunk = reader.read(partition, marked);
  while (chunk === undefined && !signal.aborted && performance.now() < deadline) {
    await sleep(pollMs);
    chunk = reader.read(partition, marked);
  }
  if (chunk === undefined || chunk.firstOffset > marked) return chunk;
  if (chunk.receivedAt !== receivedAt) {
    throw new EngineError(
      'LOG_UNAVAILABLE',
      `partition ${partition}: the record ${marked} is not the one that the state ends with: bring back the log that ` +
        'belongs to this state, or start with an empty data directory, or with another database where a server is used',
    );
  }
  return chunk.length === 1 ? undefined : sliceChunk(chunk, 1, chunk.length);
}
