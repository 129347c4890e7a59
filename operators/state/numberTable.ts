/**
 * Rows of numbers per key or pair of keys, in flat arrays: exact least-recently-touched eviction, expiry at event time.
 *
 * A row is its `width` numbers and two more of the table's own: the clock and the sequence number of its last touch. A
 * touch counts at the table's clock, the largest time passed so far; so the order of touches is the order of expiry as
 * well, and both are read off one list. A row exactly `ttlMs` old is still there.
 *
 * Stored value: the row as little-endian doubles. Under the empty key: the clock and the next sequence number.
 */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { NumberTable, NumberTableOptions, VisitEntry } from '../../contracts/stateTable.ts';
import { ColdRowsTable } from './coldRows.ts';
import { readKey, writeKey } from './keyBytes.ts';
import { PairIndex } from './pairIndex.ts';
import { sequenceOrder } from './sequenceOrder.ts';

/** Links of a row: left and right code (right is −1 for a single key), the rows touched before and after it. */
const linksWidth = 4;
const rightOf = 1;
const olderOf = 2;
const newerOf = 3;
/** In place of the left code: the row is free, `newer` is the next free one. */
const freeRow = -1;
const none = -1;
/** Flags of a row: in the list of changed rows; known to the store. */
const dirty = 1;
const stored = 2;

function grown<Column extends Int32Array | Float64Array | Uint8Array>(
  column: Column,
  length: number,
): Column {
  const copy = new (column.constructor as new (length: number) => Column)(length);
  copy.set(column);
  return copy;
}

class FlatNumberTable implements NumberTable {
  readonly name: string;
  readonly version: number;
  readonly width: number;
  values: Float64Array;
  readonly cold: ColdRowsTable | undefined;
  readonly #dictionary: Dictionary;
  readonly #keysMax: number;
  readonly #ttlMs: number;
  /** Whether rows ever go, so that the order of touches matters. */
  readonly #ordered: boolean;
  /** From one row to the next in `values`. */
  readonly #stride: number;
  #capacity = 16;
  #links = new Int32Array(this.#capacity * linksWidth);
  #flags = new Uint8Array(this.#capacity);
  #rows = 0;
  #size = 0;
  #freeRow = none;
  #oldest = none;
  #newest = none;
  #clock = -Infinity;
  #sequence = 0;
  /** Row + 1 of a single key by its code, 0 when there is none. */
  #rowOfCode = new Int32Array(0);
  readonly #pairs = new PairIndex();
  #changed = new Int32Array(16);
  #changedLength = 0;
  #headerChanged = false;
  /** Left and right codes of stored keys that were deleted; retained until the store knows. */
  #deleted: number[] = [];
  readonly #writer = new ByteWriter();

