/** In what places lie, looked up by name. */
import { type PlaceLevel, type PlaceName, placeLevels, placeText } from './place.ts';
import type { PlaceEntry, PlacesAnswer } from './places.ts';

export interface PlaceTree {
  has(place: PlaceName): boolean;
  /** From the whole to the place itself; of one that is not registered, it alone. */
  pathTo(place: PlaceName): readonly PlaceName[];
  /** Whether all of a place lies in what the reader may see. @param place undefined: everywhere */
  isOwn(place: PlaceName | undefined): boolean;
  /** Those of a level within a place that the reader may see, by name. @param place undefined: wherever they are */
  within(place: PlaceName | undefined, level: PlaceLevel): readonly PlaceName[];
}

const collator = new Intl.Collator('en', { numeric: true });

export function placeTree({ places, mine }: Pick<PlacesAnswer, 'places' | 'mine'>): PlaceTree {
  const entries = new Map<string, PlaceEntry>(places.map((entry) => [placeText(entry), entry]));
  const own = mine === 'everywhere' ? undefined : new Set(mine.map(placeText));

  function pathTo({ level, name }: PlaceName): readonly PlaceName[] {
    const path: PlaceName[] = [{ level, name }];
    for (;;) {
      const first = path[0]!;
      const parent = entries.get(placeText(first))?.parent;
      const above = placeLevels[placeLevels.indexOf(first.level) - 1];
      if (parent == null || above === undefined) return path;
      path.unshift({ level: above, name: parent });
    }
  }

  function isOwn(place: PlaceName | undefined): boolean {
    if (own === undefined) return true;
    return place !== undefined && pathTo(place).some((each) => own.has(placeText(each)));
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
