/** Goes to another place. The page begins anew there: what had the focus is remembered, and has it again. */
import { useCallback } from 'react';
import type { PlaceLevel, PlaceRef } from '../../../contracts/place.ts';
import { placeText } from '../../data/place.ts';
import { useView } from '../../data/useView.ts';

let focusedLevel: PlaceLevel | undefined;

/** @returns the level whose menu should have the focus; once */
export function takeFocusedLevel(): PlaceLevel | undefined {
  const level = focusedLevel;
  focusedLevel = undefined;
  return level;
}

/** @returns takes the place, undefined for everywhere, and the level at which it was chosen */
export function useChoosePlace(): (place: PlaceRef | undefined, at: PlaceLevel) => void {
  const { change } = useView();
  return useCallback(
    (place, at) => {
      focusedLevel = at;
      change({ place: place === undefined ? undefined : placeText(place) });
    },
    [change],
  );
}
