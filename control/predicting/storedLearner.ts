/**
 * A learner outside the stream: it predicts from the rows that the data plane has stored, by the same code that predicts there.
 *
 * Its rows are read for each question; its weights are held and brought up to date. So a prediction is behind the stream by the
 * time between two checkpoints.
 */
import type { Batch } from '../../contracts/batch.ts';
import { ByteReader } from '../../contracts/byteReader.ts';
import type { Dictionary } from '../../contracts/dictionary.ts';
import type { NumberTable, StateTables } from '../../contracts/stateTable.ts';
import type { Store } from '../../contracts/store.ts';
import type { RegisteredLearner, RowLookup } from '../../models/registry.ts';
import { InternDictionary } from '../../operators/state/internDictionary.ts';
import { createNumberTable } from '../../operators/state/numberTable.ts';
import { createVectorTable } from '../../operators/state/vectorTable.ts';
import { MirroredState } from './mirroredState.ts';

/** What is asked of: values of the learner's columns. */
export interface AskedRow {
  readonly user: string;
  /** The id that was asked with, where the log chooses partitions by it; by default the user. */
  readonly asked?: string;
  /** ms since 1970. */
  readonly time: number;
  /** By column, `user` among them; absent is absent. */
  readonly strings: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, number>;
}

export interface LearnerPredictions {
  /** In the order of the rows. */
  readonly probabilities: Float64Array;
  /** Features of a row; 0 of a learner without examples. */
  readonly width: number;
  /** Row-major. */
  readonly examples: Float32Array;
}

export interface StoredLearnerOptions {
  readonly store: Store;
  readonly pipeline: string;
  /** Its name. */
  readonly model: string;
  readonly learner: RegisteredLearner;
  /** Where the log has what a user does, by the id that was asked with. */
  readonly partitionOf: (asked: string) => number;
}

interface StoredRow {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** By partition and table. */
type StoredRows = ReadonlyMap<number, ReadonlyMap<string, readonly StoredRow[]>>;

export class StoredLearner {
  readonly #options: StoredLearnerOptions;
  readonly #mirror: MirroredState;

  constructor(options: StoredLearnerOptions) {
    this.#options = options;
    const { store, pipeline, model, learner } = options;
    this.#mirror = new MirroredState(store, pipeline, model, vectorsOf(learner));
  }

  /** Brings weights and combiners up to date. @throws EngineError SINK_UNAVAILABLE */
  look(): Promise<void> {
    return this.#mirror.look();
  }

  /** What the combiner of a version has learnt where the log has the user; undefined while it has predicted nothing there. */
  combiner(asked: string, version: string): Float64Array | undefined {
    return this.#mirror.combiner(this.#options.partitionOf(asked), version);
  }

  /** @throws EngineError SINK_UNAVAILABLE */
  async predict(rows: readonly AskedRow[]): Promise<LearnerPredictions> {
    const { learner, partitionOf } = this.#options;
    const byPartition = new Map<number, number[]>();
    for (const [row, { user, asked = user }] of rows.entries()) {
      const partition = partitionOf(asked);
      const of = byPartition.get(partition);
      if (of === undefined) byPartition.set(partition, [row]);
      else of.push(row);
    }
    const stored = await this.#read(rows, [...byPartition.keys()]);
    const probabilities = new Float64Array(rows.length);
    let width = 0;
    let examples = new Float32Array(0);
    for (const [partition, places] of byPartition) {
      const dictionary = new InternDictionary();
      const tables = this.#tables(partition, dictionary, stored);
      const model = learner.create(tables);
      tables.fill();
      const batch = batchOf(
        places.map((place) => rows[place]!),
        learner,
        dictionary,
        partition,
      );
      width = model.examples?.names.length ?? 0;
      if (examples.length === 0) examples = new Float32Array(rows.length * width);
      for (const [row, place] of places.entries()) {
        probabilities[place] = model.predict(batch, row);
        model.examples?.write(examples, place * width);
      }
    }
    return { probabilities, width, examples };
  }

