/**
 * A growing buffer that writes numbers and strings in ClickHouse's RowBinary encoding.
 *
 * Format: https://clickhouse.com/docs/interfaces/formats/RowBinary (little-endian; strings behind a LEB128 length).
 */
const encoder = new TextEncoder();

export class ByteWriter {
  bytes: Uint8Array;
  /** Bytes written so far. */
  length = 0;
  #view: DataView;

  constructor(capacity = 1024) {
    this.bytes = new Uint8Array(capacity);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** Makes room for `size` more bytes and returns the position where they go; the caller advances `length`. */
  reserve(size: number): number {
    const needed = this.length + size;
    if (needed > this.bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
      this.#view = new DataView(grown.buffer);
    }
    return this.length;
  }

  uint8(value: number): void {
    const at = this.reserve(1);
    this.bytes[at] = value;
    this.length = at + 1;
  }

  uint16(value: number): void {
    const at = this.reserve(2);
    this.#view.setUint16(at, value, true);
    this.length = at + 2;
  }

  uint32(value: number): void {
    const at = this.reserve(4);
    this.#view.setUint32(at, value, true);
    this.length = at + 4;
  }

  int32(value: number): void {
    const at = this.reserve(4);
    this.#view.setInt32(at, value, true);
    this.length = at + 4;
  }

  /** A UInt64 or Int64 from a safe integer, |value| < 2^53. */
  int64(value: number): void {
    const at = this.reserve(8);
    const high = Math.floor(value / 4_294_967_296);
    this.#view.setUint32(at, value - high * 4_294_967_296, true);
    this.#view.setInt32(at + 4, high, true);
    this.length = at + 8;
  }

  float32(value: number): void {
    const at = this.reserve(4);
    this.#view.setFloat32(at, value, true);
    this.length = at + 4;
  }

  float64(value: number): void {
    const at = this.reserve(8);
    this.#view.setFloat64(at, value, true);
    this.length = at + 8;
  }

  /** An unsigned LEB128 integer: string lengths, array sizes. */
  varint(value: number): void {
    this.reserve(8);
    if (value < 128) {
      this.bytes[this.length++] = value;
      return;
    }
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.length++] = rest;
  }

  /** A String: its length, then `source[start … end)`. */
  string(source: Uint8Array, start: number, end: number): void {
    this.varint(end - start);
    this.raw(source, start, end);
  }

  /** A String from text, as UTF-8. */
  text(value: string): void {
    let ascii = value.length < 64;
    if (ascii) {
      const at = this.reserve(value.length + 1);
      for (let i = 0; i < value.length; i += 1) {
        const code = value.charCodeAt(i);
        if (code > 127) {
          ascii = false;
          break;
        }
        this.bytes[at + 1 + i] = code;
      }
      if (ascii) {
        this.bytes[at] = value.length;
        this.length = at + 1 + value.length;
        return;
      }
    }
    const encoded = encoder.encode(value);
    this.string(encoded, 0, encoded.length);
  }

  /** Text as UTF-8, without a length before it. */
  utf8(value: string): void {
    // A UTF-16 unit takes three bytes at most.
    const at = this.reserve(3 * value.length);
    this.length = at + encoder.encodeInto(value, this.bytes.subarray(at)).written;
  }

  /** Bytes without a length before them. */
  raw(source: Uint8Array, start: number, end: number): void {
    const size = end - start;
    const at = this.reserve(size);
    if (size <= 32) {
      for (let i = 0; i < size; i += 1) this.bytes[at + i] = source[start + i]!;
    } else {
      this.bytes.set(source.subarray(start, end), at);
    }
    this.length = at + size;
  }

  clear(): void {
    this.length = 0;
  }

  /** A copy that later writes do not change. */
  take(): Uint8Array {
    const copy = this.bytes.slice(0, this.length);
    this.length = 0;
    return copy;
  }
}
