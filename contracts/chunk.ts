/** What came with a record besides its bytes. */
export interface Origin {
  readonly key: Uint8Array | null;
  readonly headers: readonly (readonly [name: string, value: Uint8Array])[];
  /** The record as it came, where the chunk has it in another format. */
  readonly bytes?: Uint8Array;
}

/** What the event log stores and gives back: consecutive records of one partition, as bytes. */
export interface Chunk {
  readonly partition: number;
  /** Offset of the first record; record i has offset firstOffset + i. */
  readonly firstOffset: number;
  /** Records, > 0. */
  readonly length: number;
  /** When the log took them, ms since 1970. */
  readonly receivedAt: number;
  /** The records' bytes, one behind the other. */
  readonly bytes: Uint8Array;
  /** End of each record in `bytes`; record i starts at ends[i − 1], the first at 0. */
  readonly ends: Int32Array;
  /** By record; absent in a log whose records are bytes alone. */
  readonly origins?: readonly Origin[];
}

/** Records `from … to − 1` of a chunk, which must be some. */
export function sliceChunk(chunk: Chunk, from: number, to: number): Chunk {
  if (from === 0 && to === chunk.length) return chunk;
  const base = from === 0 ? 0 : chunk.ends[from - 1]!;
  return {
    ...chunk,
    firstOffset: chunk.firstOffset + from,
    length: to - from,
    bytes: chunk.bytes.subarray(base, chunk.ends[to - 1]!),
    ends: chunk.ends.slice(from, to).map((end) => end - base),
    ...(chunk.origins === undefined ? {} : { origins: chunk.origins.slice(from, to) }),
  };
}

/** Reading side of an event log. Reads are pulled, so a slow reader slows itself only. */
export interface LogReader {
  readonly partitions: number;
  /** The next chunk at or after `offset`, cut so that it starts there; undefined when there is none yet. */
  read(partition: number, offset: number): Chunk | undefined;
  /** Offset that the next record of the partition will get. */
  end(partition: number): number;
  /** Oldest offset that retention has kept. */
  start(partition: number): number;
  /** Resolves when something may have come, after `ms` at the latest; absent where looking again costs next to nothing. */
  arrival?(partition: number, ms: number): Promise<void>;
  close(): Promise<void>;
}
