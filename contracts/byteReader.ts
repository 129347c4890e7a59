/** Reads back what {@link ByteWriter} writes: ClickHouse's RowBinary encoding. */
const decoder = new TextDecoder();

export class ByteReader {
  readonly bytes: Uint8Array;
  readonly #view: DataView;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  uint8(): number {
    return this.bytes[this.at++]!;
  }

  uint16(): number {
    this.at += 2;
    return this.#view.getUint16(this.at - 2, true);
  }

  uint32(): number {
    this.at += 4;
    return this.#view.getUint32(this.at - 4, true);
  }

  /** A UInt64 or Int64, exact within ±2^53. */
  int64(): number {
    this.at += 8;
    return (
      this.#view.getInt32(this.at - 4, true) * 4_294_967_296 +
      this.#view.getUint32(this.at - 8, true)
    );
  }

  float64(): number {
    this.at += 8;
    return this.#view.getFloat64(this.at - 8, true);
  }

  /** An unsigned LEB128 integer. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  /** The bytes of a String, not copied. */
  string(): Uint8Array {
    const length = this.varint();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  text(): string {
    return decoder.decode(this.string());
  }

  skipString(): void {
    const length = this.varint();
    this.at += length;
  }
}
