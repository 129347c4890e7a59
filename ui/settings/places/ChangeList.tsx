/** Changes of places, a line each. */
import { placeSettings as words } from '../../words/placeSettings.ts';
import { changeWords } from './changeWords.ts';
import type { PlaceChange } from './placeChanges.ts';

/** The rest is counted. */
const shownMax = 12;

export function ChangeList({ changes }: { changes: readonly PlaceChange[] }) {
  const more = changes.length - shownMax;
  return (
    <ul className="consequences">
      {changes.slice(0, shownMax).map((change) => {
        const sentence = changeWords(change);
        return <li key={sentence}>{sentence}</li>;
      })}
      {more > 0 && <li className="muted">{words.moreChanges(more)}</li>}
    </ul>
  );
}
