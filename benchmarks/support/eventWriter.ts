/** Takes events one after the other, and gives them as a partition in shared memory. */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { MemoryPartition } from './memoryLog.ts';

export class EventWriter {
  readonly #writer = new ByteWriter(1 << 20);
  readonly #ends: number[] = [];

  add(event: Uint8Array): void {
    this.#writer.raw(event, 0, event.length);
    this.#ends.push(this.#writer.length);
  }

  /** Events so far. */
  get length(): number {
    return this.#ends.length;
  }

  share(): MemoryPartition {
    const bytes = new Uint8Array(new SharedArrayBuffer(this.#writer.length));
    bytes.set(this.#writer.bytes.subarray(0, this.#writer.length));
    const ends = new Float64Array(new SharedArrayBuffer(this.#ends.length * 8));
    ends.set(this.#ends);
    return { bytes, ends, length: ends.length };
  }
}
