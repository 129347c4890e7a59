/** A data-plane pipeline: a pure function from batches to output rows, with its state in tables. */
import type { Observable } from 'rxjs';
import type { Batch, Columns } from './batch.ts';
import type { Rows } from './rows.ts';
import type { StateTables } from './stateTable.ts';

export interface PipelineContext {
  readonly partition: number;
  readonly tables: StateTables;
  /**
   * Registers what a state table publishes at each epoch's cut: rows with absolute values, upserted by their key.
   *
   * @param changed rows of the keys changed since the last cut, undefined when there are none
   * @param all     rows of every key held, to write again after a recovery
   * @param settle  called after the cut was taken: the place to drop what the watermark has closed
   */
  publish(publication: Publication): void;
}

export interface Publication {
  changed(endOffset: number): Rows | undefined;
  all(endOffset: number): Rows | undefined;
  settle?(): void;
}

export interface Pipeline {
  /** Lower-case words and hyphens; names the state and the outputs. */
  readonly name: string;
  /** Raise it when stored state means something else; the state of another version is refused at start. */
  readonly version: number;
  readonly summary: string;
  readonly columns: Columns;
  build(events: Observable<Batch>, context: PipelineContext): Observable<Rows>;
}
