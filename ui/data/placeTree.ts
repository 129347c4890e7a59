/** In what places lie, looked up by name. */
import type { PlaceLevel, PlaceNode, PlaceRef } from '../../contracts/place.ts';
import type { PlacesAnswer } from '../../contracts/placeApi.ts';
import { placeLevels, placeText } from './place.ts';

export interface PlaceTree {
  has(place: PlaceRef): boolean;
  /** From the whole to the place itself; of one that is not registered, it alone. */
  pathTo(place: PlaceRef): readonly PlaceRef[];
  /** Whether all of a place lies in what the reader may see. */
  isOwn(place: PlaceRef): boolean;
  /** Those of a level within a place that the reader may see, by name. @param place undefined: wherever they are */
  within(place: PlaceRef | undefined, level: PlaceLevel): readonly PlaceRef[];
}

const collator = new Intl.Collator('en', { numeric: true });

export function placeTree({ places, mine }: Pick<PlacesAnswer, 'places' | 'mine'>): PlaceTree {
  const entries = new Map<string, PlaceNode>(places.map((entry) => [placeText(entry), entry]));
  const own = mine === 'everywhere' ? undefined : new Set(mine.map(placeText));

  function pathTo({ level, name }: PlaceRef): readonly PlaceRef[] {
    const path: PlaceRef[] = [{ level, name }];
    for (;;) {
      const first = path[0]!;
      const parent = entries.get(placeText(first))?.parent;
      const above = placeLevels[placeLevels.indexOf(first.level) - 1];
      if (parent == null || above === undefined) return path;
      path.unshift({ level: above, name: parent });
    }
  }

  function isOwn(place: PlaceRef): boolean {
    return own === undefined || pathTo(place).some((each) => own.has(placeText(each)));
  }

  return {
    has: (place) => entries.has(placeText(place)),
    pathTo,
    isOwn,
    within(place, level) {
      const outer = place === undefined ? undefined : placeText(place);
      return places
        .filter((entry) => entry.level === level)
        .map(({ name }) => ({ level, name }))
        .filter(
          (each) =>
            isOwn(each) &&
            (outer === undefined || pathTo(each).some((one) => placeText(one) === outer)),
        )
        .sort((a, b) => collator.compare(a.name, b.name));
    },
  };
}
