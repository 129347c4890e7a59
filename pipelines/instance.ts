/**
 * One pipeline in one partition: decoder, state tables, the wired operators, and what they put out.
 *
 * Everything here is synchronous: after `push` returns, all consequences of the chunk stand in tables and outputs, so a
 * consistent cut lies between any two pushes.
 */
import { Subject, type Subscription } from 'rxjs';
import { type Batch, codesOf } from '../contracts/batch.ts';
import { ByteWriter } from '../contracts/byteWriter.ts';
import type { Chunk } from '../contracts/chunk.ts';
import type { Pipeline, PipelineSurroundings, Publication } from '../contracts/pipeline.ts';
import type { ColdRows } from '../contracts/stateTable.ts';
import { InternDictionary } from '../operators/state/internDictionary.ts';
import { createStateTables } from '../operators/state/stateTables.ts';
import { createDecoder } from '../sources/decode/shapeDecoder.ts';
import { encodeCheckpoint } from './checkpoint.ts';
import type { Marker } from './marker.ts';
import { type EncodedRows, Outputs } from './outputs.ts';
import { setAsidePoison } from './poison.ts';

/** What has come since the last cut, as plain bytes, so that the pipeline goes on while they are written. */
export interface Epoch {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly outputs: readonly EncodedRows[];
  /** Dirty keys and marker; undefined when the cut took outputs only. */
  readonly state: Uint8Array | undefined;
  readonly events: number;
  readonly refused: number;
  readonly late: number;
  readonly duplicates: number;
  /** Time spent in `push` and in the cut, ms. */
  readonly processMs: number;
  /** When the log took the oldest record, ms since 1970; NaN in an epoch without records. */
  readonly receivedAt: number;
  readonly tables: readonly { name: string; keys: number }[];
}

/** Keys of which the store has to be asked. */
export interface Wanted {
  readonly rows: ColdRows;
  readonly keys: readonly string[];
}

/**
 * A table that got fewer rows than this share of the epoch's events waits for the checkpoint: an insert costs as much as
 * some thousand rows, whatever is in it.
 */
const smallShare = 0.02;

export class Instance {
  readonly pipeline: Pipeline;
  readonly partition: number;
  readonly #partitions: number;
  readonly #dictionary = new InternDictionary();
  readonly #tables = createStateTables(this.#dictionary);
  readonly #decoder;
  /** Owned by this instance alone: the point where chunks become an Observable. */
  readonly #source = new Subject<Batch>();
  readonly #subscription: Subscription;
  readonly #publications: Publication[] = [];
  readonly #outputs = new Outputs();
  readonly #stateWriter = new ByteWriter(1 << 16);
  readonly #poison: ReadonlyMap<number, string>;
  /** Of the tables whose rows leave memory and come back. */
  readonly #cold: readonly ColdRows[];
  /** Decoded before they are pushed, to know what they may ask for. */
  #ahead = new Map<Chunk, Batch>();
  #failure: unknown;
  #start = 0;
  #position = 0;
  #aside = { refused: 0, late: 0 };
  #events = 0;
  #duplicates = 0;
  #processMs = 0;
  #receivedAt = Number.NaN;
  /** Of the last record. */
  #lastReceivedAt: number | undefined;

