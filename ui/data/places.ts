/** The places that the engine knows: which there are, in what they lie, and which of them the reader may see. */
import { queryOptions } from '@tanstack/react-query';
import type { PlacesAnswer } from '../../contracts/placeApi.ts';
import { getJson } from './client.ts';

export const placesQuery = queryOptions({
  queryKey: ['places'],
  queryFn: ({ signal }) => getJson<PlacesAnswer>('/v1/places', {}, signal),
  // Nothing that is committed changes them.
  meta: { lasting: true },
});
