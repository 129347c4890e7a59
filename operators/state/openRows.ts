/**
 * Rows of numbers of the keys of open windows, which lie side by side and are all of one length: little memory a key, pages in the
 * checkpoint, and an order that is that of the log.
 *
 * A window's rows stand in the order in which its keys came. Beyond `keysMax` keys of one window further ones get no row: a row is
 * the behaviour of one key, so what comes later cannot count together. A window that was closed does not open again.
 *
 * Stored: under `<start>.<page>` 64 rows, each as its key and its numbers; under the empty key the end of the last closed window.
 */
import { ByteReader } from '../../contracts/byteReader.ts';
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { StateTable, StateTables, VisitEntry } from '../../contracts/stateTable.ts';

const pageRows = 64;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export interface OpenRowsOptions {
  /** Numbers of a row; a new one is all zeros. */
  readonly width: number;
  /** Length of a window, ms. */
  readonly windowMs: number;
  /** Most keys of one window. */
  readonly keysMax: number;
  readonly version: number;
}

/** An open window. Row i is of the key `codes[i]`, its numbers from `values[i × width]` on. */
export interface OpenRowsWindow {
  /** ms since 1970; `end` is the first instant behind it. */
  readonly start: number;
  readonly end: number;
  length: number;
  /** −1 of a key that was forgotten: its numbers mean nothing. */
  codes: Int32Array;
  /** Fetch it again after every `at`: it may have grown. */
  values: Float64Array;
  readonly rowOf: Map<number, number>;
  readonly changed: Set<number>;
}

export class OpenRows implements StateTable {
  readonly name: string;
  readonly version: number;
  readonly width: number;
  readonly #dictionary: Dictionary;
  readonly #windowMs: number;
  readonly #keysMax: number;
  /** Ascending by start. */
  #windows: OpenRowsWindow[] = [];
  #closedTo = -Infinity;
  #headerChanged = false;
  /** Stored keys of closed windows. */
  #gone: string[] = [];
  /** Between `restore` and `restored`. */
  #pages: { start: number; page: number; bytes: Uint8Array }[] = [];
  readonly #writer = new ByteWriter();

  constructor(name: string, dictionary: Dictionary, options: OpenRowsOptions) {
    this.name = name;
    this.version = options.version;
    this.width = options.width;
    this.#dictionary = dictionary;
    this.#windowMs = options.windowMs;
    this.#keysMax = options.keysMax;
  }

  /** Rows held. */
  get size(): number {
    return this.#windows.reduce((sum, { rowOf }) => sum + rowOf.size, 0);
  }

  /** No window ends before; Infinity when none is open. */
  get nextEnd(): number {
    return this.#windows[0]?.end ?? Infinity;
  }

