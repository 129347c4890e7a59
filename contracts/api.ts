/** What the serving plane answers: one schema validates, documents and types each route, for server and dashboard. */
import { z } from 'zod';

/** Milliseconds since 1970-01-01 UTC. */
const Instant = z.number();
/** NaN and infinities have no JSON: a figure that does not exist yet is null. */
const Figure = z.number().nullable();

/** RFC 9457 problem details. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  /** Code of `contracts/errors.ts`. */
  code: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

export const RefusedEvent = z.object({
  /** Position in the request, from 0. */
  index: z.number().int(),
  code: z.string(),
  reason: z.string(),
});
export const EventsAnswer = z.object({
  accepted: z.number().int(),
  refused: z.number().int(),
  /** The first 100 refusals. */
  refusals: z.array(RefusedEvent),
});
export type EventsAnswer = z.infer<typeof EventsAnswer>;

/** Half-open [from, to), with points `stepMs` apart; absent values get defaults that suit the data. */
export const RangeQuery = z.object({
  from: z.coerce.number().optional(),
  to: z.coerce.number().optional(),
  stepMs: z.coerce.number().int().min(1000).optional(),
});
export type RangeQuery = z.infer<typeof RangeQuery>;

export const MetricsAnswer = z.object({
  metrics: z.array(
    z.object({
      pipeline: z.string(),
      metric: z.string(),
      windowMs: z.number(),
      segments: z.array(z.string()),
      firstAt: Instant,
      lastAt: Instant,
    }),
  ),
});
export type MetricsAnswer = z.infer<typeof MetricsAnswer>;

export const MetricPoint = z.object({
  time: Instant,
  /** null where it is withheld, as all that follows. */
  count: Figure,
  sum: Figure,
  mean: Figure,
  /** Sample standard deviation (n − 1). */
  deviation: Figure,
  /** The least and the largest value are somebody's: the API never tells them. */
  minimum: Figure,
  maximum: Figure,
  /** From the quantile sketch: within 1 % of the value; null where few rows lie on a side of it. */
  p50: Figure,
  p90: Figure,
  p99: Figure,
  /**
   * There is something, and it is not told here: it is of too few people, and counts in the next step that is told or, of a small
   * segment, nowhere; or its time is not over.
   */
  withheld: z.boolean(),
});
export type MetricPoint = z.infer<typeof MetricPoint>;

export const MetricSeries = z.object({
  metric: z.string(),
  segment: z.string().nullable(),
  stepMs: z.number(),
  /** Figures of fewer people are withheld. */
  groupMin: z.number().int(),
  /** Points that are. */
  withheld: z.number().int(),
  points: z.array(MetricPoint),
});
export type MetricSeries = z.infer<typeof MetricSeries>;

const StatisticHead = z.object({
  pipeline: z.string(),
  name: z.string(),
  /** Name in the registry of statistics. */
  statistic: z.string(),
  /** With the defaults, where this version of the engine knows them. */
  parameters: z.record(z.string(), z.unknown()),
  /** Length of the windows; null: one window for all time. */
  windowMs: z.number().nullable(),
});

export const StatisticsAnswer = z.object({
  statistics: z.array(
    StatisticHead.extend({
      /** When the log received the last row that it took. */
      receivedAt: Instant,
      /** Whether this version of the engine can read its states. */
      readable: z.boolean(),
    }),
  ),
});
export type StatisticsAnswer = z.infer<typeof StatisticsAnswer>;

export const StatisticReading = z.object({
  /** Values of the keys in their order; `(others)` alone for those that came when there were too many. */
  key: z.array(z.string()),
  /** Of the window, half-open; null where there is one for all time. */
  start: Instant.nullable(),
  end: Instant.nullable(),
  /** Whose reading it is, of a statistic that never merges; null: of all partitions together. */
  partition: z.number().int().nullable(),
  /** How many partitions have rows of it. */
  partitions: z.number().int(),
  /** Rows in it. */
  taken: z.number(),
  /** Rows that it could not take, such as a value beyond the bounds. */
  refused: z.number(),
  figures: z.record(z.string(), Figure),
});
export type StatisticReading = z.infer<typeof StatisticReading>;

