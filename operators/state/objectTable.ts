/**
 * Any plain-data state per text key. Iterates in the order of the keys, whatever the order in which they came.
 *
 * Costs some µs a changed key at each cut: large populations belong into a table of numbers.
 */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { ObjectTable, VisitEntry } from '../../contracts/stateTable.ts';
import { readPlain, writePlain } from './plainData.ts';

interface Entry<State> {
  state: State;
  /** Known to the store. */
  stored: boolean;
}

const encoder = new TextEncoder();
// A byte order mark is a character like any other: without it two keys would read the same.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

class MapObjectTable<State> implements ObjectTable<State> {
  readonly name: string;
  readonly version: number;
  readonly #entries = new Map<string, Entry<State>>();
  readonly #changed = new Set<string>();
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
    return this.#entries.get(key)?.state;
  }

  set(key: string, state: State): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      const stored = this.#deleted.delete(key);
      this.#entries.set(key, { state, stored });
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
    for (const key of [...this.#entries.keys()].sort()) {
      yield [key, this.#entries.get(key)!.state];
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
      const entry = this.#entries.get(key)!;
      const keyEnd = this.#writeKey(key);
      writePlain(writer, entry.state);
      entry.stored = true;
      visit(writer.bytes, keyEnd, writer.length, false);
    }
    this.#changed.clear();
  }

  restore(key: Uint8Array, value: Uint8Array): void {
    const text = decoder.decode(key);
    try {
      this.#entries.set(text, { state: readPlain(value) as State, stored: true });
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
