/**
 * A vector of numbers checkpointed by pages of 64: an epoch stores what it touched, and what nobody touched is zero.
 *
 * Stored key: the page's number in decimal; value: its numbers as little-endian doubles.
 */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { VectorTable, VisitEntry } from '../../contracts/stateTable.ts';

const pageLength = 64;
const dirty = 1;
const held = 2;
const decoder = new TextDecoder();

class PagedVectorTable implements VectorTable {
  readonly name: string;
  readonly version: number;
  readonly values: Float64Array;
  readonly #flags: Uint8Array;
  readonly #changed: Int32Array;
  #changedLength = 0;
  #size = 0;
  readonly #writer = new ByteWriter();

  constructor(name: string, length: number, version: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`length: expected an integer ≥ 1, got ${length}`);
    }
    this.name = name;
    this.version = version;
    this.values = new Float64Array(length);
    this.#flags = new Uint8Array(Math.ceil(length / pageLength));
    this.#changed = new Int32Array(this.#flags.length);
  }

  /** Pages touched so far. */
  get size(): number {
    return this.#size;
  }

  touch(index: number): void {
    const page = index >>> 6;
    const flags = this.#flags[page];
    if (flags === undefined) throw new RangeError(`index: expected in the vector, got ${index}`);
    if ((flags & dirty) !== 0) return;
    if (flags === 0) this.#size += 1;
    this.#flags[page] = dirty | held;
    this.#changed[this.#changedLength] = page;
    this.#changedLength += 1;
  }

  drain(visit: VisitEntry): void {
    const writer = this.#writer;
    for (let i = 0; i < this.#changedLength; i += 1) {
      const page = this.#changed[i]!;
      this.#flags[page] = held;
      writer.clear();
      for (const digit of String(page)) writer.uint8(digit.charCodeAt(0));
      const keyEnd = writer.length;
      const end = Math.min((page + 1) * pageLength, this.values.length);
      for (let at = page * pageLength; at < end; at += 1) writer.float64(this.values[at]!);
      visit(writer.bytes, keyEnd, writer.length, false);
    }
    this.#changedLength = 0;
  }

  restore(key: Uint8Array, value: Uint8Array): void {
    const page = Number(decoder.decode(key));
    const from = page * pageLength;
    const length = Math.min(pageLength, this.values.length - from);
    if (!Number.isInteger(page) || page < 0 || value.length !== length * 8) {
      throw new EngineError(
        'SNAPSHOT_FOREIGN',
        `table ${this.name}: page ${page} of ${value.length} bytes does not fit ${this.values.length} numbers`,
      );
    }
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    for (let i = 0; i < length; i += 1) this.values[from + i] = view.getFloat64(i * 8, true);
    if (this.#flags[page] === 0) this.#size += 1;
    this.#flags[page] = held;
  }

  restored(): void {}
}

/** @throws RangeError when `length` is not a positive integer */
export function createVectorTable(name: string, length: number, version = 1): VectorTable {
  return new PagedVectorTable(name, length, version);
}
