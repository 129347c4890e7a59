/** The alerts that are open: counted in the rail, listed on their page. */
import { queryOptions } from '@tanstack/react-query';
import type { Alert } from '../../contracts/alert.ts';
import type { AlertsAnswer } from '../../contracts/watchApi.ts';
import { ApiProblem, getJson } from './client.ts';

/** More than this are not listed at once. */
export const listedMax = 500;
/** How soon what failed is asked for again, ms. */
const againMs = 10_000;

export const openAlertsQuery = queryOptions({
  queryKey: ['alerts', 'open'],
  queryFn: ({ signal }) =>
    getJson<AlertsAnswer>('/v1/alerts', { state: 'open', limit: listedMax }, signal),
  // An engine without watching has none, and will have none.
  refetchInterval: ({ state: { status, error } }) =>
    status === 'error' && !(error instanceof ApiProblem && error.status === 404) ? againMs : false,
});

/** Somebody is told of it, and it is of those that matter most. */
export function isUrgent({ state, severity }: Pick<Alert, 'state' | 'severity'>): boolean {
  return state === 'firing' && severity === 'high';
}