  /** The window that holds the time, opened when there is none; undefined when it was closed. */
  window(time: number): OpenRowsWindow | undefined {
    const start = Math.floor(time / this.#windowMs) * this.#windowMs;
    const end = start + this.#windowMs;
    if (end <= this.#closedTo) return undefined;
    const found = this.#windows.find((window) => window.start === start);
    return found ?? this.#open(start, pageRows);
  }

  /** The key's row in the window, made when there is none, and noted as changed; −1 when there are too many keys. */
  at(window: OpenRowsWindow, code: number): number {
    let row = window.rowOf.get(code) ?? -1;
    if (row < 0) {
      if (window.rowOf.size >= this.#keysMax) return -1;
      row = this.#add(window, code);
    }
    window.changed.add(Math.floor(row / pageRows));
    return row;
  }

  /** Takes out the first window, if it ends at or before the watermark; its codes are valid until the next sweep. */
  close(watermark: number): OpenRowsWindow | undefined {
    if (this.nextEnd > watermark) return undefined;
    const window = this.#windows.shift()!;
    this.#closedTo = window.end;
    this.#headerChanged = true;
    for (const code of window.rowOf.keys()) this.#dictionary.release(code);
    // Stored or not: a lost worker may have stored them, by an insert that lands late.
    for (let page = 0; page * pageRows < window.length; page += 1) {
      this.#gone.push(`${window.start}.${page}`);
    }
    return window;
  }

  /** Forgets the keys of all windows that fit. */
  forget(fits: (key: string) => boolean): void {
    for (const window of this.#windows) {
      for (const [code, row] of window.rowOf) {
        if (!fits(this.#dictionary.text(code))) continue;
        window.codes[row] = -1;
        window.values.fill(0, row * this.width, (row + 1) * this.width);
        window.rowOf.delete(code);
        window.changed.add(Math.floor(row / pageRows));
        this.#dictionary.release(code);
      }
    }
  }

  drain(visit: VisitEntry): void {
    const writer = this.#writer;
    for (const key of this.#gone) {
      const keyEnd = this.#writeKey(key);
      visit(writer.bytes, keyEnd, keyEnd, true);
    }
    this.#gone = [];
    if (this.#headerChanged) {
      const keyEnd = this.#writeKey('');
      writer.float64(this.#closedTo);
      visit(writer.bytes, keyEnd, writer.length, false);
      this.#headerChanged = false;
    }
    for (const window of this.#windows) {
      for (const page of window.changed) {
        const keyEnd = this.#writeKey(`${window.start}.${page}`);
        this.#writePage(window, page);
        visit(writer.bytes, keyEnd, writer.length, false);
      }
      window.changed.clear();
    }
  }

  restore(key: Uint8Array, value: Uint8Array): void {
    const text = decoder.decode(key);
    if (text === '') {
      this.#closedTo = new ByteReader(value).float64();
      return;
    }
    const [start, page] = text.split('.').map(Number) as [number, number];
    this.#pages.push({ start, page, bytes: value.slice() });
  }

  restored(): void {
    this.#pages.sort((a, b) => a.start - b.start || a.page - b.page);
    for (const { start, bytes } of this.#pages) {
      if (start + this.#windowMs <= this.#closedTo) continue;
      const last = this.#windows.at(-1);
      const window = last?.start === start ? last : this.#open(start, pageRows);
      this.#readPage(window, bytes);
    }
    this.#pages = [];
  }

  #open(start: number, capacity: number): OpenRowsWindow {
    const window: OpenRowsWindow = {
      start,
      end: start + this.#windowMs,
      length: 0,
      codes: new Int32Array(capacity),
      values: new Float64Array(capacity * this.width),
      rowOf: new Map(),
      changed: new Set(),
    };
    const at = this.#windows.findIndex((other) => other.start > start);
    this.#windows.splice(at < 0 ? this.#windows.length : at, 0, window);
    return window;
  }

  /** @param code −1: the row of a key that was forgotten */
  #add(window: OpenRowsWindow, code: number): number {
    const row = window.length;
    if (row === window.codes.length) {
      const codes = new Int32Array(2 * row);
      codes.set(window.codes);
      window.codes = codes;
      const values = new Float64Array(2 * row * this.width);
      values.set(window.values);
      window.values = values;
    }
    window.length = row + 1;
    window.codes[row] = code;
    if (code < 0) return row;
    window.rowOf.set(code, row);
    this.#dictionary.retain(code);
    return row;
  }

  #writeKey(key: string): number {
    const writer = this.#writer;
    writer.clear();
    for (let i = 0; i < key.length; i += 1) writer.uint8(key.charCodeAt(i));
    return writer.length;
  }

  #writePage(window: OpenRowsWindow, page: number): void {
    const writer = this.#writer;
    const end = Math.min((page + 1) * pageRows, window.length);
    for (let row = page * pageRows; row < end; row += 1) {
      const code = window.codes[row]!;
      writer.uint8(code < 0 ? 0 : 1);
      if (code < 0) continue;
      writer.varint(this.#dictionary.byteLength(code));
      this.#dictionary.copy(code, writer);
      for (let i = 0; i < this.width; i += 1) writer.float64(window.values[row * this.width + i]!);
    }
  }

  #readPage(window: OpenRowsWindow, bytes: Uint8Array): void {
    const reader = new ByteReader(bytes);
    try {
      while (!reader.isAtEnd) {
        if (reader.uint8() === 0) {
          this.#add(window, -1);
          continue;
        }
        const row = this.#add(window, this.#dictionary.internText(decoder.decode(reader.string())));
        for (let i = 0; i < this.width; i += 1) {
          window.values[row * this.width + i] = reader.float64();
        }
      }
    } catch (cause) {
      const reason = `table ${this.name}: a page of ${window.start} cannot be read`;
      throw new EngineError('SNAPSHOT_FOREIGN', reason, { cause });
    }
  }
}

/** @throws RangeError when an option is out of range */
export function createOpenRows(
  tables: StateTables,
  name: string,
  options: OpenRowsOptions,
): OpenRows {
  for (const option of ['width', 'windowMs', 'keysMax'] as const) {
    const value = options[option];
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new RangeError(`${option}: expected an integer ≥ 1, got ${value}`);
  }
  return tables.add(new OpenRows(name, tables.dictionary, options));
}
