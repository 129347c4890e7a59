/**
 * Packs the records of one transaction into chunks: slices of a partition with the same reception
 * time share one, large slices are cut.
 */
import type { ChunkKey } from './chunkKey.ts';
import { checkPlace } from './logReader.ts';
import { storedSize } from './partitionHead.ts';

export const chunkRecordsMax = 4096;
/** Bytes of records in a chunk; only a single larger record makes a larger chunk. */
export const chunkBytesMax = 512 * 1024;

/** Consecutive records for one partition. */
export interface LogSlice {
  readonly partition: number;
  /** The records' bytes, one behind the other; not to be changed before the append has settled. */
  readonly bytes: Uint8Array;
  /** End of each record in `bytes`; the first starts at 0. */
  readonly ends: Int32Array;
  /** Records, > 0. */
  readonly length: number;
}

/**
 * @returns space that the slice takes at most, bytes
 * @throws RangeError when it is not a slice of a log of so many partitions
 */
export function checkSlice(
  { partition, bytes, ends, length }: LogSlice,
  partitions: number,
): number {
  checkPlace(partitions, partition, 0);
  if (!Number.isInteger(length) || length < 1 || length > ends.length) {
    throw new RangeError(`length: expected 1 … ${ends.length}, got ${length}`);
  }
  let previous = 0;
  for (let i = 0; i < length; i += 1) {
    const end = ends[i]!;
    if (end < previous) throw new RangeError(`ends: expected ascending, got ${end} at ${i}`);
    previous = end;
  }
  if (previous > bytes.length) {
    throw new RangeError(`ends: expected at most ${bytes.length}, got ${previous}`);
  }
  return storedSize(previous + 4 * length);
}

/** Records `from … to − 1` of a slice. */
interface Piece {
  readonly slice: LogSlice;
  readonly from: number;
  readonly to: number;
}

export interface PackedChunk extends ChunkKey {
  readonly partition: number;
  readonly value: Uint8Array;
}

interface OpenChunk {
  readonly firstOffset: number;
  readonly receivedAt: number;
  length: number;
  byteLength: number;
  readonly pieces: Piece[];
}

export class ChunkPacker {
  /** Offset that the next record of each partition gets. */
  readonly #next: number[];
  readonly #open: (OpenChunk | undefined)[] = [];
  readonly packed: PackedChunk[] = [];

  constructor(ends: readonly number[]) {
    this.#next = [...ends];
  }

  /** Adds a slice and returns the offset of its first record. */
  add(slice: LogSlice, receivedAt: number): number {
    const { partition, ends, length } = slice;
    const first = this.#next[partition]!;
    let from = 0;
    while (from < length) {
      let chunk = this.#open[partition];
      if (chunk === undefined || chunk.receivedAt !== receivedAt || !fits(chunk, slice, from)) {
        this.#close(partition);
        chunk = { firstOffset: first + from, receivedAt, length: 0, byteLength: 0, pieces: [] };
        this.#open[partition] = chunk;
      }
      const start = from === 0 ? 0 : ends[from - 1]!;
      const recordsMax = Math.min(length - from, chunkRecordsMax - chunk.length);
      const bytesMax = chunkBytesMax - chunk.byteLength;
      let to = from + 1;
      while (to - from < recordsMax && ends[to]! - start <= bytesMax) to += 1;
      chunk.pieces.push({ slice, from, to });
      chunk.length += to - from;
      chunk.byteLength += ends[to - 1]! - start;
      from = to;
    }
    this.#next[partition] = first + length;
    return first;
  }

  /** Closes what is open: from then on `packed` has every chunk. */
  finish(): readonly PackedChunk[] {
    for (let partition = 0; partition < this.#next.length; partition += 1) this.#close(partition);
    return this.packed;
  }

  #close(partition: number): void {
    const chunk = this.#open[partition];
    if (chunk === undefined) return;
    this.#open[partition] = undefined;
    const { firstOffset, receivedAt, length } = chunk;
    const value = write(chunk);
    this.packed.push({ partition, firstOffset, length, size: value.length, receivedAt, value });
  }
}

function fits(chunk: OpenChunk, { ends }: LogSlice, from: number): boolean {
  const size = ends[from]! - (from === 0 ? 0 : ends[from - 1]!);
  return chunk.length < chunkRecordsMax && chunk.byteLength + size <= chunkBytesMax;
}

/** The stored value: the ends of all records, then their bytes. */
function write({ length, byteLength, pieces }: OpenChunk): Uint8Array {
  const value = Buffer.allocUnsafeSlow(4 * length + byteLength);
  const ends = new Int32Array(value.buffer, 0, length);
  let row = 0;
  let at = 0;
  for (const { slice, from, to } of pieces) {
    const start = from === 0 ? 0 : slice.ends[from - 1]!;
    const end = slice.ends[to - 1]!;
    value.set(slice.bytes.subarray(start, end), 4 * length + at);
    for (let i = from; i < to; i += 1, row += 1) ends[row] = at + slice.ends[i]! - start;
    at += end - start;
  }
  return value;
}
