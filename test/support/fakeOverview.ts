/** What an engine measures that has run for a month: metrics, a pipeline's epochs and a model's course, as functions of time. */
import type {
  EpochSeries,
  MetricSeries,
  MetricsAnswer,
  ModelDetail,
  ModelsAnswer,
  PipelinesAnswer,
} from '../../contracts/api.ts';

const hour = 3_600_000;
const day = 24 * hour;
const pipeline = 'campus';
const points = 48;

/** Looks irregular, is not random. */
function wobble(time: number, periodMs: number): number {
  const phase = (2 * Math.PI * time) / periodMs;
  return 0.6 * Math.sin(phase) + 0.4 * Math.sin(2.7 * phase + 1);
}

function stepsOf(from: number, to: number): { readonly stepMs: number; readonly times: number[] } {
  const stepMs = Math.max(1_000, Math.round((to - from) / points));
  const first = Math.ceil(from / stepMs) * stepMs;
  const times = Array.from({ length: points }, (_, i) => first + i * stepMs);
  return { stepMs, times: times.filter((time) => time < to) };
}

export interface FakeOverview {
  readonly models: ModelsAnswer;
  /** @returns undefined for a path that is none of its own */
  answer(path: string, query: URLSearchParams): unknown;
}

export function fakeOverview(now: number): FakeOverview {
  const start = now - 31 * day;
  const metrics: MetricsAnswer = {
    metrics: ['answer.correct', 'session.minutes', 'exercises.tried'].map((metric) => ({
      ...{ pipeline, metric, windowMs: 60_000, firstAt: start, lastAt: now },
      segments: ['', 'evening', 'day'],
    })),
  };
  const quality = {
    ...{ count: 184_200, baseRate: 0.63, auc: 0.771, logLoss: 0.553, brier: 0.187 },
    ...{ accuracy: 0.712, calibrationError: 0.018 },
  };
  const model: ModelsAnswer['models'][number] = {
    ...{ pipeline, name: 'answer', version: '1.4', firstAt: start, lastAt: now },
    ...{ overall: quality, recent: { ...quality, count: 18_420, auc: 0.779 } },
  };

  function seriesOf(metric: string, from: number, to: number): MetricSeries {
    const { stepMs, times } = stepsOf(from, to);
    return {
      ...{ metric, segment: null, stepMs, groupMin: 10, withheld: 0 },
      points: times.map((time) => {
        const mean = 0.62 + 0.05 * wobble(time, day) + (0.04 * (time - start)) / (now - start);
        const count = Math.round((stepMs / 60_000) * (24 + 10 * wobble(time, day)));
        return {
          ...{ time, count, sum: mean * count, mean, deviation: 0.48, minimum: 0, maximum: 1 },
          ...{ p50: 1, p90: 1, p99: 1, withheld: false },
        };
      }),
    };
  }

  function epochsOf(from: number, to: number): EpochSeries {
    const { stepMs, times } = stepsOf(from, to);
    return {
      ...{ pipeline, stepMs },
      points: times.map((time) => {
        const eventsPerSecond = 210 + 60 * wobble(time, day);
        const events = Math.round((eventsPerSecond * stepMs) / 1_000);
        return {
          ...{ time, epochs: 150, events, eventsPerSecond, refused: Math.round(events / 400) },
          ...{ late: Math.round(events / 300), duplicates: Math.round(events / 120) },
          ...{ commitMsMedian: 12 + 2 * wobble(time, hour), commitMsP99: 40 },
          lagEvents: Math.round(40 + 30 * wobble(time, 5 * hour)),
        };
      }),
    };
  }

  function modelOf(from: number, to: number): ModelDetail {
    const { stepMs, times } = stepsOf(from, to);
    return {
      ...model,
      stepMs,
      points: times.map((time) => ({
        ...{ ...quality, withheld: false },
        ...{ time, count: Math.round((stepMs / 60_000) * (14 + 5 * wobble(time, day))) },
        auc: 0.76 + 0.012 * wobble(time, 9 * hour) + (0.02 * (time - start)) / (now - start),
        logLoss: 0.56 - 0.01 * wobble(time, 9 * hour),
      })),
      calibration: [0.1, 0.3, 0.5, 0.7, 0.9].map((predicted) => ({
        ...{ predicted, observed: predicted + 0.01, count: 9_000 },
        ...{ lower: predicted - 0.01, upper: predicted + 0.03 },
      })),
    };
  }

  const pipelines = (): PipelinesAnswer => ({
    pipelines: [
      {
        ...{ name: pipeline, version: 3, summary: 'Learns from every answer.' },
        partitions: [0, 1].map((partition) => ({
          ...{ partition, state: 'running', detail: null, lagEvents: 12, eventsPerSecond: 106 },
          ...{ committedOffset: 1_204_000, endOffset: 1_204_012, commitMs: 12 },
          committedAt: Date.now(),
        })),
        tables: [{ name: 'users', keys: 5_204 }],
        totals: { events: 2_408_000, refused: 5_900, late: 8_000, duplicates: 20_000 },
      },
    ],
  });

  return {
    models: { models: [model] },
    answer(path, query) {
      const [from, to] = [Number(query.get('from') ?? start), Number(query.get('to') ?? now)];
      if (path === '/v1/metrics') return metrics;
      const [, metric] = /^\/v1\/metrics\/([^/]+)$/.exec(path) ?? [];
      if (metric !== undefined) return seriesOf(decodeURIComponent(metric), from, to);
      if (path === '/v1/pipelines') return pipelines();
      if (/^\/v1\/pipelines\/[^/]+\/epochs$/.test(path)) return epochsOf(from, to);
      if (path === `/v1/models/${model.name}`) return modelOf(from, to);
      return undefined;
    },
  };
}
