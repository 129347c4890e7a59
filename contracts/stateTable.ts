/**
 * State that a pipeline keeps between events: named, versioned, bounded, checkpointed by its dirty keys.
 *
 * What a table answers depends only on the calls made to it, never on when it is checkpointed: expiry and eviction
 * happen inside the calls, at event time. So a replay rebuilds the same state whatever the epochs were.
 */
import type { Dictionary } from './dictionary.ts';

/**
 * Receives one changed key: the key is `bytes[0 … keyEnd)`, its new value `bytes[keyEnd … end)`.
 * A deleted key has no value. The bytes are valid during the call only.
 */
export type VisitEntry = (bytes: Uint8Array, keyEnd: number, end: number, deleted: boolean) => void;

export interface StateTable {
  readonly name: string;
  /** Version of the meaning of the stored bytes; a checkpoint of another version is refused. */
  readonly version: number;
  /** Keys held. */
  readonly size: number;
  /** Where rows go that have to make room; undefined: they are forgotten. A table of its own. */
  readonly cold?: ColdRows | undefined;
  /** Calls `visit` for each key changed since the last drain, then forgets that it changed. */
  drain(visit: VisitEntry): void;
  /** Puts back one stored entry. Only on a new table, before any other use; then `restored` once. */
  restore(key: Uint8Array, value: Uint8Array): void;
  /** All entries are back: orders them as they were. */
  restored(): void;
}

/**
 * Rows of a table that have left memory. They are in the store, and not restored: before a chunk is pushed, those that it may ask
 * for are read.
 */
export interface ColdRows extends StateTable {
  /** String column whose values are the keys that a batch may ask for. */
  readonly column: string;
  /** The store has none: nothing needs to be read. */
  readonly isEmpty: boolean;
  /** The store has some, or will have with what is drained next. */
  readonly hasRows: boolean;
  /** The store may have some, of an earlier run. */
  found(): void;
  /**
   * Of the keys of the next chunks those that must be read: each is `recalled` before these are pushed, and forgotten behind them.
   *
   * @param codes of the keys, any number of times; −1 is none
   */
  wanted(codes: Iterable<number>): string[];
  /** @param value as the store has it; undefined: it has none */
  recalled(key: string, value: Uint8Array | undefined): void;
  /** All that was drained until now is in the store for good. */
  settled(): void;
}

/**
 * Rows of `width` numbers, one per key or per pair of keys (codes of the partition's dictionary).
 *
 * A new row is all zeros. A row not touched for `ttlMs` of event time reads as new. Beyond `keysMax` the least recently
 * touched goes: for ever, or with `recalledBy` until it is touched again.
 */
export interface NumberTable extends StateTable {
  readonly width: number;
  /** Row-major; fetch it again after every `at`: it may have grown. */
  readonly values: Float64Array;
  /**
   * Position in `values` of the first number of the key's row; marks it as touched and changed.
   *
   * @param time event time, ms
   */
  at(key: number, time: number): number;
  /** The same for a pair of codes. */
  atPair(left: number, right: number, time: number): number;
  /** Position of the row, −1 when there is none or it has expired at `time`. Touches nothing. */
  peek(key: number, time: number): number;
  peekPair(left: number, right: number, time: number): number;
  /** Forgets the row of a single key, if there is one. */
  delete(key: number): void;
}

/** A fixed-length vector of numbers (model weights), checkpointed by pages. */
export interface VectorTable extends StateTable {
  readonly values: Float64Array;
  /** Marks the page that holds `index` as changed. */
  touch(index: number): void;
}

/** Any plain-data state (numbers, strings, booleans, typed arrays, plain objects and arrays of these) per text key. */
export interface ObjectTable<State> extends StateTable {
  get(key: string): State | undefined;
  /** Stores or replaces; a state that was changed in place is set again. */
  set(key: string, state: State): void;
  delete(key: string): void;
  entries(): IterableIterator<[string, State]>;
}

export interface NumberTableOptions {
  readonly width: number;
  /** Most keys held at once. */
  readonly keysMax?: number;
  /**
   * String column whose values are the keys, all of them single: then a row that has to make room is not forgotten, but leaves
   * memory, and is as it was when its key is touched again.
   */
  readonly recalledBy?: string;
  /** Event time after which an untouched row is forgotten, ms. */
  readonly ttlMs?: number;
  /** Version of the meaning of the numbers. */
  readonly version?: number;
}

/** Makes the tables of one pipeline in one partition; each name once. */
export interface StateTables {
  readonly dictionary: Dictionary;
  numbers(name: string, options: NumberTableOptions): NumberTable;
  vector(name: string, length: number, version?: number): VectorTable;
  objects<State>(name: string, version?: number): ObjectTable<State>;
  /** Takes in a table of another kind, under a name of its own; returns it. */
  add<Table extends StateTable>(table: Table): Table;
}