export const StatisticReadings = StatisticHead.extend({
  figures: z.record(z.string(), z.object({ unit: z.string(), summary: z.string() })),
  /** The newest windows first, within a window by key. */
  readings: z.array(StatisticReading),
  /** Readings of fewer people are withheld. */
  groupMin: z.number().int(),
  /** Readings that were: of too few people, of windows that are not over, or of so many people that a small group would follow. */
  suppressed: z.number().int(),
  /** There are further ones: narrow the time, or name a key. */
  more: z.boolean(),
});
export type StatisticReadings = z.infer<typeof StatisticReadings>;

/** Prequential quality: each prediction was made before its answer was learnt. */
export const Quality = z.object({
  count: z.number(),
  baseRate: Figure,
  auc: Figure,
  logLoss: Figure,
  brier: Figure,
  accuracy: Figure,
  /** Expected calibration error, 0 … 1. */
  calibrationError: Figure,
});
export type Quality = z.infer<typeof Quality>;

export const ModelSummary = z.object({
  name: z.string(),
  version: z.string(),
  pipeline: z.string(),
  firstAt: Instant,
  lastAt: Instant,
  overall: Quality,
  /** Over the most recent tenth of its predictions, at least one window. */
  recent: Quality,
});
export const ModelsAnswer = z.object({ models: z.array(ModelSummary) });
export type ModelsAnswer = z.infer<typeof ModelsAnswer>;

export const QualityPoint = Quality.extend({
  time: Instant,
  /** There are predictions, of too few people or of a time that is not over: they count in a later point. */
  withheld: z.boolean(),
});
export type QualityPoint = z.infer<typeof QualityPoint>;
export const CalibrationBin = z.object({
  predicted: z.number(),
  observed: z.number(),
  count: z.number(),
  /** Wilson 95 % interval of `observed`. */
  lower: z.number(),
  upper: z.number(),
});
export const ModelDetail = ModelSummary.extend({
  stepMs: z.number(),
  points: z.array(QualityPoint),
  calibration: z.array(CalibrationBin),
});
export type ModelDetail = z.infer<typeof ModelDetail>;

export const PartitionStatus = z.object({
  partition: z.number().int(),
  state: z.enum(['starting', 'running', 'waiting', 'failed', 'stopped']),
  /** Why it waits or failed, in a sentence. */
  detail: z.string().nullable(),
  /** Everything before is written and can be read. */
  committedOffset: z.number(),
  endOffset: z.number(),
  lagEvents: z.number(),
  eventsPerSecond: z.number(),
  /** Duration of the last epoch's commit. */
  commitMs: Figure,
  committedAt: Instant.nullable(),
});
export type PartitionStatus = z.infer<typeof PartitionStatus>;

export const PipelineStatus = z.object({
  name: z.string(),
  version: z.number(),
  summary: z.string(),
  partitions: z.array(PartitionStatus),
  tables: z.array(z.object({ name: z.string(), keys: z.number() })),
  /** Since the beginning of the data; null while ClickHouse has not told. */
  totals: z
    .object({
      events: z.number(),
      refused: z.number(),
      late: z.number(),
      duplicates: z.number(),
    })
    .nullable(),
});
export type PipelineStatus = z.infer<typeof PipelineStatus>;
export const PipelinesAnswer = z.object({ pipelines: z.array(PipelineStatus) });
export type PipelinesAnswer = z.infer<typeof PipelinesAnswer>;

/** Epochs committed in [time, time + stepMs), by the engine's clock. */
export const EpochPoint = z.object({
  time: Instant,
  epochs: z.number(),
  events: z.number(),
  eventsPerSecond: z.number(),
  refused: z.number(),
  late: z.number(),
  duplicates: z.number(),
  commitMsMedian: Figure,
  commitMsP99: Figure,
  /**
   * Events that waited, as commits noted it; carried on for a partition that falls silent while events wait. Null where
   * no note tells.
   */
  lagEvents: Figure,
});
export const EpochSeries = z.object({
  pipeline: z.string(),
  stepMs: z.number(),
  points: z.array(EpochPoint),
});
export type EpochSeries = z.infer<typeof EpochSeries>;

