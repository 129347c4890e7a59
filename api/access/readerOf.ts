/**
 * From what a request is answered: who may see single people is told of groups as they are at the moment; all others of what is final
 * alone, so that no difference of two answers tells of fewer than a group (docs/privacy.md).
 */
import type { FastifyRequest } from 'fastify';
import { type PlacedKind, placeKey } from '../../contracts/place.ts';
import type { PlaceBook } from '../../control/places/placeBook.ts';

export type ReaderOf<Reader> = (request: Pick<FastifyRequest, 'principal'>) => Reader;

export function readerByRight<Reader>(ofGroups: Reader, ofPeople: Reader): ReaderOf<Reader> {
  return (request) => (mayReadPeople(request) ? ofPeople : ofGroups);
}

/** Whether who asks may look up single people: then nothing waits until it is final. */
export function mayReadPeople({ principal }: Pick<FastifyRequest, 'principal'>): boolean {
  return principal.permissions.has('people');
}

/** Whether a definition may be seen: it belongs to a place of which the request is answered. */
export type Own = (kind: PlacedKind, key: string) => boolean;

/** @returns undefined: all of them */
export function ownOf(
  { within }: Pick<FastifyRequest, 'within'>,
  places: Pick<PlaceBook, 'placeOf'>,
): Own | undefined {
  if (within === 'everywhere') return undefined;
  return (kind, key) => {
    const place = places.placeOf(kind, key);
    return place !== null && within.places.has(placeKey(place));
  };
}
