/**
 * What is added up cell by cell: values under a key, of which the changed ones are published.
 *
 * A cell's row has the absolute value in this partition and the offset that changed it last; readers add up partitions.
 */

import type { ByteWriter } from '../contracts/byteWriter.ts';
import type { PipelineContext } from '../contracts/pipeline.ts';
import type { ObjectTable } from '../contracts/stateTable.ts';

interface Held<Value> {
  value: Value;
  /** Of the row that changed it last. */
  offset: number;
}

export interface CellOptions<Value> {
  /** Of the state, and of the table in ClickHouse that is written. */
  readonly name: string;
  readonly table: string;
  initial(key: readonly string[]): Value;
  /** Writes what follows the parts of the key, partition and version in a row. */
  encode(writer: ByteWriter, value: Value): void;
  /** Writes the parts of the key, as the table has them. */
  encodeKey(writer: ByteWriter, key: readonly string[]): void;
}

export class Cells<Value> {
  readonly #table: ObjectTable<Held<Value>>;
  readonly #changed = new Set<string>();
  readonly #options: CellOptions<Value>;
  readonly #partition: number;
  readonly #pipeline: string;

  constructor(context: PipelineContext, pipeline: string, options: CellOptions<Value>) {
    this.#table = context.tables.objects<Held<Value>>(options.name);
    this.#options = options;
    this.#partition = context.partition;
    this.#pipeline = pipeline;
    context.publish({ changed: () => this.#takeChanged() });
  }

  /** The cell's value, to be changed in place. @param parts none with U+0000 */
  at(parts: readonly string[], offset: number): Value {
    const key = parts.join('\0');
    const held = this.#table.get(key) ?? { value: this.#options.initial(parts), offset };
    held.offset = offset;
    this.#table.set(key, held);
    this.#changed.add(key);
    return held.value;
  }

  /** All cells with the parts of their keys, in the order of the keys. */
  *entries(): Generator<readonly [readonly string[], Value]> {
    for (const [key, { value }] of this.#table.entries()) yield [key.split('\0'), value];
  }

  #takeChanged() {
    if (this.#changed.size === 0) return undefined;
    const keys = [...this.#changed];
    this.#changed.clear();
    const { table, encode, encodeKey } = this.#options;
    return {
      table,
      length: keys.length,
      urgent: true,
      encode: (writer: ByteWriter) => {
        for (const key of keys) {
          const { value, offset } = this.#table.get(key)!;
          writer.text(this.#pipeline);
          encodeKey(writer, key.split('\0'));
          writer.uint16(this.#partition);
          writer.int64(offset);
          encode(writer, value);
        }
      },
    };
  }
}
