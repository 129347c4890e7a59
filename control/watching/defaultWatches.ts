/**
 * What the engine watches of the pipeline `learning` by itself. Alerts are shown; they are told to nobody until somebody adds
 * a route.
 */
import { Watch, type WatchInput } from '../../contracts/watch.ts';

const pipeline = 'learning';
const hourMs = 3_600_000;

/** Detectors of drift that the data plane runs: statistics whose figure counts their alarms. */
const driftStatistics = [
  {
    name: 'answer_residual',
    title: 'The answer model errs otherwise',
    purpose:
      'Answers of a skill are other than the model has learnt to expect. Look at its quality over time; when it stays so, retrain.',
    lane: 'prediction',
  },
  {
    name: 'answer_level',
    title: 'Right answers of a skill drift',
    purpose:
      'More or fewer answers of a skill are right than lately. Where the model does not err otherwise, it is the users or the items that have changed.',
    lane: 'outcome',
  },
  {
    name: 'rating',
    title: 'Ratings of a topic drift',
    purpose: 'A topic is rated otherwise than before. Look at what was changed there.',
    lane: 'outcome',
  },
] as const;
/** The figure that counts. */
const alarmsFigure = 'alarms';
/** What the data plane finds of the behaviour of single users. */
const behaviourFinding = 'answering';

const inputs: WatchInput[] = [
  {
    key: 'events',
    name: 'Events',
    purpose:
      'All events together. A fall says that producers or the way to the engine are down; a rise, that something sends too much.',
    lane: 'ingest',
    severity: 'high',
    source: { kind: 'metric', pipeline, metric: 'events', figure: 'count' },
    judgement: { kind: 'usual' },
  },
  {
    key: 'events-by-type',
    name: 'Events of each type',
    purpose: 'One type that falls while others do not says that a producer has lost a part of it.',
    lane: 'ingest',
    source: { kind: 'metric', pipeline, metric: 'events', figure: 'count', by: 'segment' },
    judgement: { kind: 'usual' },
  },
  {
    key: 'refused-events',
    name: 'Refused events',
    purpose:
      'More than one event in twenty is refused. The list of refused events says why; they can be sent again when it is mended.',
    lane: 'ingest',
    severity: 'high',
    source: { kind: 'metric', pipeline, metric: 'refused_share', figure: 'mean' },
    judgement: { kind: 'limit', direction: 'above', limit: 0.05, clear: 0.02, leastCount: 100 },
    noDataMs: null,
  },
  {
    key: 'latency',
    name: 'Latency of answers',
    purpose: 'Applications answer their users more slowly than usual: the mean.',
    lane: 'ingest',
    source: { kind: 'metric', pipeline, metric: 'latency_ms', figure: 'mean' },
    judgement: { kind: 'usual', direction: 'rise' },
    noDataMs: null,
  },
  {
    key: 'latency-p95',
    name: 'Latency of the slowest answers',
    purpose: 'One answer in twenty takes longer than this.',
    lane: 'ingest',
    source: { kind: 'metric', pipeline, metric: 'latency_ms', figure: 'p95' },
    judgement: { kind: 'usual', direction: 'rise' },
    noDataMs: null,
  },
  {
    key: 'model-quality',
    name: 'Quality of the answer model',
    purpose:
      'The log loss of predictions rises: they fit less to what happens. Look at the model, by course and over time.',
    lane: 'prediction',
    source: {
      ...{ kind: 'metric', pipeline, metric: 'model_log_loss', figure: 'mean', by: 'segment' },
      widthMs: 15 * 60_000,
    },
    judgement: { kind: 'usual', direction: 'rise', leastChange: 0.1, leastCount: 100 },
    noDataMs: null,
  },
  {
    key: 'correct-share',
    name: 'Share of correct answers by course',
    purpose:
      'Users of a course answer otherwise than usual: it has become harder or easier, or answers are passed on.',
    lane: 'outcome',
    source: {
      ...{ kind: 'metric', pipeline, metric: 'correct_share', figure: 'mean', by: 'segment' },
      widthMs: 15 * 60_000,
    },
    judgement: { kind: 'usual', leastChange: 0.1 },
    noDataMs: null,
  },
  {
    key: 'response-time',
    name: 'Time to answer by course',
    purpose: 'From the view of an item to its answer. Users take longer or shorter than usual.',
    lane: 'outcome',
    source: {
      ...{ kind: 'metric', pipeline, metric: 'response_s', figure: 'mean', by: 'segment' },
      widthMs: 15 * 60_000,
    },
    judgement: { kind: 'usual' },
    noDataMs: null,
  },
  {
    key: 'rating',
    name: 'Ratings by course',
    purpose: 'A course is rated otherwise than usual.',
    lane: 'outcome',
    source: {
      ...{ kind: 'metric', pipeline, metric: 'rating', figure: 'mean', by: 'segment' },
      widthMs: hourMs,
    },
    judgement: { kind: 'usual', leastChange: 0.1 },
    noDataMs: null,
  },
  {
    key: 'answering',
    name: 'Users who answer unlike others',
    purpose:
      'A user answers faster, more often or otherwise than others do. It may be help, a shared account, or a program.',
    lane: 'outcome',
    source: { kind: 'finding', pipeline, name: behaviourFinding },
    judgement: { kind: 'alarms' },
    noDataMs: null,
  },
  ...driftStatistics.map(
    ({ name, title, purpose, lane }): WatchInput => ({
      ...{ key: `drift-${name.replaceAll('_', '-')}`, name: title, purpose, lane, noDataMs: null },
      source: { kind: 'statistic', pipeline, name, figure: alarmsFigure },
      judgement: { kind: 'alarms' },
      clearMs: hourMs,
    }),
  ),
];

export const defaultWatches: readonly Watch[] = inputs.map((input) => Watch.parse(input));
