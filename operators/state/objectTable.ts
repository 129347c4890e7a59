/**
 * Any plain-data state per text key, in a Map that iterates in the order in which the keys came.
 *
 * Stored value: the key's place in that order as a double, then the state as `node:v8` writes it. That codec and no other,
 * because it alone gives back every number (NaN, −0), typed array, Map and undefined as it was, writes a view without
 * the buffer behind it, and newer Node versions read what older ones wrote. It costs about 2 µs a key: large
 * populations belong into a table of numbers.
 */
import { deserialize, serialize } from 'node:v8';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { ObjectTable, VisitEntry } from '../../contracts/stateTable.ts';

interface Entry<State> {
  state: State;
  /** Order of arrival, integer ≥ 0. */
  readonly sequence: number;
  /** Known to the store. */
  stored: boolean;
}

const encoder = new TextEncoder();
// A byte order mark is a character like any other: without it two keys would read the same.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

class MapObjectTable<State> implements ObjectTable<State> {
  readonly name: string;
  readonly version: number;
  #entries = new Map<string, Entry<State>>();
  readonly #changed = new Set<string>();
  readonly #deleted = new Set<string>();
  #sequence = 0;
  readonly #writer = new ByteWriter();

  constructor(name: string, version: number) {
    this.name = name;
    this.version = version;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): State | undefined {
    return this.#entries.get(key)?.state;
  }

  set(key: string, state: State): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      const stored = this.#deleted.delete(key);
      this.#entries.set(key, { state, sequence: this.#sequence, stored });
      this.#sequence += 1;
    } else {
      entry.state = state;
    }
    this.#changed.add(key);
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#changed.delete(key);
    if (entry.stored) this.#deleted.add(key);
  }

  *entries(): IterableIterator<[string, State]> {
    for (const [key, entry] of this.#entries) yield [key, entry.state];
  }

  drain(visit: VisitEntry): void {
    const writer = this.#writer;
    for (const key of this.#deleted) {
      const keyEnd = this.#writeKey(key);
      visit(writer.bytes, keyEnd, keyEnd, true);
    }
    this.#deleted.clear();
    for (const key of this.#changed) {
      const entry = this.#entries.get(key)!;
      const keyEnd = this.#writeKey(key);
      writer.float64(entry.sequence);
      const value = serialize(entry.state);
      writer.raw(value, 0, value.length);
      entry.stored = true;
      visit(writer.bytes, keyEnd, writer.length, false);
    }
    this.#changed.clear();
  }

  restore(key: Uint8Array, value: Uint8Array): void {
    const text = decoder.decode(key);
    try {
      const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
      const sequence = view.getFloat64(0, true);
      // A copy of its own: typed arrays in the state are views of the bytes they are read from.
      const state = deserialize(new Uint8Array(value.subarray(8))) as State;
      this.#entries.set(text, { state, sequence, stored: true });
    } catch (cause) {
      const reason = `table ${this.name}: the state of key ${JSON.stringify(text)} cannot be read`;
      throw new EngineError('SNAPSHOT_FOREIGN', reason, { cause });
    }
  }

  restored(): void {
    const ordered = [...this.#entries].sort(([, a], [, b]) => a.sequence - b.sequence);
    this.#entries = new Map(ordered);
    this.#sequence = (ordered.at(-1)?.[1].sequence ?? -1) + 1;
  }

  #writeKey(key: string): number {
    this.#writer.clear();
    const bytes = encoder.encode(key);
    this.#writer.raw(bytes, 0, bytes.length);
    return this.#writer.length;
  }
}

export function createObjectTable<State>(name: string, version = 1): ObjectTable<State> {
  return new MapObjectTable<State>(name, version);
}
