/**
 * The questions that the pages ask, as options of TanStack Query.
 *
 * A key names the view (range and shift), not the instants: while time goes on a view stays the same entry of the cache.
 */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  EpochSeries,
  Health,
  MetricSeries,
  MetricsAnswer,
  ModelDetail,
  ModelsAnswer,
  PipelinesAnswer,
  RefusalsAnswer,
} from '../../contracts/api.ts';
import { getJson } from './client.ts';
import { type RangeSearch, type Window, windowOf } from './range.ts';

/** Epochs are kept for 30 days. */
const epochsKeptMs = 2_592_000_000;

function viewKey({ range, back, from, to }: RangeSearch): readonly unknown[] {
  return [range, back, from, to];
}

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => getJson<Health>('/v1/health', {}, signal),
});

export const metricsQuery = queryOptions({
  queryKey: ['metrics'],
  queryFn: ({ signal }) => getJson<MetricsAnswer>('/v1/metrics', {}, signal),
});

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: ({ signal }) => getJson<ModelsAnswer>('/v1/models', {}, signal),
});

export const pipelinesQuery = queryOptions({
  queryKey: ['pipelines'],
  queryFn: ({ signal }) => getJson<PipelinesAnswer>('/v1/pipelines', {}, signal),
});

/** The same where it is seen how far they are. */
export const livePipelinesQuery = queryOptions({
  ...pipelinesQuery,
  queryKey: ['pipelines', 'live'],
  meta: { live: true },
});

export const refusalsQuery = queryOptions({
  queryKey: ['refusals'],
  queryFn: ({ signal }) => getJson<RefusalsAnswer>('/v1/refusals', {}, signal),
});

/** The end of the newest window counts: an inclusive last instant is one ms before the window's end at most. */
function bounds(search: RangeSearch, extent: Window): { from: number; to: number } {
  const window = windowOf(search, { from: extent.from, to: extent.to + 1 });
  return { from: Math.floor(window.from), to: Math.ceil(window.to) };
}

/** @param extent first and last event time of the metric */
export function metricSeriesQuery(
  { metric, pipeline, segment }: { metric: string; pipeline: string; segment?: string | undefined },
  search: RangeSearch,
  extent: Window,
) {
  return queryOptions({
    queryKey: ['metrics', pipeline, metric, segment, ...viewKey(search)],
    queryFn: ({ signal }) =>
      getJson<MetricSeries>(
        `/v1/metrics/${encodeURIComponent(metric)}`,
        { pipeline, segment, ...bounds(search, extent) },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}

/** @param extent first and last event time of the model's predictions */
export function modelQuery(
  { name, version, pipeline }: { name: string; version: string; pipeline: string },
  search: RangeSearch,
  extent: Window,
) {
  return queryOptions({
    queryKey: ['models', pipeline, name, version, ...viewKey(search)],
    queryFn: ({ signal }) =>
      getJson<ModelDetail>(
        `/v1/models/${encodeURIComponent(name)}`,
        { pipeline, version, ...bounds(search, extent) },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}

/** Epochs by the engine's clock, up to now; from the first that is kept, where that is later, so that they fill the view. */
export function epochsQuery(pipeline: string, search: RangeSearch) {
  return queryOptions({
    queryKey: ['pipelines', pipeline, 'epochs', ...viewKey(search)],
    queryFn: ({ signal }) => {
      const path = `/v1/pipelines/${encodeURIComponent(pipeline)}/epochs`;
      const now = Date.now();
      const { from, to } = bounds(search, { from: now - epochsKeptMs, to: now });
      return getJson<EpochSeries>(path, { from, to, fit: 'true' }, signal);
    },
    placeholderData: keepPreviousData,
  });
}
