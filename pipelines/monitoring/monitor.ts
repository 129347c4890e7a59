/**
 * Watches models by the `prediction` and `label` events that are sent of them.
 *
 * ```ts
 * events.pipe(monitor(context, 'watch', { name: 'dropout', slices: ['context.course'] }))
 * ```
 */
import { type OperatorFunction, pipe } from 'rxjs';
import type { Batch } from '../../contracts/batch.ts';
import type { PipelineContext } from '../../contracts/pipeline.ts';
import { modelColumns } from '../../contracts/predictionFields.ts';
import { joinLabels, type LabelSpans } from './joinLabels.ts';
import { type WatchOptions, watchModels } from './watchModels.ts';

export interface MonitorOptions extends WatchOptions, LabelSpans {}

/**
 * Joins predictions with their labels and keeps the statistics of both. Stands behind the operator `watermark`; late rows may
 * be among its rows. Emits nothing.
 *
 * @throws RangeError as `joinLabels` and `watchModels`
 */
export function monitor(
  context: PipelineContext,
  pipeline: string,
  options: MonitorOptions,
): OperatorFunction<Batch, never> {
  const { kind = 'probability', slices = [], groups } = options;
  const fields = [...modelColumns, ...slices, ...(groups === undefined ? [] : [groups.column])];
  return pipe(
    joinLabels(context.tables, { ...options, kind, keep: [...new Set(fields)] }),
    watchModels(context, pipeline, options),
  );
}
