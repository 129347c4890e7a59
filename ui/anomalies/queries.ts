/** The questions that the pages of alerts ask, and the answers to alerts that they send. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type {
  AlertAnswer,
  AlertDetail,
  AlertsAnswer,
  WatchesAnswer,
} from '../../contracts/watchApi.ts';
import { ApiProblem, getJson, sendJson } from '../data/client.ts';
import { listedMax } from '../data/openAlerts.ts';
import { ownName } from '../data/ownName.ts';
import { type RangeSearch, type Window, windowOf } from '../data/range.ts';

function pathOf(id: string, part = ''): string {
  return `/v1/alerts/${encodeURIComponent(id)}${part}`;
}

/** What is asked for anew after an answer to an alert. */
export const alertKeys = ['alerts', 'watches'];

export const watchesQuery = queryOptions({
  queryKey: ['watches'],
  queryFn: ({ signal }) => getJson<WatchesAnswer>('/v1/watches', {}, signal),
});

/** Whole ms: what the range of the address means when the newest reading is `newest`. */
export function boundsOf(search: RangeSearch, newest: number): Window {
  const window = windowOf(search, { from: 0, to: newest });
  return { from: Math.floor(window.from), to: Math.ceil(window.to) };
}

/** @param newest end of the newest reading that was judged, ms since 1970 */
export function alertsQuery(search: RangeSearch, newest: number) {
  const { range, back, from, to } = search;
  return queryOptions({
    queryKey: ['alerts', 'range', range, back, from, to],
    queryFn: ({ signal }) =>
      getJson<AlertsAnswer>(
        '/v1/alerts',
        { ...boundsOf(search, newest), limit: listedMax },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
}

export function alertQuery(id: string) {
  return queryOptions({
    queryKey: ['alerts', 'one', id],
    queryFn: ({ signal }) => getJson<AlertDetail>(pathOf(id), {}, signal),
    retry: (failures, error) =>
      failures < 1 && !(error instanceof ApiProblem && error.status >= 400),
  });
}

export type Answer = 'acknowledge' | 'close';

/** Under the name of this browser. */
export function answerAlert(
  id: string,
  answer: Answer,
  given: Omit<z.input<typeof AlertAnswer>, 'actor'>,
): Promise<unknown> {
  return sendJson('POST', pathOf(id, `/${answer}`), { actor: ownName(), ...given });
}