  /** @param poison offsets of the records that break this pipeline, with the reason: they are refused */
  constructor(
    pipeline: Pipeline,
    partition: number,
    partitions: number,
    poison: ReadonlyMap<number, string> = new Map(),
    surroundings: PipelineSurroundings = {},
  ) {
    this.#poison = poison;
    this.pipeline = pipeline;
    this.partition = partition;
    this.#partitions = partitions;
    this.#decoder = createDecoder(pipeline.columns, this.#dictionary);
    const rows = pipeline.build(this.#source, {
      ...surroundings,
      partition,
      partitions,
      tables: this.#tables,
      publish: (publication) => this.#publications.push(publication),
      countDuplicates: (count) => {
        this.#duplicates += count;
      },
    });
    this.#cold = this.tables.flatMap(({ cold }) => cold ?? []);
    this.#subscription = rows.subscribe({
      next: (output) => this.#outputs.add(output),
      error: (error: unknown) => {
        this.#failure = error ?? new Error('the pipeline failed');
      },
    });
  }

  get tables() {
    return this.#tables.all;
  }

  /** Where reading goes on. */
  get position(): number {
    return this.#position;
  }

  /** Events since the last cut. */
  get events(): number {
    return this.#events;
  }

  /** Records since the last cut, accepted or refused. */
  get records(): number {
    return this.#position - this.#start;
  }

  get outputBytes(): number {
    return this.#outputs.bytes;
  }

  /** Reading goes on at this offset, behind a record that was received then; before the first push. */
  resume(offset: number, receivedAt?: number): void {
    this.#start = offset;
    this.#position = offset;
    this.#lastReceivedAt = receivedAt;
  }

  /**
   * The keys whose rows have left memory and that the next chunks may ask for. What the store has of them is `recalled`; then
   * these chunks are pushed, and nothing else is pushed or cut in between.
   */
  wanted(chunks: readonly Chunk[]): readonly Wanted[] {
    if (this.#cold.every(({ isEmpty }) => isEmpty)) return [];
    const batches = chunks.map((chunk) => this.#ahead.get(chunk) ?? this.#decode(chunk));
    this.#ahead = new Map(chunks.map((chunk, i) => [chunk, batches[i]!]));
    return this.#cold
      .map((rows) => {
        const codes = batches.flatMap((batch) => [...codesOf(batch, rows.column)]);
        return { rows, keys: rows.wanted(codes) };
      })
      .filter(({ keys }) => keys.length > 0);
  }

  /** The last checkpoint that was cut is in the store for good. */
  settled(): void {
    for (const cold of this.#cold) cold.settled();
  }

  #decode(chunk: Chunk): Batch {
    const decoded = this.#decoder.decode(chunk);
    return this.#poison.size === 0 ? decoded : setAsidePoison(decoded, this.#poison);
  }

  /** @throws whatever the pipeline's code throws; the instance is of no use afterwards */
  push(chunk: Chunk): void {
    const started = performance.now();
    const batch = this.#ahead.get(chunk) ?? this.#decode(chunk);
    this.#ahead.delete(chunk);
    if (Number.isNaN(this.#receivedAt)) this.#receivedAt = chunk.receivedAt;
    this.#lastReceivedAt = chunk.receivedAt;
    this.#source.next(batch);
    if (this.#failure !== undefined) throw this.#failure;
    this.#position = chunk.firstOffset + chunk.length;
    this.#events += batch.length;
    this.#processMs += performance.now() - started;
  }

  /**
   * Takes what must be written so that everything pushed so far can be read.
   *
   * @param checkpoint take the state as well, so that everything pushed so far is committed
   */
  cut(checkpoint: boolean): Epoch {
    const started = performance.now();
    const endOffset = this.#position;
    for (const publication of this.#publications) {
      const rows = publication.changed();
      if (rows !== undefined) this.#outputs.add(rows);
      publication.settle?.();
    }
    const { refused, late } = this.#asideSinceCut();
    const state = checkpoint ? this.#checkpoint(endOffset) : undefined;
    const epoch: Epoch = {
      startOffset: this.#start,
      endOffset,
      outputs: this.#outputs.take(checkpoint ? 0 : this.#events * smallShare),
      state,
      events: this.#events,
      refused,
      late,
      duplicates: this.#duplicates,
      processMs: this.#processMs + performance.now() - started,
      receivedAt: this.#receivedAt,
      tables: this.tables.map((table) => ({ name: table.name, keys: table.size })),
    };
    this.#start = endOffset;
    this.#events = 0;
    this.#duplicates = 0;
    this.#processMs = 0;
    this.#receivedAt = Number.NaN;
    return epoch;
  }

  /** Refused and late rows since the last cut; those that wait were counted then. */
  #asideSinceCut(): { refused: number; late: number } {
    const refused = this.#outputs.added('dead_letters') - this.#aside.refused;
    const late = this.#outputs.added('late_events') - this.#aside.late;
    this.#aside = { refused: this.#aside.refused + refused, late: this.#aside.late + late };
    return { refused, late };
  }

  #checkpoint(endOffset: number): Uint8Array {
    const marker: Marker = {
      endOffset,
      ...(this.#lastReceivedAt === undefined ? {} : { receivedAt: this.#lastReceivedAt }),
      pipeline: this.pipeline.name,
      version: this.pipeline.version,
      partitions: this.#partitions,
      tables: Object.fromEntries(this.tables.map((table) => [table.name, table.version])),
      cold: this.#cold.filter(({ hasRows }) => hasRows).map(({ name }) => name),
    };
    const state = encodeCheckpoint(this.tables, marker, this.partition, this.#stateWriter);
    this.#dictionary.sweep();
    return state;
  }

  close(): void {
    this.#subscription.unsubscribe();
  }
}
