/** A data-plane pipeline: a pure function from batches to output rows, with its state in tables. */
import type { Observable } from 'rxjs';
import type { Batch, Columns } from './batch.ts';
import type { Rows } from './rows.ts';
import type { StateTables } from './stateTable.ts';
import type { VersionScorer } from './versionScorer.ts';

/** What a worker has beside the log and the store, none of which the results of a sound run depend on. */
export interface PipelineSurroundings {
  /** Runs files of versions; absent: none are to be had. */
  readonly scorer?: VersionScorer;
  /** Told in one sentence what goes wrong and does not stop the partition. */
  readonly onProblem?: (problem: string) => void;
}

export interface PipelineContext extends PipelineSurroundings {
  readonly partition: number;
  /** Of the log. */
  readonly partitions: number;
  readonly tables: StateTables;
  /** Registers what a state table publishes at each epoch's cut. */
  publish(publication: Publication): void;
  /** Adds to the duplicates that the epoch's statistics report. */
  countDuplicates(count: number): void;
}

/** Rows with absolute values, upserted by their key; version = last contributing offset. */
export interface Publication {
  /** Rows of the keys changed since the last call, undefined when there are none. */
  changed(): Rows | undefined;
  /** Called behind `changed`: the place to drop what the watermark has closed. */
  settle?(): void;
}

export interface Pipeline {
  /** Lower-case words and hyphens; names the state and the outputs. */
  readonly name: string;
  /** Raise it when stored state means something else; the state of another version is refused at start. */
  readonly version: number;
  readonly summary: string;
  readonly columns: Columns;
  /**
   * Wires the pipeline. `events` is hot: nothing comes before the result is subscribed to, so `share()` is enough to divide
   * a stream.
   */
  build(events: Observable<Batch>, context: PipelineContext): Observable<Rows>;
}