export const RefusalsAnswer = z.object({
  total: z.number(),
  reasons: z.array(
    z.object({
      code: z.string(),
      means: z.string(),
      count: z.number(),
      lastReason: z.string(),
      lastAt: Instant,
    }),
  ),
  latest: z.array(
    z.object({
      partition: z.number(),
      offset: z.number(),
      receivedAt: Instant,
      code: z.string(),
      reason: z.string(),
      /** The first 200 bytes, as text. */
      preview: z.string(),
    }),
  ),
});
export type RefusalsAnswer = z.infer<typeof RefusalsAnswer>;

/** Bytes as text where they are UTF-8, else in base64. */
export const Content = z.union([z.object({ text: z.string() }), z.object({ base64: z.string() })]);
export type Content = z.infer<typeof Content>;

export const DeadLetter = z.object({
  pipeline: z.string(),
  partition: z.number().int(),
  offset: z.number(),
  receivedAt: Instant,
  code: z.string(),
  reason: z.string(),
  /** The event as it came; of one that was too large at the door, its first 64 KiB. */
  bytes: Content,
  /** What it came with on Kafka; null when it had none. */
  key: Content.nullable(),
  headers: z.array(z.object({ name: z.string(), value: Content })),
  /** When it was last sent in again and accepted; null when it never was. */
  replayedAt: Instant.nullable(),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

export const DeadLettersAnswer = z.object({
  /** Letters that meet the filters, whatever the limit. */
  total: z.number().int(),
  /** The bound of reception that was asked for, else the time of the answer. */
  to: Instant,
  /** The newest first. */
  letters: z.array(DeadLetter),
  /** Goes on behind the last letter, as `after`; null when there are no more. */
  next: z.string().nullable(),
});
export type DeadLettersAnswer = z.infer<typeof DeadLettersAnswer>;

export const ReplayAnswer = z.object({
  /** Letters that were taken up: accepted + refused. */
  selected: z.number().int(),
  accepted: z.number().int(),
  refused: z.number().int(),
  /** The first 100 that were refused again, each for the reason that it would be refused for now. */
  refusals: z.array(
    z.object({
      pipeline: z.string(),
      partition: z.number().int(),
      offset: z.number(),
      code: z.string(),
      reason: z.string(),
    }),
  ),
  /** Goes on behind the last letter, as `after`; null when there are no more. */
  next: z.string().nullable(),
});
export type ReplayAnswer = z.infer<typeof ReplayAnswer>;

export const Health = z.object({
  state: z.enum(['good', 'attention', 'bad']),
  /** The answer in one sentence for a person. */
  sentence: z.string(),
  checks: z.array(
    z.object({ name: z.string(), state: z.enum(['good', 'attention', 'bad']), detail: z.string() }),
  ),
});
export type Health = z.infer<typeof Health>;

/** What `/v1/live` tells of: the first message (`snapshot`) has all of it, … */
export const LiveTick = z.object({
  time: Instant,
  eventsPerSecond: z.number(),
  lagEvents: z.number(),
  health: Health,
  /** Sum of committed offsets: unchanged means that nothing new can be read. */
  committed: z.number(),
  /** When something was committed last, by the clock of `time`; absent: never. */
  committedAt: Instant.optional(),
  /** When an alert changed last, by the clock; absent: there is none, or it is not known yet. */
  alertsChangedAt: Instant.optional(),
  /** The same of recommendations. */
  insightsChangedAt: Instant.optional(),
});
export type LiveTick = z.infer<typeof LiveTick>;

/** … each later one (`delta`) the time and what has changed since the one before; what is absent is as it was. */
export const LiveDelta = LiveTick.partial().required({ time: true });
export type LiveDelta = z.infer<typeof LiveDelta>;
