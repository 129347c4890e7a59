/** What is in the examples, read in pieces, each row into its place. */
import { ByteReader } from '../../contracts/byteReader.ts';
import type { Store } from '../../contracts/store.ts';
import type { ExampleQuery } from './exampleQuery.ts';
import type { ExamplePlaces } from './readPlaces.ts';

export interface ExampleContents {
  /** Row-major, rows × features. */
  readonly values: Float32Array;
  readonly labels: Float64Array;
  /** How many predictions each stands for. */
  readonly weights: Float64Array;
  readonly served: Float64Array;
  readonly online: Float64Array;
  readonly slices: ReadonlyMap<string, string[]>;
  /** See `rowState`. */
  readonly state: Uint8Array;
}

/** What was found in the place of a row: nothing, another number of features than expected, or the example. */
export const rowState = { gone: 0, misshapen: 1, read: 2 } as const;

export interface ReadOptions {
  readonly width: number;
  /** Columns of slices that are wanted. */
  readonly columns: readonly string[];
  /** Rows of one statement, some 200 bytes each; 50,000 by default. */
  readonly pieceRows?: number;
  readonly onProgress?: ((rows: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** @throws EngineError SINK_UNAVAILABLE */
export async function readExamples(
  store: Store,
  { condition, parameters }: ExampleQuery,
  places: ExamplePlaces,
  { width, columns, pieceRows = 50_000, onProgress, signal }: ReadOptions,
): Promise<ExampleContents> {
  const { rows } = places;
  const texts = columns.map(() => new Array<string>(rows).fill(''));
  const contents = {
    values: new Float32Array(rows * width),
    labels: new Float64Array(rows),
    weights: new Float64Array(rows),
    served: new Float64Array(rows),
    online: new Float64Array(rows),
    slices: new Map(columns.map((column, i) => [column, texts[i]!])),
    state: new Uint8Array(rows),
  };
  const known = new Map<string, string>();
  let done = 0;
  for (const piece of piecesOf(places, pieceRows)) {
    signal?.throwIfAborted();
    const { partitions, offsets } = places;
    const bytes = await store.readBinary(
      `SELECT offset, features, label, weight, served, online, arrayMap(c -> slices[c], {columns:Array(String)}) AS texts
  FROM examples FINAL
  WHERE ${condition}
    AND partition = {partition:UInt16} AND offset >= {first:UInt64} AND offset <= {last:UInt64}
  ORDER BY offset`,
      {
        ...{ ...parameters, columns, partition: partitions[piece[0]!] },
        ...{ first: offsets[piece[0]!], last: offsets[piece.at(-1)!] },
      },
    );
    take(bytes, piece);
    done += piece.length;
    onProgress?.(done);
  }
  return contents;

  /** Both are in the order of offsets; rows that are not in the piece belong to none who is learnt from, or are new. */
  function take(bytes: Uint8Array, piece: Int32Array): void {
    const reader = new ByteReader(bytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let next = 0;
    while (!reader.isAtEnd) {
      const offset = reader.int64();
      while (next < piece.length && places.offsets[piece[next]!]! < offset) next += 1;
      const at = next < piece.length && places.offsets[piece[next]!] === offset ? piece[next]! : -1;
      const size = reader.varint();
      if (at >= 0 && size === width) {
        for (let i = 0; i < width; i += 1) {
          const value = view.getFloat32(reader.at + 4 * i, true);
          // One NaN for all, so that equal sets have equal bytes.
          contents.values[at * width + i] = Number.isNaN(value) ? Number.NaN : value;
        }
        contents.state[at] = rowState.read;
      } else if (at >= 0) contents.state[at] = rowState.misshapen;
      reader.at += 4 * size;
      const numbers = [reader.float64(), reader.float64(), reader.float64(), reader.float64()];
      if (at >= 0) {
        contents.labels[at] = numbers[0]!;
        contents.weights[at] = numbers[1]!;
        contents.served[at] = numbers[2]!;
        contents.online[at] = numbers[3]!;
      }
      const length = reader.varint();
      for (let i = 0; i < length; i += 1) {
        const text = interned(reader);
        if (at >= 0) texts[i]![at] = text;
      }
    }
  }

  function interned(reader: ByteReader): string {
    const { buffer, byteOffset, length } = reader.string();
    const text = Buffer.from(buffer, byteOffset, length).toString('utf8');
    const same = known.get(text);
    if (same !== undefined) return same;
    known.set(text, text);
    return text;
  }
}

/** Positions of rows of one partition each, in the order of offsets. */
function* piecesOf(
  { rows, partitions, offsets }: ExamplePlaces,
  pieceRows: number,
): Generator<Int32Array> {
  const counts = new Map<number, number>();
  for (let i = 0; i < rows; i += 1)
    counts.set(partitions[i]!, (counts.get(partitions[i]!) ?? 0) + 1);
  for (const [partition, count] of counts) {
    const own = new Int32Array(count);
    let filled = 0;
    for (let i = 0; i < rows; i += 1) if (partitions[i] === partition) own[filled++] = i;
    own.sort((a, b) => offsets[a]! - offsets[b]!);
    for (let at = 0; at < count; at += pieceRows) yield own.subarray(at, at + pieceRows);
  }
}
