/** Records on their way into the event log, sorted by partition in the order in which they came. */
import { ByteWriter } from '../../contracts/byteWriter.ts';

export interface Slice {
  readonly partition: number;
  /** The records' bytes, one behind the other. */
  readonly bytes: Uint8Array;
  /** End of each record in `bytes`. */
  readonly ends: Int32Array;
  /** Records, > 0. */
  readonly length: number;
  /** The user of each record, null for a refused one; there when the door was asked for them. */
  readonly keys?: readonly (Uint8Array | null)[];
}

export interface OpenSlice {
  readonly partition: number;
  readonly writer: ByteWriter;
  readonly ends: number[];
  readonly keys: (Uint8Array | null)[];
}

export function appendRecord(
  open: Map<number, OpenSlice>,
  partition: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  key?: Uint8Array | null,
): void {
  const slice = openSlice(open, partition);
  slice.writer.raw(bytes, start, end);
  endRecord(slice, key);
}

/** Where the next record of the partition is to be written, up to {@link endRecord}. */
export function openSlice(open: Map<number, OpenSlice>, partition: number): OpenSlice {
  let slice = open.get(partition);
  if (slice === undefined) {
    slice = { partition, writer: new ByteWriter(1024), ends: [], keys: [] };
    open.set(partition, slice);
  }
  return slice;
}

export function endRecord({ writer, ends, keys }: OpenSlice, key?: Uint8Array | null): void {
  ends.push(writer.length);
  if (key !== undefined) keys.push(key);
}

/** Ascending by partition. */
export function closeSlices(open: ReadonlyMap<number, OpenSlice>): Slice[] {
  return [...open.values()]
    .sort((a, b) => a.partition - b.partition)
    .map(({ partition, writer, ends, keys }) => ({
      partition,
      bytes: writer.bytes.subarray(0, writer.length),
      ends: Int32Array.from(ends),
      length: ends.length,
      ...(keys.length === 0 ? {} : { keys }),
    }));
}
