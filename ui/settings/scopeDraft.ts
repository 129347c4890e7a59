/** Places as they are being written. */
import { type Place, placeLevels, type Scope } from '../../contracts/access.ts';

export interface PlaceDraft {
  /** Tells rows apart while they are written. */
  readonly row: number;
  readonly institution: string;
  readonly programme: string;
  readonly course: string;
}

export interface ScopeDraft {
  readonly isEverywhere: boolean;
  /** Never empty. */
  readonly places: readonly PlaceDraft[];
}

/** As the engine takes them. */
export const placesMax = 100;

export function emptyPlace(places: readonly PlaceDraft[]): PlaceDraft {
  const row = 1 + Math.max(0, ...places.map((place) => place.row));
  return { row, institution: '', programme: '', course: '' };
}

export function scopeDraft(scope: Scope): ScopeDraft {
  if (scope === 'everywhere') return { isEverywhere: true, places: [emptyPlace([])] };
  const places = scope.map(({ institution = '', programme = '', course = '' }, index) => ({
    ...{ row: index + 1, institution, programme, course },
  }));
  return { isEverywhere: false, places };
}

/** undefined: a row names nothing, and would be everywhere. */
export function scopeOf({ isEverywhere, places }: ScopeDraft): Scope | undefined {
  if (isEverywhere) return 'everywhere';
  const read = places.map(placeOf);
  return read.every((place) => Object.keys(place).length > 0) ? read : undefined;
}

function placeOf(draft: PlaceDraft): Place {
  const named = placeLevels
    .map((level) => [level, draft[level].trim()] as const)
    .filter(([, name]) => name !== '');
  return Object.fromEntries(named);
}