  async #read(rows: readonly AskedRow[], partitions: readonly number[]): Promise<StoredRows> {
    const { store, pipeline, learner } = this.#options;
    // The empty key is a table's own.
    const keys = new Set(['']);
    for (const row of rows) {
      for (const lookup of learner.lookups) {
        const key = keyOf(row, lookup);
        if (key !== undefined) keys.add(key);
      }
    }
    const bytes = await store.readBinary(
      `SELECT partition, table, key, value FROM state FINAL
       WHERE pipeline = {pipeline:String} AND partition IN {partitions:Array(UInt16)} AND table IN {tables:Array(String)}
         AND key IN (SELECT base64Decode(arrayJoin({keys:Array(String)})))`,
      {
        pipeline,
        partitions: [...partitions],
        tables: learner.lookups.map(({ table }) => table),
        // Keys of pairs have a NUL.
        keys: [...keys].map((key) => Buffer.from(key).toString('base64')),
      },
    );
    const reader = new ByteReader(bytes);
    const found = new Map<number, Map<string, StoredRow[]>>();
    while (!reader.isAtEnd) {
      const partition = reader.uint16();
      const table = reader.text();
      const row = { key: reader.string().slice(), value: reader.string().slice() };
      const tables = found.get(partition) ?? new Map<string, StoredRow[]>();
      found.set(partition, tables);
      const of = tables.get(table);
      if (of === undefined) tables.set(table, [row]);
      else of.push(row);
    }
    return found;
  }

  /** Tables with the rows that were read; `fill` puts them in when the learner has made them. */
  #tables(
    partition: number,
    dictionary: Dictionary,
    stored: StoredRows,
  ): StateTables & { fill(): void } {
    const made: NumberTable[] = [];
    return {
      dictionary,
      numbers(name, options) {
        const table = createNumberTable(name, dictionary, options);
        made.push(table);
        return table;
      },
      vector: (name) => this.#mirror.vector(partition, name),
      objects: (name) => refuse(name),
      add: ({ name }) => refuse(name),
      fill() {
        for (const table of made) {
          for (const { key, value } of stored.get(partition)?.get(table.name) ?? []) {
            table.restore(key, value);
          }
          table.restored();
        }
      },
    };
  }
}

function refuse(name: string): never {
  throw new RangeError(`table ${name}: expected numbers or a vector`);
}

/** Names and lengths of the vectors that a learner makes. */
function vectorsOf(learner: RegisteredLearner): Map<string, number> {
  const lengths = new Map<string, number>();
  const dictionary = new InternDictionary();
  learner.create({
    dictionary,
    numbers: (name, options) => createNumberTable(name, dictionary, options),
    vector(name, length) {
      lengths.set(name, length);
      return createVectorTable(name, length);
    },
    objects: (name) => refuse(name),
    add: ({ name }) => refuse(name),
  });
  return lengths;
}

/** As `writeKey` has it. */
function keyOf({ strings }: AskedRow, { by }: RowLookup): string | undefined {
  const parts = by.map((column) => strings.get(column));
  return parts.some((part) => part === undefined) ? undefined : parts.join('\0');
}

/** The rows as events of no type. */
function batchOf(
  rows: readonly AskedRow[],
  { columns }: RegisteredLearner,
  dictionary: Dictionary,
  partition: number,
): Batch {
  const { length } = rows;
  const absent = new Int32Array(length).fill(-1);
  const codes = (column: string) =>
    Int32Array.from(rows, ({ strings }) => {
      const text = strings.get(column);
      return text === undefined ? -1 : dictionary.internText(text);
    });
  const numbers = (column: string) =>
    Float64Array.from(rows, (row) =>
      column === 'time' ? row.time : (row.numbers.get(column) ?? NaN),
    );
  return {
    ...{ partition, length, dictionary },
    firstOffset: 0,
    endOffset: length,
    receivedAt: 0,
    offsets: Float64Array.from({ length }, (_, row) => row),
    numbers: new Map(columns.numbers.map((column) => [column, numbers(column)])),
    codes: new Map(columns.strings.map((column) => [column, codes(column)])),
    texts: new Map(),
    idLow: new Uint32Array(length),
    idHigh: new Uint32Array(length),
    raw: { bytes: new Uint8Array(0), starts: absent, ends: absent },
    refusals: [],
  };
}
