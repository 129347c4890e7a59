/** Where the latest examples of a selection stand, without what is in them: so that all else can be read into its place. */
import { ByteReader } from '../../contracts/byteReader.ts';
import type { Store } from '../../contracts/store.ts';
import type { ExampleQuery } from './exampleQuery.ts';

export interface ExamplePlaces {
  readonly rows: number;
  /** The oldest first; of one time by partition and offset. */
  readonly times: Float64Array;
  readonly partitions: Uint16Array;
  readonly offsets: Float64Array;
  readonly users: Int32Array;
  readonly excludedUsers: number;
}

/** Rows of one statement, some 40 bytes each. */
const pageRows = 400_000;

/**
 * @param rowsMax  the latest are taken where there are more
 * @param excluded users whose examples are passed over
 * @throws EngineError SINK_UNAVAILABLE
 */
export async function readPlaces(
  store: Store,
  { condition, parameters }: ExampleQuery,
  rowsMax: number,
  excluded: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<ExamplePlaces> {
  const found = new Places();
  const codes = new Map<string, number>();
  const leftOut = new Set<string>();
  let last: { time: number; partition: number; offset: number } | undefined;
  for (;;) {
    signal?.throwIfAborted();
    const most = Math.min(pageRows, rowsMax);
    const behind =
      last === undefined
        ? ''
        : "AND (time, partition, offset) < (fromUnixTimestamp64Milli({t:Int64}, 'UTC'), {p:UInt16}, {o:UInt64})";
    const bytes = await store.readBinary(
      `SELECT toUnixTimestamp64Milli(time) AS at, partition, offset, user FROM examples FINAL
  WHERE ${condition} ${behind}
  ORDER BY time DESC, partition DESC, offset DESC LIMIT ${most}`,
      {
        ...parameters,
        ...(last === undefined ? {} : { t: last.time, p: last.partition, o: last.offset }),
      },
    );
    const reader = new ByteReader(bytes);
    let read = 0;
    for (; !reader.isAtEnd && found.rows < rowsMax; read += 1) {
      const [time, partition, offset] = [reader.int64(), reader.uint16(), reader.int64()];
      last = { time, partition, offset };
      const user = textOf(reader);
      if (excluded.has(user)) {
        leftOut.add(user);
        continue;
      }
      let code = codes.get(user);
      if (code === undefined) {
        code = codes.size;
        codes.set(user, code);
      }
      found.add(time, partition, offset, code);
    }
    if (read < most || found.rows === rowsMax) break;
  }
  return { ...found.oldestFirst(), excludedUsers: leftOut.size };
}

/** Faster than TextDecoder for short texts. */
function textOf(reader: ByteReader): string {
  const { buffer, byteOffset, length } = reader.string();
  return Buffer.from(buffer, byteOffset, length).toString('utf8');
}

/** Columns that grow. */
class Places {
  rows = 0;
  #times = new Float64Array(1_024);
  #offsets = new Float64Array(1_024);
  #partitions = new Uint16Array(1_024);
  #users = new Int32Array(1_024);

  add(time: number, partition: number, offset: number, user: number): void {
    if (this.rows === this.#times.length) this.#grow();
    this.#times[this.rows] = time;
    this.#partitions[this.rows] = partition;
    this.#offsets[this.rows] = offset;
    this.#users[this.rows] = user;
    this.rows += 1;
  }

  oldestFirst() {
    const { rows } = this;
    return {
      rows,
      times: this.#times.slice(0, rows).reverse(),
      partitions: this.#partitions.slice(0, rows).reverse(),
      offsets: this.#offsets.slice(0, rows).reverse(),
      users: renumbered(this.#users.slice(0, rows).reverse()),
    };
  }

  #grow(): void {
    const size = 2 * this.#times.length;
    const grown = <Column extends Float64Array | Uint16Array | Int32Array>(
      column: Column,
      larger: Column,
    ): Column => {
      larger.set(column);
      return larger;
    };
    this.#times = grown(this.#times, new Float64Array(size));
    this.#offsets = grown(this.#offsets, new Float64Array(size));
    this.#partitions = grown(this.#partitions, new Uint16Array(size));
    this.#users = grown(this.#users, new Int32Array(size));
  }
}

/** In place: from 0 on, in the order in which they first appear. */
export function renumbered(codes: Int32Array): Int32Array {
  const names = new Map<number, number>();
  for (let i = 0; i < codes.length; i += 1) {
    let name = names.get(codes[i]!);
    if (name === undefined) {
      name = names.size;
      names.set(codes[i]!, name);
    }
    codes[i] = name;
  }
  return codes;
}
