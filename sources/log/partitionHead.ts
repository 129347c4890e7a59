/**
 * Where a partition begins and ends and what it occupies: written in the transaction that changes
 * it.
 */

export interface PartitionHead {
  /** Oldest offset kept. */
  readonly start: number;
  /** Offset that the next record gets. */
  readonly end: number;
  /** Space that the chunks take on disk, bytes, whole pages counted. */
  readonly stored: number;
}

export const emptyHead: PartitionHead = { start: 0, end: 0, stored: 0 };

export function headKey(partition: number): Uint8Array {
  return Uint8Array.of(1, partition);
}

export function encodeHead({ start, end, stored }: PartitionHead): Uint8Array {
  const bytes = new Uint8Array(24);
  const view = new DataView(bytes.buffer);
  view.setFloat64(0, start);
  view.setFloat64(8, end);
  view.setFloat64(16, stored);
  return bytes;
}

export function decodeHead(bytes: Uint8Array): PartitionHead {
  const view = new DataView(bytes.buffer, bytes.byteOffset, 24);
  return { start: view.getFloat64(0), end: view.getFloat64(8), stored: view.getFloat64(16) };
}

const pageSize = 4096;
/** Larger values leave the tree's leaves for pages of their own. */
const inlineMax = 1900;
const nodeSize = 48;

/** Space that a value of `size` bytes takes on disk, to within the tree's own pages. */
export function storedSize(size: number): number {
  return size <= inlineMax
    ? size + nodeSize
    : Math.ceil((size + 16) / pageSize) * pageSize + nodeSize;
}
