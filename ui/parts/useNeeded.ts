/** What the reader lacks for something, as a sentence. */
import type { Permission } from '../../contracts/access.ts';
import { ownPlaces } from '../data/place.ts';
import { useSession } from '../data/session.ts';
import { useMay } from '../data/useMay.ts';
import { rights } from '../words/rights.ts';

/** @param everywhere it concerns all places: whoever is confined to some may not @returns undefined: nothing is lacking */
export function useNeeded(permission: Permission, everywhere: boolean): string | undefined {
  const may = useMay(permission);
  const isConfined = ownPlaces(useSession().session?.principal?.scope) !== undefined;
  if (!may) return rights[permission];
  return everywhere && isConfined ? rights.everywhere : undefined;
}
