/**
 * Any plain-data state per text key. Iterates in the order of the keys, whatever the order in which they came.
 *
 * Costs some µs a changed key at each cut: large populations belong into a table of numbers.
 */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { ObjectTable, VisitEntry } from '../../contracts/stateTable.ts';
import { readPlain, writePlain } from './plainData.ts';

const encoder = new TextEncoder();
// A byte order mark is a character like any other: without it two keys would read the same.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

class MapObjectTable<State> implements ObjectTable<State> {
  readonly name: string;
  readonly version: number;
  readonly #entries = new Map<string, State>();
  readonly #changed = new Set<string>();
  /** Never stored or not: a lost worker may have stored them, by an insert that lands late. */
  readonly #deleted = new Set<string>();
  readonly #writer = new ByteWriter();

  constructor(name: string, version: number) {
    this.name = name;
    this.version = version;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): State | undefined {
    return this.#entries.get(key);
  }

  set(key: string, state: State): void {
    this.#entries.set(key, state);
    this.#changed.add(key);
    this.#deleted.delete(key);
  }

  delete(key: string): void {
    this.#entries.delete(key);
    this.#changed.delete(key);
    this.#deleted.add(key);
  }

  *entries(): IterableIterator<[string, State]> {
    for (const key of [...this.#entries.keys()].sort()) {
      yield [key, this.#entries.get(key)!];
    }
  }

  drain(visit: VisitEntry): void {
    const writer = this.#writer;
    for (const key of this.#deleted) {
      const keyEnd = this.#writeKey(key);
      visit(writer.bytes, keyEnd, keyEnd, true);
    }
    this.#deleted.clear();
    for (const key of this.#changed) {
      const keyEnd = this.#writeKey(key);
      writePlain(writer, this.#entries.get(key)!);
      visit(writer.bytes, keyEnd, writer.length, false);
    }
    this.#changed.clear();
  }

  restore(key: Uint8Array, value: Uint8Array): void {
    const text = decoder.decode(key);
    try {
      this.#entries.set(text, readPlain(value) as State);
    } catch (cause) {
      const reason = `table ${this.name}: the state of key ${JSON.stringify(text)} cannot be read`;
      throw new EngineError('SNAPSHOT_FOREIGN', reason, { cause });
    }
  }

  restored(): void {
    // Nothing to order: entries iterate by key.
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
