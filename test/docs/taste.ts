/** Who likes what: recommenders side by side on ratings of 1 … 5, beside baselines that they have to beat. */
import { merge, share } from 'rxjs';
import { type Batch, codesOf, numbersOf } from '../../contracts/batch.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Pipeline } from '../../contracts/pipeline.ts';
import { factorRecommender } from '../../models/recommenders/factorRecommender.ts';
import { machineRecommender } from '../../models/recommenders/machineRecommender.ts';
import { popularityBaseline } from '../../models/recommenders/popularityBaseline.ts';
import { similarItemsBaseline } from '../../models/recommenders/similarItemsBaseline.ts';
import { divertErrors } from '../../operators/divertErrors.ts';
import { refuseRows } from '../../operators/refuseRows.ts';
import { watermark } from '../../operators/watermark.ts';
import { where } from '../../operators/where.ts';
import { recommender } from '../../pipelines/recommender.ts';

/** A rating without its item, or beyond the scale, goes to the dead letters. */
function expectRating(batch: Batch, row: number): void {
  const value = numbersOf(batch, 'value')[row]!;
  if (codesOf(batch, 'item')[row]! < 0) {
    throw new EngineError('EVENT_FIELD_INVALID', 'item: expected what was rated, got none');
  }
  if (!(value >= 1 && value <= 5)) {
    throw new EngineError('EVENT_FIELD_INVALID', `value: expected in [1, 5], got ${value}`);
  }
}

const attribute = 'context.topic';
const liked = { takenFrom: 4 };

export const taste: Pipeline = {
  name: 'taste',
  version: 1,
  summary: 'Predicts who likes what, from ratings.',
  columns: { strings: [attribute], numbers: [] },
  build(events, context) {
    const clock = watermark({ latenessMs: 60_000, table: context.tables.objects('clock') });
    const rated = events.pipe(clock, where('type', 'rated'), refuseRows(expectRating), share());
    const factors = { name: 'factors', parameters: { factors: 4 }, ...liked };
    const machine = { name: 'machine', columns: { attribute }, ...liked };
    const topics = { name: 'topics', columns: { item: attribute }, ...liked };
    return merge(
      rated.pipe(divertErrors('taste')),
      rated.pipe(recommender(context, 'taste', factorRecommender, factors)),
      rated.pipe(recommender(context, 'taste', machineRecommender, machine)),
      rated.pipe(
        recommender(context, 'taste', similarItemsBaseline, { name: 'similar', ...liked }),
      ),
      rated.pipe(recommender(context, 'taste', popularityBaseline, topics)),
    );
  },
};
