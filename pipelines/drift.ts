/**
 * Watches for drift in the default pipeline: of the answer model, of answers, of ratings, and of the columns they come with.
 *
 * | statistic | what moves it | word |
 * | --- | --- | --- |
 * | `answer_residual` by skill | answers that the model has not learnt to expect | concept drift |
 * | `answer_level` by skill | more or fewer right answers than lately | label shift, where the residual rests |
 * | `rating` by topic | what a topic is rated | change of taste |
 * | `profile_…` by day | a column: missing values, ranges, new values, its distribution | data-quality break, data drift |
 *
 * A user has at most a twentieth of the last 500 rows of a key, so that a program in a user's name drifts nothing. Practice makes
 * answers better all the time: what `answer_level` takes is the answer less the mean of the last 2,000 of its skill. Errors
 * and losses are no signal: they change with who practises, some thirty times a week on a campus on which nothing happens.
 *
 * Detectors are ADWIN behind prewhitening, one for each key and partition; of answers they take the means of four at a time. Their
 * confidence follows from a budget: at most so many looks a week are expected to see a change where there is none, by the bound of
 * each look.
 */
import { merge, type Observable, share } from 'rxjs';
import type { Batch } from '../contracts/batch.ts';
import type { PipelineContext } from '../contracts/pipeline.ts';
import { type ProfilePlan, profilePlans } from '../contracts/profilePlan.ts';
import { beyondUsual, type UsualState } from '../operators/beyondUsual.ts';
import { type BlockState, blockMeans } from '../operators/blockMeans.ts';
import { type FairShareState, fairShare } from '../operators/fairShare.ts';
import type { Predictions } from '../operators/predictThenLearn.ts';
import { adwinDrift } from '../stats/streaming/adwinDrift.ts';
import { withResiduals } from './derive.ts';
import { profile } from './profile.ts';
import { statistic } from './statistic.ts';

export interface DriftStreams {
  /** Of the answer model. */
  readonly predictions: Observable<Predictions>;
  readonly answers: Observable<Batch>;
  readonly rated: Observable<Batch>;
  /** All events that are in time. */
  readonly timely: Observable<Batch>;
}

/** Events between two looks at a key. */
const lookEvery = 32;
/** Answers whose mean is a value; a rating is one by itself. */
const block = 4;
/** False alarms a week, and events a week for which they are meant: 10 answers a second. */
const budgetPerWeek = 0.2;
const eventsPerWeek = 6_400_000;
const delta = (budgetPerWeek * lookEvery) / eventsPerWeek;
const keysMax = 200;
/** Values that the usual level of answers remembers. */
const memory = 2_000;
const fair = { rows: 500, most: 25, spanMs: 3_600_000, keysMax };

/** Emits nothing: statistics are published at cuts. */
export function watchDrift(
  context: PipelineContext,
  pipeline: string,
  { predictions, answers, rated, timely }: DriftStreams,
): Observable<never> {
  const { tables } = context;
  const skill = 'context.skill';
  const topic = 'context.topic';
  const watch = (name: string, key: string, value: string, length: number) =>
    statistic(context, pipeline, adwinDrift, {
      ...{ name, by: [key], columns: { value }, byPartition: true, keysMax },
      parameters: { delta, clock: lookEvery / length },
    });
  const judged = predictions.pipe(
    withResiduals(),
    fairShare(tables.objects<FairShareState>('drift-answers'), {
      ...{ key: skill, columns: { strings: [], numbers: ['value', 'residual'] }, ...fair },
    }),
    beyondUsual(tables.objects<UsualState>('drift-level'), {
      ...{ key: skill, value: 'value', as: 'beyond', memory, keysMax },
    }),
    blockMeans(tables.objects<BlockState>('drift-blocks'), {
      ...{ key: skill, length: block, columns: ['residual', 'beyond'], keysMax },
    }),
    share(),
  );
  const fairlyRated = rated.pipe(
    fairShare(tables.objects<FairShareState>('drift-rated'), {
      ...{ key: topic, columns: { strings: [], numbers: ['value'] }, ...fair },
    }),
  );
  const profiles = profilePlans.learning.map((plan: ProfilePlan) => {
    const events = plan.type === undefined ? timely : answers;
    return events.pipe(profile(context, pipeline, { ...plan, name: `profile_${plan.name}` }));
  });
  return merge(
    judged.pipe(watch('answer_residual', skill, 'residual', block)),
    judged.pipe(watch('answer_level', skill, 'beyond', block)),
    fairlyRated.pipe(watch('rating', topic, 'value', 1)),
    ...profiles,
  );
}
