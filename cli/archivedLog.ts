/**
 * What a pipeline has archived of its log, as a log again: accepted events, and refused ones, because some were refused only
 * after they had moved the clock. Duplicates are in no archive: they moved nothing.
 *
 * A refused event that came in the framing of a schema registry is kept in it, and is read here as no event.
 */
import { ByteReader } from '../contracts/byteReader.ts';
import type { Chunk } from '../contracts/chunk.ts';
import { EngineError } from '../contracts/errors.ts';
import type { Store } from '../contracts/store.ts';
import type { PastLog } from './pastLog.ts';

/** Rows of one statement. */
const rowsAtOnce = 20_000;

/** @param pipeline that has archived them */
export function openArchivedLog(store: Pick<Store, 'readBinary'>, pipeline: string): PastLog {
  return { source: 'archive', read: (partition, end) => read(store, pipeline, partition, end) };
}

interface Archived {
  readonly offset: number;
  readonly receivedAt: number;
  readonly bytes: Uint8Array;
}

async function* read(
  store: Pick<Store, 'readBinary'>,
  pipeline: string,
  partition: number,
  end: number,
): AsyncGenerator<Chunk> {
  for (let from = 0; from < end; ) {
    const rows = rowsOf(
      await store.readBinary(
        `SELECT offset, at, bytes FROM (
           SELECT offset, toUnixTimestamp64Milli(received_at) AS at, raw AS bytes FROM events FINAL
           WHERE pipeline = {pipeline:String} AND partition = {partition:UInt16} AND offset >= {from:UInt64} AND offset < {end:UInt64}
           ORDER BY offset LIMIT ${rowsAtOnce}
           UNION ALL
           SELECT offset, toUnixTimestamp64Milli(received_at) AS at, bytes FROM dead_letters FINAL
           WHERE pipeline = {pipeline:String} AND partition = {partition:UInt16} AND offset >= {from:UInt64} AND offset < {end:UInt64}
           ORDER BY offset LIMIT ${rowsAtOnce}
         ) ORDER BY offset LIMIT ${rowsAtOnce}`,
        { pipeline, partition, from, end },
      ),
    );
    // The first record of a partition cannot be a duplicate.
    if (from === 0 && rows[0]?.offset !== 0) {
      const found =
        rows[0] === undefined ? 'nothing' : `nothing before the offset ${rows[0].offset}`;
      throw new EngineError(
        'LOG_UNAVAILABLE',
        `the archive has ${found} of the pipeline ${pipeline} in partition ${partition}`,
      );
    }
    yield* chunksOf(partition, rows);
    if (rows.length < rowsAtOnce) return;
    from = rows.at(-1)!.offset + 1;
  }
}

function rowsOf(bytes: Uint8Array): Archived[] {
  const reader = new ByteReader(bytes);
  const rows: Archived[] = [];
  while (!reader.isAtEnd) {
    rows.push({ offset: reader.int64(), receivedAt: reader.int64(), bytes: reader.string() });
  }
  return rows;
}

/** Records that follow each other and were received together make a chunk. */
function* chunksOf(partition: number, rows: readonly Archived[]): Generator<Chunk> {
  for (let from = 0; from < rows.length; ) {
    const { offset, receivedAt } = rows[from]!;
    let to = from + 1;
    while (rows[to]?.receivedAt === receivedAt && rows[to]!.offset === offset + to - from) {
      to += 1;
    }
    const records = rows.slice(from, to).map(({ bytes }) => bytes);
    const ends = new Int32Array(records.length);
    let size = 0;
    records.forEach((bytes, i) => {
      size += bytes.length;
      ends[i] = size;
    });
    const bytes = Buffer.concat(records);
    yield { partition, firstOffset: offset, length: records.length, receivedAt, bytes, ends };
    from = to;
  }
}
