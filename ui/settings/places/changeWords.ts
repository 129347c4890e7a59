/** A change of places in words. */
import { placeSettings as words } from '../../words/placeSettings.ts';
import type { PlaceChange } from './placeChanges.ts';

/** @example changeWords({ kind: 'added', place: { level: 'course', name: 'Algebra', parent: 'Maths' } }); // 'New course Algebra, in Maths' */
export function changeWords({ kind, place: { level, name, parent } }: PlaceChange): string {
  return words.changed[kind](cut(name), words.levels[level], parent === null ? null : cut(parent));
}

/** Names may be long: here they are told apart, not read. */
function cut(name: string): string {
  return name.length <= 80 ? name : `${name.slice(0, 79)}…`;
}
