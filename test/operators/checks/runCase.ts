/** Runs an operator over rows as an epoch-cutting worker does: batches, checkpoints, restarts. */
import { Observable, type OperatorFunction, Subject } from 'rxjs';
import type { Batch, Columns } from '../../../contracts/batch.ts';
import { InternDictionary } from '../../../operators/state/internDictionary.ts';
import { createStateTables, type TableRegistry } from '../../../operators/state/stateTables.ts';
import { batchOf, type PlainRow } from '../../support/batches.ts';
import { drainInto, restoreFrom, type Store } from '../state/store.ts';

export interface BuiltCase {
  readonly operator: OperatorFunction<Batch, unknown>;
  /** What the operator says about single rows, in their order; called for each output at once. */
  results(output: never): readonly unknown[];
  /** At each checkpoint: upserts what the tables publish. */
  publish?(published: Map<string, unknown>): void;
  /** What the state reads in the end. */
  final?(): unknown;
}

export interface OperatorCase {
  readonly name: string;
  readonly columns?: Partial<Columns>;
  build(tables: TableRegistry): BuiltCase;
}

export interface Plan {
  /** Row numbers at which batches end. */
  readonly cuts: readonly number[];
  /** Behind these batches state is stored; with `restart` it also moves to new tables and a new subscription. */
  readonly epochs: readonly number[];
  readonly restart: boolean;
}

export interface Outcome {
  readonly results: readonly unknown[];
  readonly published: readonly [string, unknown][];
  readonly final: unknown;
}

export function runCase(
  { build, columns }: OperatorCase,
  rows: readonly PlainRow[],
  { cuts, epochs, restart }: Plan,
): Outcome {
  const receivedAt = Math.max(0, ...rows.map(({ time }) => time)) - 5;
  const stores = new Map<string, Store>();
  const published = new Map<string, unknown>();
  const results: unknown[] = [];
  let failure: unknown;
  const start = () => {
    const dictionary = new InternDictionary();
    const tables = createStateTables(dictionary);
    const built = build(tables);
    const source = new Subject<Batch>();
    source.pipe(built.operator).subscribe({
      next: (output) => results.push(...built.results(output as never)),
      error: (error) => {
        failure = error;
      },
    });
    // As a worker does: the operators are wired before the state comes back.
    for (const table of tables.all) restoreFrom(stores.get(table.name) ?? new Map(), table);
    return { dictionary, tables, built, source };
  };
  let worker = start();
  const checkpoint = () => {
    worker.built.publish?.(published);
    for (const table of worker.tables.all) {
      const store = stores.get(table.name) ?? new Map();
      stores.set(table.name, store);
      drainInto(store, table);
    }
    worker.dictionary.sweep();
  };
  const bounds = [...cuts.map((cut) => Math.min(cut, rows.length)), rows.length];
  bounds.sort((a, b) => a - b);
  let from = 0;
  bounds.forEach((to, i) => {
    const options = { dictionary: worker.dictionary, firstOffset: from, receivedAt };
    worker.source.next(batchOf(rows.slice(from, to), { ...options, ...(columns && { columns }) }));
    if (failure !== undefined) throw failure;
    from = to;
    if (!epochs.includes(i)) return;
    checkpoint();
    if (restart) worker = start();
  });
  checkpoint();
  const entries = [...published].sort(([a], [b]) => (a < b ? -1 : 1));
  return { results, published: entries, final: worker.built.final?.() };
}

/** Emits without end, until unsubscribed. */
export function endless(batch: Batch): Observable<Batch> {
  return new Observable((subscriber) => {
    while (!subscriber.closed) subscriber.next(batch);
  });
}
