/**
 * Profiles of columns by window of event time, as statistics of a pipeline: what later days are compared with, and what broke.
 *
 * ```ts
 * timely.pipe(profile(context, 'learning', { column: 'context.course', kind: 'text' }))
 * ```
 */
import type { OperatorFunction } from 'rxjs';
import type { Batch } from '../contracts/batch.ts';
import type { PipelineContext } from '../contracts/pipeline.ts';
import { countNumbers } from '../operators/countNumbers.ts';
import { countTexts } from '../operators/countTexts.ts';
import { numberProfile } from '../stats/streaming/numberProfile.ts';
import { textProfile } from '../stats/streaming/textProfile.ts';
import { statistic } from './statistic.ts';

export interface ProfileOptions {
  /** Path of the column, among those of the pipeline. */
  readonly column: string;
  readonly kind: 'number' | 'text';
  /** Under which it is read: by default `profile_` and the column's path, dots as underscores. */
  readonly name?: string;
  /** Length of a window, whole ms; a day by default. */
  readonly windowMs?: number;
  /** Of `number-profile` or `text-profile`. */
  readonly parameters?: Readonly<Record<string, unknown>>;
}

const dayMs = 86_400_000;

/** Behind `watermark`. Emits nothing: windows are published at cuts. */
export function profile(
  context: PipelineContext,
  pipeline: string,
  { column, kind, windowMs = dayMs, parameters = {}, ...given }: ProfileOptions,
): OperatorFunction<Batch, never> {
  const name = given.name ?? `profile_${column.replaceAll('.', '_')}`;
  const options = { name, windowMs, parameters };
  const added = { times: `${name}.times`, missing: `${name}.missing`, text: `${name}.text` };
  const { text: value, ...others } = added;
  const columns = { value, ...others };
  if (kind === 'text') {
    return (batches) =>
      batches.pipe(
        countTexts({ column, windowMs, ...added }),
        statistic(context, pipeline, textProfile, { ...options, columns }),
      );
  }
  return (batches) =>
    batches.pipe(
      countNumbers({ column, windowMs, ...columns }),
      statistic(context, pipeline, numberProfile, { ...options, columns }),
    );
}
