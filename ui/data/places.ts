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
  queryFn: ({ signal }) => getJson<PlacesAnswer>('/v1/places', {}, signal),
  // Nothing that is committed changes them.
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
