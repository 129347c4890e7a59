/** The places that the engine knows, and what belongs to them. */
import { queryOptions } from '@tanstack/react-query';
import type { PlacedKind } from '../../contracts/place.ts';
import type {
  Belonging,
  BelongingChange,
  BelongingsAnswer,
  PlacesAnswer,
} from '../../contracts/placeApi.ts';
import { getJson, sendJson } from './client.ts';

export const placesQuery = queryOptions({
  queryKey: ['places'],
  queryFn: ({ signal }) => getJson<PlacesAnswer>('/v1/places', { unplaced: 'false' }, signal),
  // Nothing that is committed changes them.
  meta: { lasting: true },
});

/** With the courses that are placed nowhere, which take longer to be found. */
export const registryQuery = queryOptions({
  queryKey: ['places', 'registry'],
  queryFn: ({ signal }) => getJson<PlacesAnswer>('/v1/places', {}, signal),
  meta: { lasting: true },
});

export const belongingsQuery = queryOptions({
  queryKey: ['belongings'],
  queryFn: ({ signal }) => getJson<BelongingsAnswer>('/v1/belongings', {}, signal),
  meta: { lasting: true },
});

/** @throws ApiProblem */
export function changeBelonging(
  kind: PlacedKind,
  key: string,
  change: BelongingChange,
): Promise<Belonging> {
  return sendJson('PUT', `/v1/belongings/${kind}/${encodeURIComponent(key)}`, change);
}