  constructor(name: string, dictionary: Dictionary, options: NumberTableOptions) {
    const { width, keysMax = Infinity, ttlMs = Infinity, version = 1, recalledBy } = options;
    if (!Number.isInteger(width) || width < 1) {
      throw new RangeError(`width: expected an integer ≥ 1, got ${width}`);
    }
    if (!(keysMax >= 1) || (keysMax !== Infinity && !Number.isInteger(keysMax))) {
      throw new RangeError(`keysMax: expected an integer ≥ 1, got ${keysMax}`);
    }
    if (recalledBy !== undefined && ttlMs !== Infinity) {
      throw new RangeError(`ttlMs: expected none beside recalledBy, got ${ttlMs}`);
    }
    if (!(ttlMs > 0)) throw new RangeError(`ttlMs: expected > 0, got ${ttlMs}`);
    this.name = name;
    this.version = version;
    this.width = width;
    this.#dictionary = dictionary;
    this.#keysMax = keysMax;
    this.#ttlMs = ttlMs;
    this.#ordered = keysMax !== Infinity || ttlMs !== Infinity;
    this.#stride = width + 2;
    this.cold =
      recalledBy === undefined
        ? undefined
        : new ColdRowsTable({
            ...{ name: `${name}/cold`, version, width, column: recalledBy },
            textOf: (code) => dictionary.text(code),
            isHeld: (code) => this.peek(code, -Infinity) >= 0,
          });
    this.values = new Float64Array(this.#capacity * this.#stride);
  }

  get size(): number {
    return this.#size;
  }

  at(key: number, time: number): number {
    if (time > this.#clock) this.#advance(time);
    let row = key < this.#rowOfCode.length ? this.#rowOfCode[key]! - 1 : none;
    if (!(row >= 0)) row = this.#insert(key, none);
    return this.#touch(row);
  }

  atPair(left: number, right: number, time: number): number {
    if (time > this.#clock) this.#advance(time);
    let row = this.#pairs.find(this.#links, left, right);
    if (row < 0) {
      if (!(right >= 0)) throw new RangeError(`right: expected a code ≥ 0, got ${right}`);
      if (this.cold !== undefined) {
        throw new RangeError(`right: expected no pair in ${this.name}, whose rows are recalled`);
      }
      row = this.#insert(left, right);
    }
    return this.#touch(row);
  }

  peek(key: number, time: number): number {
    const row = this.#rowOfCode[key];
    return row === undefined ? none : this.#alive(row - 1, time);
  }

  peekPair(left: number, right: number, time: number): number {
    return this.#alive(this.#pairs.find(this.#links, left, right), time);
  }

  delete(key: number): void {
    this.cold?.drop(this.#dictionary.text(key));
    const row = this.#rowOfCode[key];
    if (row !== undefined && row > 0) this.#delete(row - 1);
  }

  drain(visit: VisitEntry): void {
    const writer = this.#writer;
    writer.clear();
    this.#drainDeleted(visit);
    for (let i = 0; i < this.#changedLength; i += 1) {
      const row = this.#changed[i]!;
      const link = row * linksWidth;
      this.#flags[row] = this.#flags[row]! & ~dirty;
      if (this.#links[link] === freeRow) continue;
      this.#flags[row] = this.#flags[row]! | stored;
      writeKey(writer, this.#dictionary, this.#links[link]!, this.#links[link + rightOf]!);
      const keyEnd = writer.length;
      const from = row * this.#stride;
      for (let at = from; at < from + this.#stride; at += 1) writer.float64(this.values[at]!);
      visit(writer.bytes, keyEnd, writer.length, false);
      writer.clear();
    }
    this.#changedLength = 0;
    if (!this.#headerChanged) return;
    this.#headerChanged = false;
    writer.float64(this.#clock);
    writer.float64(this.#sequence);
    visit(writer.bytes, 0, writer.length, false);
    writer.clear();
  }

  restore(key: Uint8Array, value: Uint8Array): void {
    const length = key.length === 0 ? 2 : this.#stride;
    if (value.length !== length * 8) {
      throw new EngineError(
        'SNAPSHOT_FOREIGN',
        `table ${this.name}: expected ${length * 8} bytes per key, found ${value.length}`,
      );
    }
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    if (key.length === 0) {
      this.#clock = view.getFloat64(0, true);
      this.#sequence = view.getFloat64(8, true);
      return;
    }
    const { left, right } = readKey(key, this.#dictionary);
    const row = this.#newRow(left, right);
    this.#flags[row] = stored;
    const to = row * this.#stride;
    for (let i = 0; i < length; i += 1) this.values[to + i] = view.getFloat64(i * 8, true);
  }

  restored(): void {
    if (!this.#ordered) return;
    const sequences = new Float64Array(this.#rows);
    for (let row = 0; row < this.#rows; row += 1) {
      sequences[row] = this.values[row * this.#stride + this.width + 1]!;
    }
    for (const row of sequenceOrder(sequences)) this.#append(row);
    while (this.#size > this.#keysMax) this.#makeRoom();
    if (this.#size > 0) this.#expire();
  }

  #alive(row: number, time: number): number {
    if (row < 0) return none;
    const at = row * this.#stride;
    return time - this.values[at + this.width]! > this.#ttlMs ? none : at;
  }

  #advance(time: number): void {
    this.#clock = time;
    this.#headerChanged = true;
    if (this.#oldest !== none) this.#expire();
  }

  #expire(): void {
    while (this.#oldest !== none) {
      const touched = this.values[this.#oldest * this.#stride + this.width]!;
      if (!(this.#clock - touched > this.#ttlMs)) return;
      this.#delete(this.#oldest);
    }
  }

  #touch(row: number): number {
    const at = row * this.#stride;
    this.values[at + this.width] = this.#clock;
    this.values[at + this.width + 1] = this.#sequence;
    this.#sequence += 1;
    this.#headerChanged = true;
    if ((this.#flags[row]! & dirty) === 0) this.#markChanged(row);
    if (this.#ordered && row !== this.#newest) {
      this.#unlink(row);
      this.#append(row);
    }
    return at;
  }

  #markChanged(row: number): void {
    this.#flags[row] = this.#flags[row]! | dirty;
    if (this.#changedLength === this.#changed.length) {
      this.#changed = grown(this.#changed, this.#changed.length * 2);
    }
    this.#changed[this.#changedLength] = row;
    this.#changedLength += 1;
  }

  #insert(left: number, right: number): number {
    if (!(left >= 0)) throw new RangeError(`key: expected a code ≥ 0, got ${left}`);
    const back = this.cold?.take(this.#dictionary.text(left));
    if (this.#size >= this.#keysMax) this.#makeRoom();
    const row = this.#newRow(left, right);
    if (back !== undefined) this.values.set(back, row * this.#stride);
    if (this.#ordered) this.#append(row);
    return row;
  }

  /** The least recently touched row goes. */
  #makeRoom(): void {
    const row = this.#oldest;
    if (this.cold !== undefined) {
      const from = row * this.#stride;
      const key = this.#dictionary.text(this.#links[row * linksWidth]!);
      this.cold.put(key, this.values.slice(from, from + this.width));
    }
    this.#delete(row);
  }

  #newRow(left: number, right: number): number {
    let row = this.#freeRow;
    if (row !== none) {
      this.#freeRow = this.#links[row * linksWidth + newerOf]!;
    } else {
      if (this.#rows === this.#capacity) this.#grow();
      row = this.#rows;
      this.#rows += 1;
    }
    this.#dictionary.retain(left);
    this.#links[row * linksWidth] = left;
    this.#links[row * linksWidth + rightOf] = right;
    if (right >= 0) {
      this.#dictionary.retain(right);
      this.#pairs.add(this.#links, row);
    } else {
      if (left >= this.#rowOfCode.length) {
        this.#rowOfCode = grown(this.#rowOfCode, Math.max(left + 1, this.#dictionary.capacity));
      }
      this.#rowOfCode[left] = row + 1;
    }
    this.#size += 1;
    return row;
  }

  #delete(row: number): void {
    const link = row * linksWidth;
    const left = this.#links[link]!;
    const right = this.#links[link + rightOf]!;
    if (this.#ordered) this.#unlink(row);
    if (right >= 0) this.#pairs.remove(this.#links, row);
    else this.#rowOfCode[left] = 0;
    if ((this.#flags[row]! & stored) !== 0) this.#deleted.push(left, right);
    else this.#releaseCodes(left, right);
    // A changed row stays in that list: if it is given out again it must not be listed twice.
    this.#flags[row] = this.#flags[row]! & dirty;
    this.values.fill(0, row * this.#stride, (row + 1) * this.#stride);
    this.#links[link] = freeRow;
    this.#links[link + newerOf] = this.#freeRow;
    this.#freeRow = row;
    this.#size -= 1;
  }

  #drainDeleted(visit: VisitEntry): void {
    const writer = this.#writer;
    for (let i = 0; i < this.#deleted.length; i += 2) {
      const left = this.#deleted[i]!;
      const right = this.#deleted[i + 1]!;
      const row =
        right >= 0 ? this.#pairs.find(this.#links, left, right) : this.#rowOfCode[left]! - 1;
      if (row < 0) {
        writeKey(writer, this.#dictionary, left, right);
        visit(writer.bytes, writer.length, writer.length, true);
        writer.clear();
      }
      this.#releaseCodes(left, right);
    }
    this.#deleted = [];
  }

  #releaseCodes(left: number, right: number): void {
    this.#dictionary.release(left);
    if (right >= 0) this.#dictionary.release(right);
  }

  #append(row: number): void {
    this.#links[row * linksWidth + olderOf] = this.#newest;
    this.#links[row * linksWidth + newerOf] = none;
    if (this.#newest === none) this.#oldest = row;
    else this.#links[this.#newest * linksWidth + newerOf] = row;
    this.#newest = row;
  }

  #unlink(row: number): void {
    const older = this.#links[row * linksWidth + olderOf]!;
    const newer = this.#links[row * linksWidth + newerOf]!;
    if (older === none) this.#oldest = newer;
    else this.#links[older * linksWidth + newerOf] = newer;
    if (newer === none) this.#newest = older;
    else this.#links[newer * linksWidth + olderOf] = older;
  }

  #grow(): void {
    // Untouched room costs no memory until it is used, so there is no need to grow in small steps.
    const roomy = Math.ceil(this.#capacity * 1.5);
    this.#capacity = Math.max(this.#capacity + 1, Math.min(roomy, this.#keysMax));
    this.#links = grown(this.#links, this.#capacity * linksWidth);
    this.#flags = grown(this.#flags, this.#capacity);
    this.values = grown(this.values, this.#capacity * this.#stride);
  }
}

/**
 * @param dictionary whose codes are the keys; a held key keeps its code alive
 * @throws RangeError when `width`, `keysMax` or `ttlMs` is out of range, or rows both expire and are recalled
 */
export function createNumberTable(
  name: string,
  dictionary: Dictionary,
  options: NumberTableOptions,
): NumberTable {
  return new FlatNumberTable(name, dictionary, options);
}
