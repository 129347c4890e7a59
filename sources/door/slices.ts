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
}

export interface OpenSlice {
  readonly partition: number;
  readonly writer: ByteWriter;
  readonly ends: number[];
}

export function appendRecord(
  open: Map<number, OpenSlice>,
  partition: number,
  bytes: Uint8Array,
  start: number,
  end: number,
): void {
  let slice = open.get(partition);
  if (slice === undefined) {
    slice = { partition, writer: new ByteWriter(1024), ends: [] };
    open.set(partition, slice);
  }
  slice.writer.raw(bytes, start, end);
  slice.ends.push(slice.writer.length);
}

/** Ascending by partition. */
export function closeSlices(open: ReadonlyMap<number, OpenSlice>): Slice[] {
  return [...open.values()]
    .sort((a, b) => a.partition - b.partition)
    .map(({ partition, writer, ends }) => ({
      partition,
      bytes: writer.bytes.subarray(0, writer.length),
      ends: Int32Array.from(ends),
      length: ends.length,
    }));
}
