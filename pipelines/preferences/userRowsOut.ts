/** Rows of users that have changed, on their way to the table `user_preferences`: absolute sums, as they weigh at the last event. */
import { ByteWriter } from '../../contracts/byteWriter.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import type { Rows } from '../../contracts/rows.ts';
import type { NumberTable } from '../../contracts/stateTable.ts';
import { entryAt, headAt, type UserRows } from '../../models/preference/userRow.ts';
import { writeTime } from '../../operators/rowFields.ts';

export interface UserRowsSource {
  readonly layout: UserRows;
  readonly table: NumberTable;
  nameOf(value: number): string;
}

interface Erasure {
  readonly code: number;
  readonly since: number;
  readonly time: number;
  readonly offset: number;
}

export class UserRowsOut {
  /** Offset of the last row that changed a user, by code: until the next cut no code is given away. */
  readonly #changed = new Map<number, number>();
  #erased: Erasure[] = [];
  readonly #source: UserRowsSource;
  readonly #dictionary: Dictionary;
  readonly #pipeline: string;
  readonly #preference: string;
  readonly #partition: number;

  constructor(
    context: PipelineContext,
    pipeline: string,
    preference: string,
    source: UserRowsSource,
  ) {
    this.#source = source;
    this.#dictionary = context.tables.dictionary;
    this.#pipeline = pipeline;
    this.#preference = preference;
    this.#partition = context.partition;
    context.publish({ changed: () => this.#take() });
  }

  changed(code: number, offset: number): void {
    this.#changed.set(code, offset);
  }

  /**
   * What was learnt of the user until here is void: the row that is held gives way to an empty one, and another one says so of
   * those of earlier learning. Before the user is let go.
   */
  erase(code: number, time: number, offset: number): void {
    this.#changed.delete(code);
    const { table } = this.#source;
    const at = table.peek(code, -Infinity);
    const since = at < 0 ? 0 : table.values[at + headAt.own]!;
    if (since > 0) this.#erased.push({ code, since, time, offset });
    this.#erased.push({ code, since: offset + 1, time, offset });
  }

  /**
   * Rows of all changed users, when there are as many of them as the table holds and another one comes: it would push one out
   * whose changes nobody has got. Encoded at once, before it is gone.
   */
  crowded(code: number, usersMax: number): Rows | undefined {
    if (this.#changed.size < usersMax || this.#changed.has(code)) return undefined;
    const rows = this.#take();
    if (rows === undefined) return undefined;
    const encoded = new ByteWriter();
    rows.encode(encoded);
    return { ...rows, encode: (writer) => writer.raw(encoded.bytes, 0, encoded.length) };
  }

  #take(): Rows | undefined {
    const changed = [...this.#changed];
    const erased = this.#erased;
    if (changed.length + erased.length === 0) return undefined;
    this.#changed.clear();
    this.#erased = [];
    return {
      table: 'user_preferences',
      length: changed.length + erased.length,
      urgent: true,
      encode: (writer) => {
        for (const erasure of erased) this.#writeErasure(writer, erasure);
        for (const [code, offset] of changed) this.#write(writer, code, offset);
      },
    };
  }

  #writeKey(writer: ByteWriter, code: number, since: number, offset: number): void {
    writer.text(this.#pipeline);
    writer.varint(this.#dictionary.byteLength(code));
    this.#dictionary.copy(code, writer);
    writer.text(this.#preference);
    writer.uint16(this.#partition);
    writer.int64(since);
    writer.int64(offset);
  }

  #writeErasure(writer: ByteWriter, { code, since, time, offset }: Erasure): void {
    this.#writeKey(writer, code, since, offset);
    writer.uint8(1);
    writeTime(writer, time);
    writer.uint32(0);
    for (let list = 0; list < 5; list += 1) writer.varint(0);
    writer.float64(0);
    writer.float64(0);
  }

  #write(writer: ByteWriter, code: number, offset: number): void {
    const { layout, table, nameOf } = this.#source;
    const at = table.peek(code, -Infinity);
    const rows = table.values;
    const time = rows[at + headAt.time]!;
    const scale = layout.scale(rows, at, time);
    const seenScale = layout.seenScale(rows, at, time);
    this.#writeKey(writer, code, rows[at + headAt.own]!, offset);
    writer.uint8(0);
    writeTime(writer, time);
    writer.uint32(rows[at + headAt.events]!);
    const first = at + headAt.width;
    let count = 0;
    while (count < layout.valuesMax && rows[first + count * entryAt.width] !== 0) count += 1;
    const end = first + count * entryAt.width;
    writer.varint(count);
    for (let entry = first; entry < end; entry += entryAt.width) {
      writer.text(nameOf(rows[entry]! - 1));
    }
    writeColumn(writer, rows, first + entryAt.weight, end, scale);
    writeColumn(writer, rows, first + entryAt.sum, end, scale);
    writer.varint(count);
    for (let entry = first; entry < end; entry += entryAt.width) {
      writeTime(writer, rows[entry + entryAt.time]!);
    }
    writeColumn(writer, rows, first + entryAt.seen, end, seenScale);
    writer.float64(rows[at + headAt.restWeight]! * scale);
    writer.float64(rows[at + headAt.restSum]! * scale);
  }
}

/** One number of each entry, as an Array(Float64). */
function writeColumn(
  writer: ByteWriter,
  rows: Float64Array,
  first: number,
  end: number,
  scale: number,
): void {
  writer.varint(Math.ceil((end - first) / entryAt.width));
  for (let at = first; at < end; at += entryAt.width) writer.float64(rows[at]! * scale);
}
