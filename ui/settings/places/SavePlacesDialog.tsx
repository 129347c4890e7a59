/** Asks for the reason, and saves the places: from the revision that is shown, which after a conflict is the newest. */
import type { PlaceNode } from '../../../contracts/place.ts';
import type { PlacesAnswer } from '../../../contracts/placeApi.ts';
import { ReasonDialog } from '../../definitions/ReasonDialog.tsx';
import { placeSettings as words } from '../../words/placeSettings.ts';
import { changePlaces } from '../queries.ts';
import { changeWords } from './changeWords.ts';
import { placeChanges } from './placeChanges.ts';

interface Props {
  answer: PlacesAnswer;
  /** As they are to be. */
  places: readonly PlaceNode[];
  problems: readonly string[];
  /** @param count of the changes */
  onSaved(saved: PlacesAnswer, count: number): void;
  onClose(): void;
}

const shownMax = 12;

export function SavePlacesDialog({ answer, places, problems, onSaved, onClose }: Props) {
  const changes = placeChanges(answer.places, places);
  const more = changes.length - shownMax;
  return (
    <ReasonDialog
      title={words.saveTitle}
      confirm={words.saveConfirm}
      needs="administer"
      consequences={
        changes.length === 0
          ? [words.nothing]
          : [
              ...changes.slice(0, shownMax).map(changeWords),
              ...(more > 0 ? [words.moreChanges(more)] : []),
              words.seen,
              ...(changes.some(({ kind }) => kind === 'removed') ? [words.lost] : []),
            ]
      }
      blocking={problems.map((sentence) => ({
        ...{ severity: 'problem' as const, field: 'places', sentence },
      }))}
      isReady={problems.length === 0 && changes.length > 0}
      queryKey="places"
      nameOf={(field) => words.fields[field.split('.')[0] ?? '']}
      run={async (reason) => {
        const { revision } = answer;
        const saved = await changePlaces({ revision, places: [...places], reason });
        return { saved, count: changes.length };
      }}
      onDone={({ saved, count }) => onSaved(saved, count)}
      onClose={onClose}
    />
  );
}
