/** The questions that the pages of drift ask. Days that are over do not change: they are not asked for with each commit. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { DriftAnswer, DriftDetail } from '../../contracts/driftApi.ts';
import { getJson, type Parameters } from '../data/client.ts';
import { rangeBefore, spansMs, windowOf } from '../data/range.ts';
import type { Search } from '../data/search.ts';

const dayMs = 86_400_000;
/** Shorter ranges show no days to speak of: then the newest 30 are shown. */
const shortestMs = 7 * dayMs;

export type DriftSearch = Pick<
  Search,
  'range' | 'back' | 'from' | 'to' | 'referenceFrom' | 'referenceTo'
>;

const newest: DriftSearch = { range: '30d', back: 0 };

const lasting = { staleTime: 60_000, refetchInterval: 60_000, meta: { lasting: true } } as const;

export function isShort({ range }: Pick<Search, 'range'>): boolean {
  return range !== 'all' && range !== 'custom' && spansMs[range] < shortestMs;
}

/** Whether the engine's own choice, the newest 30 days, is what is asked for. */
function isNewest(search: DriftSearch): boolean {
  return isShort(search) || (search.range === '30d' && search.back === 0);
}

/** @param stored complete days, as an answer has them; undefined for the newest 30 days */
function boundsOf(search: DriftSearch, stored: DriftAnswer['stored'] | undefined): Parameters {
  const { referenceFrom, referenceTo } = search;
  const reference = { referenceFrom, referenceTo };
  if (isNewest(search)) return reference;
  const first = stored?.first ?? 0;
  const last = stored?.last ?? first;
  const { from, to } = windowOf(search, { from: first, to: last + dayMs });
  return { from: Math.floor(from), to: Math.ceil(to), ...reference };
}

/** The days before those that are shown, as many; undefined before all. */
export function daysBefore(
  search: DriftSearch,
): { readonly search: DriftSearch; readonly shiftMs: number } | undefined {
  const shown = isNewest(search) ? newest : search;
  const before = rangeBefore(shown);
  if (before === undefined) return undefined;
  // What is drawn are whole days: each stands beside one.
  const shiftMs = Math.max(1, Math.round(before.shiftMs / dayMs)) * dayMs;
  return { search: { ...search, ...before.search }, shiftMs };
}

function keyOf(search: DriftSearch): readonly unknown[] {
  const { range, back, from, to, referenceFrom, referenceTo } = search;
  const view = isNewest(search) ? ['newest'] : [range, back, from, to];
  return [...view, referenceFrom, referenceTo];
}

/** Of the newest days: it knows which days there are. */
export const newestDriftQuery = driftQuery(newest, undefined);

/** @param stored absent: not known yet; enough for the newest 30 days */
export function driftQuery(search: DriftSearch, stored: DriftAnswer['stored'] | undefined) {
  return queryOptions({
    ...lasting,
    queryKey: ['drift', ...keyOf(search)],
    queryFn: ({ signal }) => getJson<DriftAnswer>('/v1/drift', boundsOf(search, stored), signal),
    placeholderData: keepPreviousData,
    enabled: isNewest(search) || stored !== undefined,
  });
}

/** @param day that is compared; undefined: the newest */
export function driftDetailQuery(
  column: string,
  search: DriftSearch,
  stored: DriftAnswer['stored'] | undefined,
  day: number | undefined,
) {
  return queryOptions({
    ...lasting,
    queryKey: ['drift-column', column, day, ...keyOf(search)],
    queryFn: ({ signal }) =>
      getJson<DriftDetail>(
        `/v1/drift/${encodeURIComponent(column)}`,
        { ...boundsOf(search, stored), day },
        signal,
      ),
    placeholderData: keepPreviousData,
    enabled: isNewest(search) || stored !== undefined,
  });
}
