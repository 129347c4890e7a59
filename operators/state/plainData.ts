/**
 * Plain data as bytes and back: numbers, strings, booleans, null, arrays, plain objects, and typed arrays.
 *
 * Equal values give equal bytes, whatever they went through before; that is what lets two runs be compared by their state.
 * (`node:v8` does not: a number's bytes depend on how the engine happens to hold it.) Numbers are exact, −0 and NaN
 * included; properties keep their order; `undefined` is no plain data.
 */
import type { ByteWriter } from '../../contracts/byteWriter.ts';
import { EngineError } from '../../contracts/errors.ts';

const tags = {
  null: 0,
  false: 1,
  true: 2,
  /** A whole number ≥ 0 as LEB128; the next one its negative. */
  natural: 3,
  negative: 4,
  double: 5,
  text: 6,
  array: 7,
  object: 8,
  /** A typed array: its kind, its length, its bytes. */
  typed: 9,
} as const;

const typedKinds = [
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
] as const;

/** @throws TypeError for what is no plain data */
export function writePlain(writer: ByteWriter, value: unknown): void {
  if (typeof value === 'number') writeNumber(writer, value);
  else if (typeof value === 'string') {
    writer.uint8(tags.text);
    writer.text(value);
  } else if (typeof value === 'boolean') writer.uint8(value ? tags.true : tags.false);
  else if (value === null) writer.uint8(tags.null);
  else if (Array.isArray(value)) {
    writer.uint8(tags.array);
    writer.varint(value.length);
    for (const each of value) writePlain(writer, each);
  } else if (ArrayBuffer.isView(value)) writeTyped(writer, value);
  else if (typeof value === 'object') {
    const entries = Object.entries(value);
    writer.uint8(tags.object);
    writer.varint(entries.length);
    for (const [name, each] of entries) {
      writer.text(name);
      writePlain(writer, each);
    }
  } else throw new TypeError(`state: expected plain data, got ${typeof value}`);
}

function writeNumber(writer: ByteWriter, value: number): void {
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) {
    writer.uint8(value < 0 ? tags.negative : tags.natural);
    writer.varint(Math.abs(value));
  } else {
    writer.uint8(tags.double);
    writer.float64(value);
  }
}

function writeTyped(writer: ByteWriter, value: ArrayBufferView): void {
  const kind = typedKinds.findIndex((each) => value instanceof each);
  if (kind < 0) throw new TypeError(`state: expected plain data, got ${value.constructor.name}`);
  writer.uint8(tags.typed);
  writer.uint8(kind);
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  writer.string(bytes, 0, bytes.length);
}

/** @throws EngineError SNAPSHOT_FOREIGN for bytes that `writePlain` did not write */
export function readPlain(bytes: Uint8Array): unknown {
  const reader = new PlainReader(bytes);
  const value = reader.value();
  if (reader.atEnd) return value;
  throw new EngineError('SNAPSHOT_FOREIGN', 'stored state has bytes behind its end');
}

class PlainReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  value(): unknown {
    const tag = this.#byte();
    switch (tag) {
      case tags.null:
        return null;
      case tags.false:
        return false;
      case tags.true:
        return true;
      case tags.natural:
        return this.#varint();
      case tags.negative:
        return -this.#varint();
      case tags.double:
        this.#at += 8;
        return this.#view.getFloat64(this.#at - 8, true);
      case tags.text:
        return this.#text();
      case tags.array:
        return Array.from({ length: this.#varint() }, () => this.value());
      case tags.object:
        return this.#object();
      case tags.typed:
        return this.#typed();
      default:
        throw new EngineError('SNAPSHOT_FOREIGN', `stored state has the unknown tag ${tag}`);
    }
  }

  #object(): Record<string, unknown> {
    // From entries, so that a property named __proto__ is one like any other.
    return Object.fromEntries(
      Array.from({ length: this.#varint() }, () => [this.#text(), this.value()]),
    );
  }

  #typed(): ArrayBufferView {
    const kind = typedKinds[this.#byte()];
    if (kind === undefined) throw new EngineError('SNAPSHOT_FOREIGN', 'unknown kind of array');
    // Copied: a typed array must begin at a multiple of its element's size. (Buffer's own `slice` would not copy.)
    return new kind(new Uint8Array(this.#slice()).buffer);
  }

  #text(): string {
    return Buffer.from(this.#slice()).toString('utf8');
  }

  #slice(): Uint8Array {
    const length = this.#varint();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  #varint(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new EngineError('SNAPSHOT_FOREIGN', 'stored state is cut off');
    return byte;
  }
}
