/**
 * Events as columns: the unit that flows through every pipeline.
 *
 * Row i of all columns is one accepted event. A batch is read-only for operators; one that drops rows makes a new batch
 * by {@link selectRows}, one that adds knowledge makes a new batch with the column added.
 */
import type { Origin } from './chunk.ts';
import type { Dictionary } from './dictionary.ts';
import type { ErrorCode } from './errors.ts';
import { type ObjectionKind, objectionBit } from './objection.ts';

/** Names of the columns that a pipeline reads, as paths: `user`, `value`, `context.skill`. */
export interface Columns {
  /** Dictionary-encoded; absent is code −1. `type`, `user` and `item` are always there. */
  readonly strings: readonly string[];
  /** Float64; absent or not a number is NaN. `time` and `value` are always there. */
  readonly numbers: readonly string[];
}

/** A string column that is not interned: row i is `bytes[starts[i] … ends[i])`, absent when starts[i] is −1. */
export interface TextColumn {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** One refused event, with what is needed to show and to replay it. */
export interface Refusal {
  readonly offset: number;
  readonly code: ErrorCode;
  /** The sentence for a person: which field, what was expected, what was found. */
  readonly reason: string;
  readonly bytes: Uint8Array;
}

export interface Batch {
  readonly partition: number;
  /** Offset of the first record that this batch covers, accepted or refused. */
  readonly firstOffset: number;
  /** One past the last record that it covers: where reading goes on. */
  readonly endOffset: number;
  /** When the log took the records, ms since 1970: part of the log, hence the same in every replay. */
  readonly receivedAt: number;
  /** Accepted events. */
  readonly length: number;
  /** Offset of each row. */
  readonly offsets: Float64Array;
  readonly dictionary: Dictionary;
  /** `time` in ms since 1970, `value`, and those asked for. */
  readonly numbers: ReadonlyMap<string, Float64Array>;
  /** Codes in `dictionary`. */
  readonly codes: ReadonlyMap<string, Int32Array>;
  /** `id`, `session`, `decision`: free strings, as UTF-8. */
  readonly texts: ReadonlyMap<string, TextColumn>;
  /** 64-bit hash of the id, seeded with the user: low and high halves. */
  readonly idLow: Uint32Array;
  readonly idHigh: Uint32Array;
  /** The events as they came, for the archive: absent never. */
  readonly raw: TextColumn;
  readonly refusals: readonly Refusal[];
  /** By record from `firstOffset` on; absent where the log's records are bytes alone. */
  readonly origins?: readonly Origin[];
  /**
   * Event-time clock before each row, ms: the largest time seen so far, not counting what lies after its reception, less
   * the allowed lateness. Added by the operator `watermark`.
   */
  readonly watermarks?: Float64Array;
  /**
   * To what the user of each row objects, behind that row: see `objectionBit`. Added by `knowObjections`; absent: nobody does.
   */
  readonly objections?: Uint8Array;
}

/** @throws RangeError when the pipeline did not ask for the column */
export function codesOf(batch: Batch, column: string): Int32Array {
  const codes = batch.codes.get(column);
  if (codes === undefined) {
    throw new RangeError(`codes: column ${column} is not among the pipeline's strings`);
  }
  return codes;
}

/** @throws RangeError when the pipeline did not ask for the column */
export function numbersOf(batch: Batch, column: string): Float64Array {
  const numbers = batch.numbers.get(column);
  if (numbers === undefined) {
    throw new RangeError(`numbers: column ${column} is not among the pipeline's numbers`);
  }
  return numbers;
}

/** @throws RangeError when the batch did not pass through the operator `watermark` */
export function watermarksOf(batch: Batch): Float64Array {
  if (batch.watermarks === undefined) {
    throw new RangeError('watermarks: put the operator watermark before this one');
  }
  return batch.watermarks;
}

/** Whether the user of a row objects to something: also in the row that says so. */
export function doesObject({ objections }: Batch, row: number, to: ObjectionKind): boolean {
  return objections !== undefined && (objections[row]! & objectionBit[to]) !== 0;
}

function pick<Column extends Float64Array | Int32Array | Uint32Array | Uint8Array>(
  column: Column,
  rows: Int32Array,
  count: number,
): Column {
  const picked = new (column.constructor as new (length: number) => Column)(count);
  for (let i = 0; i < count; i += 1) picked[i] = column[rows[i]!]!;
  return picked;
}

function pickText(column: TextColumn, rows: Int32Array, count: number): TextColumn {
  return {
    bytes: column.bytes,
    starts: pick(column.starts, rows, count),
    ends: pick(column.ends, rows, count),
  };
}

/** The columns that operators have added. */
function pickKnowledge(
  { watermarks, objections }: Batch,
  rows: Int32Array,
  count: number,
): Pick<Batch, 'watermarks' | 'objections'> {
  return {
    ...(watermarks === undefined ? {} : { watermarks: pick(watermarks, rows, count) }),
    ...(objections === undefined ? {} : { objections: pick(objections, rows, count) }),
  };
}

function pickAll<Column>(
  columns: ReadonlyMap<string, Column>,
  pickOne: (column: Column) => Column,
): Map<string, Column> {
  const picked = new Map<string, Column>();
  for (const [name, column] of columns) picked.set(name, pickOne(column));
  return picked;
}

/**
 * The batch that has only `rows[0 … count)`, in that order; refusals and covered offsets stay.
 *
 * @param rows row numbers of `batch`, ascending; or more of them than it has rows, some of them again, in any order
 */
export function selectRows(batch: Batch, rows: Int32Array, count: number): Batch {
  if (count === batch.length) return batch;
  return {
    ...batch,
    length: count,
    offsets: pick(batch.offsets, rows, count),
    numbers: pickAll(batch.numbers, (column) => pick(column, rows, count)),
    codes: pickAll(batch.codes, (column) => pick(column, rows, count)),
    texts: pickAll(batch.texts, (column) => pickText(column, rows, count)),
    idLow: pick(batch.idLow, rows, count),
    idHigh: pick(batch.idHigh, rows, count),
    raw: pickText(batch.raw, rows, count),
    ...pickKnowledge(batch, rows, count),
  };
}

/**
 * As {@link selectRows}, with some of the columns only: for what computes and neither archives nor refuses. Texts and raw events are
 * those of no row.
 *
 * @param columns to keep, beside offsets and watermarks
 */
export function pickColumns(
  batch: Batch,
  rows: Int32Array,
  count: number,
  { strings, numbers }: Columns,
): Batch {
  const none: TextColumn = { ...batch.raw, starts: new Int32Array(0), ends: new Int32Array(0) };
  return {
    ...batch,
    length: count,
    offsets: pick(batch.offsets, rows, count),
    numbers: new Map(numbers.map((name) => [name, pick(numbersOf(batch, name), rows, count)])),
    codes: new Map(strings.map((name) => [name, pick(codesOf(batch, name), rows, count)])),
    texts: new Map(),
    idLow: new Uint32Array(0),
    idHigh: new Uint32Array(0),
    raw: none,
    ...pickKnowledge(batch, rows, count),
  };
}
