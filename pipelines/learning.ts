/**
 * The default pipeline: archives every event, summarizes what happens by minute, counts what experiments need, learns what
 * policies and preferences need, predicts each answer before it learns from it, by the versions that are released, watches models, its own and outside ones whose
 * predictions and labels are sent, and watches for strange behaviour and drift.
 */
import { merge, type Observable, share } from 'rxjs';
import type { Batch } from '../contracts/batch.ts';
import { type MetricPlan, metricPlan, metricPlans } from '../contracts/metricPlan.ts';
import { ownTypeNames } from '../contracts/ownTypes.ts';
import type { Pipeline, PipelineContext } from '../contracts/pipeline.ts';
import { learners } from '../models/registry.ts';
import { dedupe } from '../operators/dedupe.ts';
import { divertErrors } from '../operators/divertErrors.ts';
import { joinTable, joinWithin } from '../operators/joinWithin.ts';
import { lateRows } from '../operators/lateRows.ts';
import { onTime } from '../operators/onTime.ts';
import { createDedupeTable } from '../operators/state/dedupeTable.ts';
import { type EventClock, watermark } from '../operators/watermark.ts';
import { where, whereNot } from '../operators/where.ts';
import { archiveRows } from './archiveRows.ts';
import { answering } from './behaviour/answering.ts';
import { behaviour } from './behaviour/behaviour.ts';
import { withElapsed, withOnes } from './derive.ts';
import { watchDrift } from './drift.ts';
import { exampleRows } from './examples/exampleRows.ts';
import { countExperiments } from './experiments/countExperiments.ts';
import { type MetricOptions, metric } from './metric.ts';
import { modelQuality } from './modelQuality.ts';
import { monitor } from './monitoring/monitor.ts';
import { ownPredictions } from './monitoring/ownPredictions.ts';
import { watchModels } from './monitoring/watchModels.ts';
import { knowObjections } from './objections/knowObjections.ts';
import { withoutObjectors } from './objections/withoutObjectors.ts';
import { learnPolicies } from './policies/learnPolicies.ts';
import { predictionRows } from './predictionRows.ts';
import { preferences } from './preferences/preferences.ts';
import { topicPreference } from './preferences/topicPreference.ts';
import { ModelRecords } from './versions/modelRecords.ts';
import { predictWithVersions } from './versions/predictWithVersions.ts';
import { watchReleases } from './versions/watchReleases.ts';

const name = 'learning';
const minute = 60_000;
/** How far behind the latest event an event may come and still count. */
const latenessMs = 10 * minute;
/** The one metric of a join. */
const responsePlan = metricPlan(name, 'response_s')!;
const answer = learners['answer']!;
/**
 * How long, event time, and how many ids at most are remembered to tell duplicates (decision 4). Six million take 0.2 GB; one
 * million more would take twice as much.
 */
const remembered = { horizonMs: 60 * minute, idsMax: 6_000_000 };

/** Columns of a plan: `withOnes` and `withElapsed` add those that events do not have. */
function metricOptions({ name: metricName, value, after, segment }: MetricPlan): MetricOptions {
  const column = after !== undefined ? 'elapsed_s' : (value ?? 'one');
  return { name: metricName, value: column, ...(segment === undefined ? {} : { segment }) };
}

/** Each event once. */
export function withoutDuplicates(
  events: Observable<Batch>,
  { tables, countDuplicates }: PipelineContext,
): Observable<Batch> {
  const table = createDedupeTable(tables, 'ids', remembered);
  return events.pipe(dedupe({ table, timeless: ownTypeNames, onDropped: countDuplicates }));
}

/** Places events in event time, knows who objects, and counts for experiments. */
export function judge(distinct: Observable<Batch>, context: PipelineContext): Observable<Batch> {
  const table = context.tables.objects<EventClock>('clock');
  return distinct.pipe(
    watermark({ latenessMs, timeless: ownTypeNames, table }),
    knowObjections(context),
    countExperiments(context, name),
  );
}

export const learning: Pipeline = {
  name,
  version: 1,
  summary:
    'Archives events, summarizes them by minute, counts for experiments, and learns answers, policies and preferences.',
  columns: {
    strings: [...answer.columns.strings, 'context.course', topicPreference.attribute],
    numbers: [...answer.columns.numbers, 'context.latency_ms'],
  },
  build(events, context) {
    const { tables } = context;
    const learner = answer.create(tables);
    const model = { pipeline: name, model: learner.name, version: learner.version };
    const segment = 'context.course';
    const { type: right, after } = responsePlan;
    const { horizonMs } = after!;
    const views = joinTable(tables, 'views', { horizonMs, latenessMs, keysMax: 500_000 });

    const records = new ModelRecords(tables);

    const judged = judge(withoutDuplicates(events, context), context).pipe(
      learnPolicies(context, name),
      records.take(),
      share(),
    );
    // Of the producers, as opposed to what the engine itself writes into the log.
    const sent = judged.pipe(whereNot('type', ...ownTypeNames), share());
    const timely = sent.pipe(onTime(), share());
    const answers = timely.pipe(where('type', 'answered'), share());
    const predicted = predictWithVersions(context, learner, { label: 'value', records });
    const predictions = answers.pipe(withoutObjectors('training'), predicted, share());
    const responses = timely.pipe(
      joinWithin({
        left: after!.type,
        right: right!,
        keys: ['user', 'item'],
        horizonMs,
        table: views,
      }),
      withElapsed(),
    );
    const rated = timely.pipe(where('type', 'rated'), share());
    const ofType: Readonly<Record<string, Observable<Batch>>> = { answered: answers, rated };
    const countedBy = ({ type, value, after: joined }: MetricPlan): Observable<Batch> => {
      if (joined !== undefined) return responses;
      const events = type === undefined ? timely : ofType[type]!;
      return value === undefined ? events.pipe(withOnes()) : events;
    };
    const slices = ['context.skill', segment];
    // What it does as a whole is in `model_quality`. Small states: with each epoch, as every other row.
    const watched = { name: 'answer', slices, everyMs: 0 };
    const own = watchModels(context, name, watched, ['slices']);
    const outside = monitor(context, name, { name: 'outside', slices: [segment] });
    const metrics = metricPlans[name].map((plan) =>
      countedBy(plan).pipe(metric(context, name, metricOptions(plan))),
    );

    return merge(
      judged.pipe(divertErrors(name)),
      judged.pipe(archiveRows(name)),
      judged.pipe(preferences(context, name, topicPreference)),
      judged.pipe(behaviour(context, name, answering)),
      watchDrift(context, name, { predictions, answers, rated, timely }),
      sent.pipe(lateRows(name)),
      predictions.pipe(predictionRows(model)),
      predictions.pipe(exampleRows(context, model, { featureVersion: learner.version, slices })),
      predictions.pipe(modelQuality(context, model)),
      predictions.pipe(ownPredictions(model, slices), own),
      predictions.pipe(watchReleases(context, name, learner.name)),
      judged.pipe(outside),
      ...metrics,
    );
  },
};
