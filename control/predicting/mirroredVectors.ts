/**
 * The vectors of a learner as the data plane has stored them, by partition: read once, then page by page as they change.
 */
import { ByteReader } from '../../contracts/byteReader.ts';
import type { VectorTable } from '../../contracts/stateTable.ts';
import type { Store } from '../../contracts/store.ts';
import { createVectorTable } from '../../operators/state/vectorTable.ts';
import { NewerRows } from '../preferences/newerRows.ts';

/** Length of each vector, by its name. */
export type VectorLengths = ReadonlyMap<string, number>;

export class MirroredVectors {
  readonly #store: Store;
  readonly #pipeline: string;
  readonly #lengths: VectorLengths;
  readonly #newer = new NewerRows();
  readonly #partitions = new Map<number, Map<string, VectorTable>>();

  constructor(store: Store, pipeline: string, lengths: VectorLengths) {
    this.#store = store;
    this.#pipeline = pipeline;
    this.#lengths = lengths;
  }

  /** Of a partition from which nothing was read: zeros. */
  get(partition: number, name: string): VectorTable {
    let vectors = this.#partitions.get(partition);
    if (vectors === undefined) {
      vectors = new Map(
        [...this.#lengths].map(([each, length]) => [each, createVectorTable(each, length)]),
      );
      this.#partitions.set(partition, vectors);
    }
    const vector = vectors.get(name);
    if (vector === undefined) throw new RangeError(`name: expected a vector, got ${name}`);
    return vector;
  }

  /** Reads the pages that have changed. @throws EngineError SINK_UNAVAILABLE */
  async look(): Promise<void> {
    const { sql, parameters } = this.#newer.where();
    const bytes = await this.#store.readBinary(
      `SELECT partition, table, version, key, value FROM state
       WHERE pipeline = {pipeline:String} AND table IN {tables:Array(String)} AND deleted = 0 AND (${sql})
       ORDER BY version`,
      { pipeline: this.#pipeline, tables: [...this.#lengths.keys()], ...parameters },
    );
    const reader = new ByteReader(bytes);
    while (!reader.isAtEnd) {
      const partition = reader.uint16();
      const table = reader.text();
      this.#newer.see(partition, reader.int64());
      const key = reader.string();
      this.get(partition, table).restore(key, reader.string());
    }
  }
}
