/** The places that the engine knows: which there are, in what they lie, and which of them the reader may see. */
import { queryOptions } from '@tanstack/react-query';
import { getJson } from './client.ts';
import { type PlaceLevel, type PlaceName, placeLevels, placeText } from './place.ts';

export interface PlaceEntry {
  readonly level: PlaceLevel;
  readonly name: string;
  /** Of the level above; null: none, or not known. */
  readonly parent: string | null;
}

export interface PlacesAnswer {
  readonly revision: number;
  readonly places: readonly PlaceEntry[];
  /** Courses of events that lie in no programme. */
  readonly unplaced: readonly {
    readonly course: string;
    readonly events: number;
    readonly lastSeen: number;
  }[];
  readonly mine: 'everywhere' | readonly PlaceName[];
}

export const placesQuery = queryOptions({
  queryKey: ['places'],
  queryFn: ({ signal }) => getJson<PlacesAnswer>('/v1/places', {}, signal),
  // Nothing that is committed changes them.
  meta: { lasting: true },
});
