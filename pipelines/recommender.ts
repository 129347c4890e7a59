/**
 * A recommender of a pipeline: predicts each outcome of a user and an item before it learns from it, and keeps what it predicted
 * in `predictions` and how good that was in `model_quality`.
 *
 * ```ts
 * rated.pipe(recommender(context, 'taste', factorRecommender, { name: 'topics', columns: { item: 'context.topic' }, takenFrom: 4 }))
 * ```
 */
import { connect, merge, type OperatorFunction } from 'rxjs';
import type { Batch } from '../contracts/batch.ts';
import type { PipelineContext } from '../contracts/pipeline.ts';
import type { Rows } from '../contracts/rows.ts';
import type { Recommender, RecommenderOptions } from '../models/recommenders/recommender.ts';
import { onTime } from '../operators/onTime.ts';
import { predictThenLearn } from '../operators/predictThenLearn.ts';
import { present } from '../operators/present.ts';
import { withLabels } from './derive.ts';
import { modelQuality } from './modelQuality.ts';
import { predictionRows } from './predictionRows.ts';

export interface PlacedRecommender extends RecommenderOptions {
  /** Under which it is read; lower-case words and hyphens. */
  readonly name: string;
  /** Numeric column that holds the outcome; `value` by default. */
  readonly outcome?: string;
  /** Outcomes from here on are 1, smaller ones 0. Without: they are 0 or 1, and other rows are left out. */
  readonly takenFrom?: number;
}

/**
 * Behind the operator `watermark`. Rows that are late, or have no user or no item, are left out.
 *
 * @throws RangeError when an option is unknown or out of range
 */
export function recommender(
  context: PipelineContext,
  pipeline: string,
  of: Recommender,
  { outcome = 'value', takenFrom, ...options }: PlacedRecommender,
): OperatorFunction<Batch, Rows> {
  if (takenFrom !== undefined && !Number.isFinite(takenFrom)) {
    throw new RangeError(`takenFrom: expected a finite number, got ${takenFrom}`);
  }
  const needed = of.needs(options.columns);
  const learner = of.create(context.tables, options);
  const model = { pipeline, model: learner.name, version: learner.version };
  const quality = modelQuality(context, model);
  return (batches) =>
    batches.pipe(
      onTime(),
      present(...needed),
      withLabels(outcome, takenFrom),
      predictThenLearn(learner, { label: 'label' }),
      connect((predictions) =>
        merge(predictions.pipe(predictionRows(model)), predictions.pipe(quality)),
      ),
    );
}
