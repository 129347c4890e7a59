/** Nobody gives what they do not have: permissions and places of what is given against those of who gives. */
import type { Permission, Place, Principal, Scope } from '../../contracts/access.ts';
import { placeLevels } from '../../contracts/access.ts';

/** Permissions that are asked for and that the giver has not. */
export function beyondOwn(
  giver: Principal,
  permissions: Iterable<Permission>,
): readonly Permission[] {
  return [...permissions].filter((permission) => !giver.permissions.has(permission));
}

/** Whether each place of one scope lies in a place of the other. */
export function isWithin(inner: Scope, outer: Scope): boolean {
  if (outer === 'everywhere') return true;
  if (inner === 'everywhere') return false;
  return inner.every((place) => outer.some((around) => liesIn(place, around)));
}

function liesIn(place: Place, around: Place): boolean {
  return placeLevels.every(
    (level) => around[level] === undefined || around[level] === place[level],
  );
}
