/**
 * Profiles of columns by window of event time, as statistics of a pipeline: what later days are compared with, and what broke.
 *
 * ```ts
 * timely.pipe(profile(context, 'learning', { column: 'context.course', kind: 'text' }))
 * ```
 */
import { map, type OperatorFunction } from 'rxjs';
import { type Batch, numbersOf } from '../contracts/batch.ts';
import type { PipelineContext } from '../contracts/pipeline.ts';
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
/** Between two rows of one window, by the log's clock: profiles are read by the day. */
const everyMs = 600_000;

/** Behind `watermark`. Emits nothing: windows are published at cuts. */
export function profile(
  context: PipelineContext,
  pipeline: string,
  { column, kind, windowMs = dayMs, parameters = {}, ...given }: ProfileOptions,
): OperatorFunction<Batch, never> {
  const name = given.name ?? `profile_${column.replaceAll('.', '_')}`;
  const options = { name, windowMs, everyMs, parameters };
  const added = { times: `${name}.times`, missing: `${name}.missing`, text: `${name}.text` };
  if (kind === 'text') {
    const { text: value, ...numbers } = added;
    const columns = { value, ...numbers };
    return (batches) =>
      batches.pipe(
        countTexts({ column, windowMs, ...added }),
        statistic(context, pipeline, textProfile, { ...options, columns }),
      );
  }
  const columns = { value: added.text, missing: added.missing };
  return (batches) =>
    batches.pipe(
      withMissing(column, columns),
      statistic(context, pipeline, numberProfile, { ...options, columns }),
    );
}

/** Adds the column as a profile takes it: 0 where it is absent or not finite, with what is the matter beside it. */
function withMissing(
  column: string,
  as: { readonly value: string; readonly missing: string },
): OperatorFunction<Batch, Batch> {
  return map((batch) => {
    const values = numbersOf(batch, column);
    const flags = values.map((x) => (Number.isNaN(x) ? 1 : Number.isFinite(x) ? 0 : 2));
    const known = values.map((x, i) => (flags[i] === 0 ? x : 0));
    const numbers = new Map(batch.numbers).set(as.value, known).set(as.missing, flags);
    return { ...batch, numbers };
  });
}
