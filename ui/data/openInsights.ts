/** The recommendations that are open: counted in the rail, previewed on the overview, listed on their page. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { InsightsAnswer } from '../../contracts/insightApi.ts';
import { useLive } from '../live/LiveProvider.tsx';
import { ApiProblem, getJson } from './client.ts';

/** More than this are not listed at once. */
export const cardsMax = 200;
/** How soon what failed is asked for again, and how often what is known is: when it was looked last changes by itself, ms. */
const againMs = { failed: 10_000, known: 60_000 };

export const openInsightsQuery = queryOptions({
  queryKey: ['insights', 'open'],
  queryFn: ({ signal }) =>
    getJson<InsightsAnswer>('/v1/insights', { standing: 'open', limit: cardsMax }, signal),
  // Cards do not change with each commit: the live stream says when one has.
  meta: { lasting: true },
});

export function useOpenInsights() {
  const isPaused = useLive().state.phase === 'paused';
  return useQuery({
    ...openInsightsQuery,
    refetchInterval: ({ state: { status, error } }) => {
      if (isPaused) return false;
      if (status !== 'error') return againMs.known;
      // An engine without recommendations has none, and will have none.
      return error instanceof ApiProblem && error.status === 404 ? false : againMs.failed;
    },
  });
}
