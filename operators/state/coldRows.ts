/**
 * Rows of a table of numbers that have left memory: the store has them, and each comes back with its numbers unchanged when its
 * key is touched again. So a table that holds few keys answers as one that holds all (decision 18).
 *
 * What is kept here is what the store does not have yet: rows that left, and rows that came back, since the last checkpoint that
 * is there for good. All else is read before it is needed, by whoever pushes chunks, while nothing else changes. Of a key there
 * is a row here or in the table, never in both.
 *
 * Stored key: its UTF-8; value: the row as little-endian doubles.
 */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { ColdRows, VisitEntry } from '../../contracts/stateTable.ts';

const encoder = new TextEncoder();

/** undefined: there is none. */
type Row = Float64Array | undefined;

export interface ColdRowsOptions {
  readonly name: string;
  readonly version: number;
  /** Numbers in a row. */
  readonly width: number;
  readonly column: string;
  /** Key of a code. */
  readonly textOf: (code: number) => string;
  /** Whether the table has the row in memory. */
  readonly isHeld: (code: number) => boolean;
}

export class ColdRowsTable implements ColdRows {
  readonly name: string;
  readonly version: number;
  readonly column: string;
  readonly #width: number;
  readonly #textOf: (code: number) => string;
  readonly #isHeld: (code: number) => boolean;
  /** What the store does not have yet. */
  readonly #unsettled = new Map<string, Row>();
  /** Of those, not drained yet. */
  readonly #changed = new Set<string>();
  /** What was drained and is on its way. */
  readonly #drained = new Map<string, Row>();
  /** What has arrived: let go of by the next `wanted`, so that nothing changes between that and the chunks. */
  readonly #arrived = new Map<string, Row>();
  /** What the store has of the keys of the chunks at hand. */
  readonly #recalled = new Map<string, Row>();
  #isEmpty = true;
  readonly #writer = new ByteWriter();

  constructor({ name, version, width, column, textOf, isHeld }: ColdRowsOptions) {
    this.name = name;
    this.version = version;
    this.column = column;
    this.#width = width;
    this.#textOf = textOf;
    this.#isHeld = isHeld;
  }

  /** Rows that are held because the store does not have them yet. */
  get size(): number {
    return this.#unsettled.size;
  }

  get isEmpty(): boolean {
    return this.#isEmpty && this.#arrived.size === 0;
  }

  get hasRows(): boolean {
    return !this.#isEmpty || this.#unsettled.size > 0;
  }

  /** Takes in the row of a key that leaves memory. */
  put(key: string, row: Float64Array): void {
    this.#set(key, row);
  }

  /**
   * The row of a key that comes back to memory; here it is no more.
   *
   * @throws Error when the store may have it and was not asked
   */
  take(key: string): Row {
    const row = this.#find(key);
    if (row !== undefined) this.#set(key, undefined);
    return row;
  }

  /** Forgets a key, also in the store. */
  drop(key: string): void {
    if (this.#isEmpty && !this.#unsettled.has(key)) return;
    this.#set(key, undefined);
  }

  found(): void {
    this.#isEmpty = false;
  }

  wanted(codes: Iterable<number>): string[] {
    this.#recalled.clear();
    this.#letGo();
    if (this.#isEmpty) return [];
    const wanted: string[] = [];
    for (const code of new Set(codes)) {
      if (code < 0 || this.#isHeld(code)) continue;
      const key = this.#textOf(code);
      if (!this.#unsettled.has(key)) wanted.push(key);
    }
    return wanted;
  }

  recalled(key: string, value: Uint8Array | undefined): void {
    this.#recalled.set(key, value === undefined ? undefined : this.#rowOf(value));
  }

  drain(visit: VisitEntry): void {
    const writer = this.#writer;
    for (const key of this.#changed) {
      const row = this.#unsettled.get(key);
      this.#drained.set(key, row);
      writer.clear();
      const bytes = encoder.encode(key);
      writer.raw(bytes, 0, bytes.length);
      const keyEnd = writer.length;
      for (const each of row ?? []) writer.float64(each);
      visit(writer.bytes, keyEnd, writer.length, row === undefined);
    }
    this.#changed.clear();
  }

  settled(): void {
    for (const [key, row] of this.#drained) this.#arrived.set(key, row);
    this.#drained.clear();
  }

  restore(): void {
    throw new EngineError(
      'SNAPSHOT_FOREIGN',
      `table ${this.name}: its rows are read when they are asked for, not restored`,
    );
  }

  restored(): void {
    // Nothing was put back.
  }

  #letGo(): void {
    for (const [key, row] of this.#arrived) {
      this.#isEmpty = false;
      if (this.#unsettled.get(key) === row) this.#unsettled.delete(key);
    }
    this.#arrived.clear();
  }

  #find(key: string): Row {
    if (this.#unsettled.has(key)) return this.#unsettled.get(key);
    if (this.#isEmpty) return undefined;
    if (this.#recalled.has(key)) return this.#recalled.get(key);
    throw new Error(`table ${this.name}: the store was not asked for a key of the chunk`);
  }

  #set(key: string, row: Row): void {
    this.#unsettled.set(key, row);
    this.#changed.add(key);
  }

  #rowOf(value: Uint8Array): Float64Array {
    if (value.length !== this.#width * 8) {
      throw new EngineError(
        'SNAPSHOT_FOREIGN',
        `table ${this.name}: expected ${this.#width * 8} bytes per key, found ${value.length}`,
      );
    }
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    return Float64Array.from({ length: this.#width }, (_, i) => view.getFloat64(i * 8, true));
  }
}
