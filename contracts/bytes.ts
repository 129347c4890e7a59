/** Bytes of UTF-8, to be read one at a time or four at a time (little-endian). */
export interface Bytes {
  readonly bytes: Uint8Array;
  /** The same memory. */
  readonly view: DataView;
}

export function bytesOf(bytes: Uint8Array): Bytes {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
}
