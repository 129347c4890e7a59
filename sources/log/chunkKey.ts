/**
 * Key of a stored chunk: everything about it but its bytes, so that seeking and retention never
 * touch values.
 *
 * Big-endian, 24 bytes: first offset (8), records (4), bytes of the value (4), receivedAt as
 * float64 (8). LMDB orders keys as bytes, hence chunks by offset. The value holds the records' ends
 * (int32, little-endian) and behind them their bytes.
 */
export const chunkKeySize = 24;

const wrap = 4_294_967_296;

export interface ChunkKey {
  readonly firstOffset: number;
  /** Records, > 0. */
  readonly length: number;
  /** Size of the value, bytes. */
  readonly size: number;
  /** ms since 1970. */
  readonly receivedAt: number;
}

export function encodeChunkKey({ firstOffset, length, size, receivedAt }: ChunkKey): Uint8Array {
  const bytes = new Uint8Array(chunkKeySize);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(firstOffset / wrap));
  view.setUint32(4, firstOffset % wrap);
  view.setUint32(8, length);
  view.setUint32(12, size);
  view.setFloat64(16, receivedAt);
  return bytes;
}

export function decodeChunkKey(bytes: Uint8Array): ChunkKey {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    firstOffset: view.getUint32(0) * wrap + view.getUint32(4),
    length: view.getUint32(8),
    size: view.getUint32(12),
    receivedAt: view.getFloat64(16),
  };
}

/** A bound for seeks: with `fill` 0 not above any key of that offset, with 255 not below. */
export function seekKey(offset: number, fill: 0 | 255): Uint8Array {
  const bytes = new Uint8Array(chunkKeySize).fill(fill);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(offset / wrap));
  view.setUint32(4, offset % wrap);
  return bytes;
}
