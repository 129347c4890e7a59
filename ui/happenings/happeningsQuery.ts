/** What happened in a window of time: changes by people, days of the calendar, alerts. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { HappeningsAnswer } from '../../contracts/watchApi.ts';
import { ApiProblem, getJson } from '../data/client.ts';
import type { Window } from '../data/range.ts';

/** Seldom enough for what people do; an alert has it asked for at once. */
const everyMs = 15_000;

export function happeningsQuery({ from, to }: Window) {
  return queryOptions({
    queryKey: ['happenings', from, to],
    queryFn: ({ signal }) => getJson<HappeningsAnswer>('/v1/happenings', { from, to }, signal),
    meta: { lasting: true },
    staleTime: everyMs,
    // An engine that keeps no such record will not begin to.
    refetchInterval: ({ state: { error } }) =>
      error instanceof ApiProblem && error.status === 404 ? false : everyMs,
    placeholderData: keepPreviousData,
  });
}
