/** Batches made from plain rows, with the columns that the decoder would give. */
import type { Batch, Columns, Refusal, TextColumn } from '../../contracts/batch.ts';
import { bytesOf } from '../../contracts/bytes.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import { murmur3 } from '../../contracts/hash.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { isName } from '../../sources/decode/problem.ts';

/** An event as far as a test cares; what is absent is absent in the columns, but for the id, which is the offset. */
export interface PlainRow {
  readonly time: number;
  readonly id?: string;
  readonly type?: string;
  readonly user?: string;
  readonly item?: string;
  readonly session?: string;
  readonly decision?: string;
  readonly value?: number | boolean;
  readonly context?: Readonly<Record<string, unknown>>;
}

export interface BatchOptions {
  /** A new one when absent. */
  readonly dictionary?: Dictionary;
  readonly partition?: number;
  /** Default 0. */
  readonly firstOffset?: number;
  /** Default: the latest time of the rows. */
  readonly receivedAt?: number;
  /** Columns beyond `type`, `user`, `item`, `time` and `value`, as paths. */
  readonly columns?: Partial<Columns>;
  readonly refusals?: readonly Refusal[];
}

const encoder = new TextEncoder();

export function batchOf(rows: readonly PlainRow[], options: BatchOptions = {}): Batch {
  const { partition = 0, firstOffset = 0, columns = {}, refusals = [] } = options;
  const dictionary = options.dictionary ?? new InternDictionary();
  const strings = new Set(['type', 'user', 'item', ...(columns.strings ?? [])]);
  const numbers = new Set(['time', 'value', ...(columns.numbers ?? [])]);
  const ids = rows.map((row, i) => row.id ?? `e${firstOffset + i}`);
  return {
    partition,
    firstOffset,
    endOffset: firstOffset + rows.length,
    receivedAt: options.receivedAt ?? rows.reduce((latest, { time }) => Math.max(latest, time), 0),
    length: rows.length,
    offsets: Float64Array.from(rows, (_, i) => firstOffset + i),
    dictionary,
    numbers: new Map(
      [...numbers].map((path) => [path, Float64Array.from(rows, (row) => numberAt(row, path))]),
    ),
    codes: new Map(
      [...strings].map((path) => [
        path,
        Int32Array.from(rows, (row) => {
          const text = valueAt(row, path);
          return isName(text) ? dictionary.internText(text) : -1;
        }),
      ]),
    ),
    texts: new Map([
      ['id', textColumn(ids)],
      ['session', textColumn(rows.map((row) => row.session))],
      ['decision', textColumn(rows.map((row) => row.decision))],
    ]),
    idLow: Uint32Array.from(rows, (row, i) => idHash(row.user, ids[i]!, 1)),
    idHigh: Uint32Array.from(rows, (row, i) => idHash(row.user, ids[i]!, 2)),
    raw: textColumn(rows.map((row, i) => JSON.stringify({ id: ids[i], ...row }))),
    refusals,
  };
}

/**
 * The rows as consecutive batches.
 *
 * @param cuts row numbers at which a new batch begins, in any order; repeated cuts make empty batches
 */
export function batchesOf(
  rows: readonly PlainRow[],
  cuts: readonly number[],
  options: BatchOptions = {},
): Batch[] {
  const dictionary = options.dictionary ?? new InternDictionary();
  const bounds = [0, ...cuts.map((cut) => Math.min(cut, rows.length)), rows.length];
  bounds.sort((a, b) => a - b);
  const first = options.firstOffset ?? 0;
  return bounds.slice(1).map((end, i) => {
    const start = bounds[i]!;
    const part = { ...options, dictionary, firstOffset: first + start };
    return batchOf(rows.slice(start, end), part);
  });
}

function valueAt(row: PlainRow, path: string): unknown {
  let value: unknown = row;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, part)?.value;
  }
  return value;
}

function numberAt(row: PlainRow, path: string): number {
  const value = valueAt(row, path);
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'number' ? value : Number.NaN;
}

function textColumn(texts: readonly (string | undefined)[]): TextColumn {
  const parts = texts.map((text) => encoder.encode(text ?? ''));
  const ends = new Int32Array(parts.length);
  const starts = new Int32Array(parts.length);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let end = 0;
  parts.forEach((part, i) => {
    bytes.set(part, end);
    starts[i] = texts[i] === undefined ? -1 : end;
    end += part.length;
    ends[i] = end;
  });
  return { bytes, starts, ends };
}

function idHash(user: string | undefined, id: string, seed: number): number {
  const hash = (text: string, seeded: number) => {
    const bytes = encoder.encode(text);
    return murmur3(bytesOf(bytes), 0, bytes.length, seeded);
  };
  return hash(id, hash(user ?? '', seed));
}
