/**
 * Changes of the places as they are being made, each by itself: put on whatever is newest, so that nothing which somebody else has
 * changed meanwhile is taken back by the way. One about a place that is no longer there does nothing.
 */
import type { PlaceNode, PlaceRef } from '../../../contracts/place.ts';
import { placeLevels, placeText } from '../../data/place.ts';

export type PlaceEdit =
  | { readonly kind: 'add'; readonly place: PlaceNode }
  | { readonly kind: 'rename'; readonly place: PlaceRef; readonly name: string }
  | { readonly kind: 'move'; readonly place: PlaceRef; readonly parent: string }
  | { readonly kind: 'remove'; readonly place: PlaceRef }
  /** What is there already moves where it is said to lie; what is not named stays. */
  | { readonly kind: 'import'; readonly places: readonly PlaceNode[] };

export function edited(
  places: readonly PlaceNode[],
  edits: readonly PlaceEdit[],
): readonly PlaceNode[] {
  return edits.reduce(after, places);
}

function after(places: readonly PlaceNode[], edit: PlaceEdit): readonly PlaceNode[] {
  switch (edit.kind) {
    case 'add':
      return places.some((each) => isSame(each, edit.place)) ? places : [...places, edit.place];
    case 'rename':
      return places.map((each) => {
        if (isSame(each, edit.place)) return { ...each, name: edit.name };
        return isIn(each, edit.place) ? { ...each, parent: edit.name } : each;
      });
    case 'move':
      return places.map((each) =>
        isSame(each, edit.place) ? { ...each, parent: edit.parent } : each,
      );
    case 'remove': {
      const gone = new Set(allWithin(places, edit.place).map(placeText));
      return places.filter((each) => !gone.has(placeText(each)));
    }
    case 'import': {
      const given = new Map(edit.places.map((each) => [placeText(each), each]));
      const kept = places.map((each) => given.get(placeText(each)) ?? each);
      const known = new Set(places.map(placeText));
      return [...kept, ...edit.places.filter((each) => !known.has(placeText(each)))];
    }
  }
}

/** The place itself and all that lies in it. */
export function allWithin(places: readonly PlaceNode[], place: PlaceRef): readonly PlaceNode[] {
  let inner = new Set<string>();
  return placeLevels.slice(placeLevels.indexOf(place.level)).flatMap((level, depth) => {
    const found = places.filter(
      (each) =>
        each.level === level &&
        (depth === 0 ? each.name === place.name : each.parent !== null && inner.has(each.parent)),
    );
    inner = new Set(found.map(({ name }) => name));
    return found;
  });
}

export function isSame(a: PlaceRef, b: PlaceRef): boolean {
  return a.level === b.level && a.name === b.name;
}

/** Whether it lies in the other directly. */
function isIn({ level, parent }: PlaceNode, outer: PlaceRef): boolean {
  return parent === outer.name && placeLevels[placeLevels.indexOf(level) - 1] === outer.level;
}
