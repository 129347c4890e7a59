/** Collects records of a batch as bytes one behind the other, and their ends. */
export class RecordWriter {
  bytes: Uint8Array;
  /** Bytes written so far. */
  size = 0;
  readonly ends: Int32Array;
  /** Records finished so far. */
  length = 0;

  /** @param capacity bytes expected; more make it grow */
  constructor(recordsMax: number, capacity: number) {
    this.bytes = new Uint8Array(capacity);
    this.ends = new Int32Array(recordsMax);
  }

  /** Makes room for `size` more bytes and returns where they go; the caller advances `size`. */
  reserve(size: number): number {
    const needed = this.size + size;
    if (needed > this.bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      grown.set(this.bytes.subarray(0, this.size));
      this.bytes = grown;
    }
    return this.size;
  }

  copy(source: Uint8Array, start: number, end: number): void {
    const at = this.reserve(end - start);
    this.bytes.set(source.subarray(start, end), at);
    this.size = at + end - start;
  }

  /** What was written since the last record is one record. */
  finish(): void {
    this.ends[this.length] = this.size;
    this.length += 1;
  }
}
