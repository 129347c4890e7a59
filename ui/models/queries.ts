/** The questions that the pages of models ask. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  ModelPerformance,
  SliceFigure,
  WatchedModelsAnswer,
} from '../../contracts/performanceApi.ts';
import { ApiProblem, getJson } from '../data/client.ts';
import type { Window } from '../data/range.ts';
import type { FigureName } from '../data/search.ts';

export const watchedModelsQuery = queryOptions({
  queryKey: ['watched-models'],
  queryFn: ({ signal }) => getJson<WatchedModelsAnswer>('/v1/watched-models', {}, signal),
});

/** Slices are not compared by figures that need many cases. */
const ofSlices: readonly FigureName[] = [
  'logLoss',
  'brier',
  'accuracy',
  'precision',
  'recall',
] satisfies SliceFigure[];

/** Reading all windows takes the engine a while: so often, not after each commit, ms. */
const everyMs = 30_000;

interface Asked {
  readonly pipeline: string;
  readonly model: string;
  readonly version: string | undefined;
  readonly figure: FigureName | undefined;
  /** Absent: the newest windows. */
  readonly window?: Window | undefined;
}

export function performanceQuery({ pipeline, model, version, figure, window }: Asked) {
  const by = ofSlices.find((name) => name === figure) ?? 'logLoss';
  return queryOptions({
    queryKey: ['performance', pipeline, model, version, by, window?.from, window?.to],
    queryFn: ({ signal }) =>
      getJson<ModelPerformance>(
        `/v1/models/${encodeURIComponent(pipeline)}/${encodeURIComponent(model)}/performance`,
        { version, figure: by, from: window?.from, to: window?.to },
        signal,
      ),
    meta: { lasting: true },
    staleTime: everyMs,
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
    retry: (failures, error) =>
      failures < 1 && !(error instanceof ApiProblem && error.status >= 400),
  });
}
