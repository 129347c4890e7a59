/** The institution, programme or course that the whole dashboard is about, as the address and each question name it. */
import type { Scope } from '../../contracts/access.ts';
import type { PlaceLevel, PlaceRef } from '../../contracts/place.ts';

/** From the whole to its parts. By hand, as all that is loaded before the first page. */
export const placeLevels = [
  'institution',
  'programme',
  'course',
] as const satisfies readonly PlaceLevel[];

/** As the engine takes them. */
export const placeNameMax = 256;

/**
 * @example
 * placeText({ level: 'course', name: 'Algebra' }); // 'course:Algebra'
 */
export function placeText({ level, name }: PlaceRef): string {
  return `${level}:${name}`;
}

/** @returns undefined: it names none */
export function readPlace(text: unknown): PlaceRef | undefined {
  if (typeof text !== 'string') return undefined;
  const level = placeLevels.find((each) => text.startsWith(`${each}:`));
  if (level === undefined) return undefined;
  const name = text.slice(level.length + 1);
  return name === '' || name.length > placeNameMax || name.includes('\0')
    ? undefined
    : { level, name };
}

/** What somebody who is confined may see; the innermost name of each of their places. Undefined: everywhere. */
export function ownPlaces(scope: Scope | undefined): readonly PlaceRef[] | undefined {
  if (scope === undefined || scope === 'everywhere') return undefined;
  return scope.flatMap((place) => {
    const level = placeLevels.findLast((each) => place[each] !== undefined);
    return level === undefined ? [] : [{ level, name: place[level] ?? '' }];
  });
}

let asked: string | undefined;

/** About which place each question asks from now on. @param place undefined: all that the reader may see */
export function askAbout(place: string | undefined): void {
  asked = place;
}

/**
 * What is the same wherever one looks: who asks, the settings, the places themselves, and what definitions are made of. The engine
 * refuses to narrow it, and a form needs all of it.
 */
const placeless =
  /^\/v1\/(session|accounts|keys|audit|retention|health|places|belongings|experiment-metrics|routes|mutes|calendar|insights\/kinds)(\/|$)/;

/** @returns undefined: the question is about no place */
export function placeOf(path: string): string | undefined {
  return placeless.test(path) ? undefined : asked;
}
