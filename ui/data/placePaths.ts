/** Places as they are written: from the whole to the place, in the order of the alphabet. */
import type { PlaceNode, PlaceRef } from '../../contracts/place.ts';
import { places as words } from '../words/places.ts';
import { placeTree } from './placeTree.ts';

/** @param isTaken which of them are wanted; by default all */
export function placePaths(
  places: readonly PlaceNode[],
  isTaken: (place: PlaceNode) => boolean = () => true,
): ReadonlyMap<string, PlaceRef> {
  const tree = placeTree({ places: [...places], mine: 'everywhere' });
  const written = places
    .filter(isTaken)
    .map(({ level, name }) => [pathWords(tree.pathTo({ level, name })), { level, name }] as const);
  return new Map(written.sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })));
}

/** @example pathWords([{ level: 'institution', name: 'North' }, …]); // 'North ▸ Maths ▸ Algebra' */
export function pathWords(path: readonly PlaceRef[]): string {
  return path.map(({ name }) => name).join(words.separator);
}
