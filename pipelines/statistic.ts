/**
 * A statistic of a pipeline: accumulated by key and window, kept in the table `statistics`.
 *
 * ```ts
 * events.pipe(statistic(context, 'topics', meanVariance, { name: 'rating', by: ['context.topic'], windowMs: 300_000 }))
 * ```
 */
import { ignoreElements, type OperatorFunction, tap } from 'rxjs';
import type { Batch } from '../contracts/batch.ts';
import { ByteWriter } from '../contracts/byteWriter.ts';
import { canonicalJson } from '../contracts/canonicalJson.ts';
import type { PipelineContext } from '../contracts/pipeline.ts';
import type { Rows } from '../contracts/rows.ts';
import type { Statistic } from '../contracts/statistic.ts';
import {
  type Accumulated,
  type AccumulateOptions,
  accumulate,
  createAccumulationTable,
  planOf,
} from '../operators/accumulate.ts';
import { keySeparator } from '../operators/keyReader.ts';
import { writeTime } from '../operators/rowFields.ts';
import { writePlain } from '../operators/state/plainData.ts';
import { overflowSegment, type PublishedWindow } from '../operators/state/windowTable.ts';
import { DueWindows } from './dueWindows.ts';
import { writeMembers } from './memberColumns.ts';

export interface StatisticOptions extends AccumulateOptions {
  /** Under which it is read; lower-case words and underscores. */
  readonly name: string;
  /** Most keys of one window in one partition; further ones count together as `(others)`. By default 2,000. */
  readonly keysMax?: number;
  /**
   * Length of the periods, by the log's clock, in which a key and window are written twice at most, ms: for large states. Once
   * behind their first rows, and once when it is over, which is when a record of another period is received. By default 0: what
   * has changed is written with each epoch.
   */
  readonly everyMs?: number;
}

/** Emits nothing: states and figures are published at each cut. @throws RangeError as `planOf` */
export function statistic(
  context: PipelineContext,
  pipeline: string,
  of: Statistic,
  options: StatisticOptions,
): OperatorFunction<Batch, never> {
  const table = createAccumulationTable(context.tables, `statistic-${options.name}`, of, options);
  const { everyMs = 0 } = options;
  const encodeRow = rowEncoder(context.partition, pipeline, of, options);
  const encode = (writer: ByteWriter, window: PublishedWindow<Accumulated>) => {
    encodeRow(writer, window);
    writeMembers(writer, window);
  };
  const scratch = new ByteWriter();
  const due = new DueWindows(table, everyMs, (window): WriteRow => {
    if (everyMs === 0) return (writer) => encode(writer, window);
    // Its state goes on changing before it is written.
    encode(scratch, window);
    const row = scratch.take();
    return (writer) => writer.raw(row, 0, row.length);
  });
  const rowsOf = (rows: readonly WriteRow[]): Rows | undefined =>
    rows.length === 0
      ? undefined
      : {
          table: 'statistics',
          length: rows.length,
          encode: (writer) => {
            for (const write of rows) write(writer);
          },
        };
  context.publish({
    changed: () => rowsOf(due.take()),
    settle: () => table.settle(),
  });
  // With each epoch: which rows a window gets need not be followed.
  if (everyMs === 0) {
    return (batches) => batches.pipe(accumulate(of, table, options), ignoreElements());
  }
  return (batches) =>
    batches.pipe(
      tap((batch) => due.advance(batch.receivedAt)),
      accumulate(of, table, options, (window, before) => due.touched(window, before)),
      tap(() => due.folded()),
      ignoreElements(),
    );
}

type WriteRow = (writer: ByteWriter) => void;

function rowEncoder(
  partition: number,
  pipeline: string,
  of: Statistic,
  options: StatisticOptions,
): (writer: ByteWriter, window: PublishedWindow<Accumulated>) => void {
  const { by, parameters, windowMs } = planOf(of, options);
  const fold = of.begin(parameters);
  const parametersText = canonicalJson(parameters);
  const scratch = new ByteWriter();
  return (writer, { segment, start, lastOffset, state: held }) => {
    writer.text(pipeline);
    writer.text(options.name);
    writer.text(of.name);
    writer.uint16(of.version);
    writer.text(parametersText);
    writer.int64(windowMs === Number.POSITIVE_INFINITY ? 0 : windowMs);
    writeTime(writer, start);
    const key = keyOf(segment, by.length);
    writer.varint(key.length);
    for (const part of key) writer.text(part);
    writer.uint16(partition);
    writer.int64(lastOffset);
    writeTime(writer, held.receivedAt);
    writer.int64(held.taken);
    writer.int64(held.refused);
    scratch.clear();
    writePlain(scratch, held.state);
    writer.string(scratch.bytes, 0, scratch.length);
    const figures = of.costly ? [] : Object.entries(fold.read(held.state));
    writer.varint(figures.length);
    for (const [name, value] of figures) {
      writer.text(name);
      writer.float64(value);
    }
  };
}

/** The values of the keys; those that came when there were too many are one, `(others)`. */
function keyOf(segment: string, keys: number): string[] {
  if (keys === 0) return [];
  return segment === overflowSegment ? [overflowSegment] : segment.split(keySeparator);
}
