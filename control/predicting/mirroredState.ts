/**
 * What a model has learnt as a whole, as the data plane has stored it, by partition: the vectors of its learner and the combiners of
 * its versions. Read once, then what has changed.
 */
import { ByteReader } from '../../contracts/byteReader.ts';
import type { VectorTable } from '../../contracts/stateTable.ts';
import type { Store } from '../../contracts/store.ts';
import { readPlain } from '../../operators/state/plainData.ts';
import { createVectorTable } from '../../operators/state/vectorTable.ts';
import { NewerRows } from '../preferences/newerRows.ts';

/** Length of each vector, by its name. */
export type VectorLengths = ReadonlyMap<string, number>;

interface Mirror {
  readonly vectors: ReadonlyMap<string, VectorTable>;
  /** Numbers of the combiner of each version. */
  readonly combiners: Map<string, Float64Array>;
}

const decoder = new TextDecoder();

export class MirroredState {
  readonly #store: Store;
  readonly #pipeline: string;
  readonly #lengths: VectorLengths;
  /** Table of the combiners. */
  readonly #combiners: string;
  readonly #newer = new NewerRows();
  readonly #partitions = new Map<number, Mirror>();

  constructor(store: Store, pipeline: string, model: string, lengths: VectorLengths) {
    this.#store = store;
    this.#pipeline = pipeline;
    this.#lengths = lengths;
    this.#combiners = `combiners-${model}`;
  }

  /** Of a partition from which nothing was read: zeros. */
  vector(partition: number, name: string): VectorTable {
    const vector = this.#mirror(partition).vectors.get(name);
    if (vector === undefined) throw new RangeError(`name: expected a vector, got ${name}`);
    return vector;
  }

  /** undefined where the version has predicted nothing yet. */
  combiner(partition: number, version: string): Float64Array | undefined {
    return this.#mirror(partition).combiners.get(version);
  }

  /** Reads what has changed. @throws EngineError SINK_UNAVAILABLE */
  async look(): Promise<void> {
    const { sql, parameters } = this.#newer.where();
    const bytes = await this.#store.readBinary(
      `SELECT partition, table, version, deleted, key, value FROM state
       WHERE pipeline = {pipeline:String} AND table IN {tables:Array(String)} AND (${sql})
       ORDER BY version`,
      {
        pipeline: this.#pipeline,
        tables: [...this.#lengths.keys(), this.#combiners],
        ...parameters,
      },
    );
    const reader = new ByteReader(bytes);
    while (!reader.isAtEnd) this.#take(reader);
  }

  #take(reader: ByteReader): void {
    const partition = reader.uint16();
    const table = reader.text();
    this.#newer.see(partition, reader.int64());
    const isDeleted = reader.uint8() === 1;
    const key = reader.string().slice();
    const value = reader.string();
    const { vectors, combiners } = this.#mirror(partition);
    if (table !== this.#combiners) {
      vectors.get(table)?.restore(key, value);
      return;
    }
    const version = decoder.decode(key);
    if (isDeleted) combiners.delete(version);
    else combiners.set(version, (readPlain(value) as { numbers: Float64Array }).numbers);
  }

  #mirror(partition: number): Mirror {
    const known = this.#partitions.get(partition);
    if (known !== undefined) return known;
    const vectors = new Map(
      [...this.#lengths].map(([name, length]) => [name, createVectorTable(name, length)]),
    );
    const mirror = { vectors, combiners: new Map<string, Float64Array>() };
    this.#partitions.set(partition, mirror);
    return mirror;
  }
}
