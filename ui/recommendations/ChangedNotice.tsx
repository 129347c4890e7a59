/** That a card is another than was read, and in what: said before somebody acts on it once more. */
import { acceptance as words } from '../words/recommendations.ts';

export function ChangedNotice({ changes }: { changes: readonly string[] }) {
  if (changes.length === 0) return null;
  return (
    <div className="notice attention" role="alert">
      <p className="field-label">{words.changedTitle}</p>
      <ul className="consequences">
        {changes.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p>{words.changedAgain}</p>
    </div>
  );
}
