/** Puts something into another place. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PlacedKind, PlaceRef } from '../../contracts/place.ts';
import type { PlacesAnswer } from '../../contracts/placeApi.ts';
import { placeText } from '../data/place.ts';
import { placePaths } from '../data/placePaths.ts';
import { changeBelonging } from '../data/places.ts';
import { placeTree } from '../data/placeTree.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import '../definitions/definitions.css';
import { belongings as words } from '../words/places.ts';
import { PlaceField } from './PlaceField.tsx';

interface Props {
  kind: PlacedKind;
  of: string;
  name: string;
  /** Where it belongs now. */
  place: PlaceRef | null;
  places: PlacesAnswer;
  onClose(): void;
}

export function BelongingDialog({ kind, of, name, place, places, onClose }: Props) {
  const queries = useQueryClient();
  // Only whoever is allowed everywhere sees what belongs nowhere.
  const mayFree = places.mine === 'everywhere';
  const [isFree, setFree] = useState(mayFree && place === null);
  const [chosen, setChosen] = useState(place);
  const tree = placeTree(places);
  const next = isFree ? null : chosen;
  const isSame =
    next === null || place === null ? next === place : placeText(next) === placeText(place);
  return (
    <ReasonDialog
      title={words.title(name)}
      confirm={words.confirm}
      consequences={words.consequences}
      isReady={(isFree || chosen !== null) && !isSame}
      queryKey="belongings"
      nameOf={(field) => words.fields[field.split('.')[0] ?? '']}
      run={(reason) => changeBelonging(kind, of, { place: next, reason })}
      // What is listed for a place is another now.
      onDone={() => void queries.invalidateQueries()}
      onClose={onClose}
    >
      <PlaceField
        label={words.place}
        paths={placePaths(places.places, (each) => tree.isOwn(each))}
        value={chosen}
        onChange={(next) => {
          setChosen(next);
          if (next !== null) setFree(false);
        }}
        focused
      />
      {mayFree && (
        <label className="check">
          <input
            type="checkbox"
            checked={isFree}
            onChange={({ currentTarget }) => setFree(currentTarget.checked)}
          />
          {words.whole}
        </label>
      )}
    </ReasonDialog>
  );
}
