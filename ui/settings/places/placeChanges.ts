/** What saving brings about, place by place. */
import type { PlaceNode } from '../../../contracts/place.ts';
import { placeText } from '../../data/place.ts';

export interface PlaceChange {
  readonly kind: 'added' | 'moved' | 'removed';
  /** As it is afterwards; of what is removed, as it was. */
  readonly place: PlaceNode;
}

/** In this order: removed, moved, added. */
export function placeChanges(
  before: readonly PlaceNode[],
  after: readonly PlaceNode[],
): readonly PlaceChange[] {
  const [old, now] = [before, after].map(
    (places) => new Map(places.map((place) => [placeText(place), place])),
  ) as [Map<string, PlaceNode>, Map<string, PlaceNode>];
  const of = (kind: PlaceChange['kind'], places: Iterable<PlaceNode>) =>
    [...places].map((place) => ({ kind, place }));
  return [
    ...of(
      'removed',
      [...old].flatMap(([key, place]) => (now.has(key) ? [] : [place])),
    ),
    ...of(
      'moved',
      [...now].flatMap(([key, place]) => {
        const was = old.get(key);
        return was === undefined || was.parent === place.parent ? [] : [place];
      }),
    ),
    ...of(
      'added',
      [...now].flatMap(([key, place]) => (old.has(key) ? [] : [place])),
    ),
  ];
}
