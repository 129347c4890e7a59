/**
 * A metric: the values of one column, summarized by window and segment, kept in the table `metrics`.
 *
 * ```ts
 * events.pipe(where('type', 'rated'), metric(context, 'learning', { name: 'rating', segment: 'context.course' }))
 * ```
 */
import { ignoreElements, type OperatorFunction } from 'rxjs';
import type { Batch } from '../contracts/batch.ts';
import type { ByteWriter } from '../contracts/byteWriter.ts';
import type { PipelineContext } from '../contracts/pipeline.ts';
import type { Rows } from '../contracts/rows.ts';
import { writeTime } from '../operators/rowFields.ts';
import {
  createWindowTable,
  type PublishedWindow,
  type WindowTable,
} from '../operators/state/windowTable.ts';
import { tumblingWindow } from '../operators/tumblingWindow.ts';
import { type SummaryState, summary } from '../stats/summary.ts';
import { writeMembers } from './memberColumns.ts';

export interface MetricOptions {
  /** Lower-case words and underscores, unit last: `latency_ms`. */
  readonly name: string;
  /** Numeric column; `value` by default. Rows where it is absent do not count. */
  readonly value?: string;
  /** String column by whose values the metric is divided; undivided by default. */
  readonly segment?: string;
  /** Most segments of one window in one partition; further ones count together as `(others)`. By default 2,000. */
  readonly segmentsMax?: number;
  /** Length of a window, whole ms; a minute by default. */
  readonly widthMs?: number;
}

const minute = 60_000;

/** Behind the operator `watermark`. Emits nothing: the windows are published at each cut. */
export function metric(
  context: PipelineContext,
  pipeline: string,
  { name, value = 'value', segment, segmentsMax, widthMs = minute }: MetricOptions,
): OperatorFunction<Batch, never> {
  const bounds = segmentsMax === undefined ? {} : { segmentsMax };
  const table = createWindowTable<SummaryState>(context.tables, `metric-${name}`, bounds);
  publishMetric(context, pipeline, name, widthMs, table);
  const columns = { value, widthMs, ...(segment === undefined ? {} : { segment }) };
  return (batches) => batches.pipe(tumblingWindow(summary, table, columns), ignoreElements());
}

function publishMetric(
  context: PipelineContext,
  pipeline: string,
  name: string,
  widthMs: number,
  table: WindowTable<SummaryState>,
): void {
  const rowsOf = (windows: readonly PublishedWindow<SummaryState>[]): Rows | undefined => {
    if (windows.length === 0) return undefined;
    return {
      table: 'metrics',
      length: windows.length,
      encode(writer) {
        for (const window of windows) {
          writer.text(pipeline);
          writer.text(name);
          writer.text(window.segment);
          writeTime(writer, window.start);
          writer.int64(widthMs);
          writer.uint16(context.partition);
          writer.int64(window.lastOffset);
          writeSummary(writer, window.state);
          writeMembers(writer, window);
        }
      },
    };
  };
  context.publish({
    changed: () => rowsOf(table.takeChanged()),
    settle: () => table.settle(),
  });
}

function writeSummary(writer: ByteWriter, state: SummaryState): void {
  const { count, sum, squares, minimum, maximum } = summary.read(state);
  const { bins, counts } = state.sketch;
  writer.int64(count);
  writer.float64(sum);
  writer.float64(squares);
  writer.float64(minimum);
  writer.float64(maximum);
  writer.varint(bins.length);
  for (const bin of bins) writer.int32(bin);
  writer.varint(counts.length);
  for (const each of counts) writer.uint32(each);
}
