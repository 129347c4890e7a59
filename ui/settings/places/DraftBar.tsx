/** What was changed and is not saved yet: what stands against it, and the way back. */
import type { PlaceNode } from '../../../contracts/place.ts';
import { Needs } from '../../parts/Needs.tsx';
import { placeSettings as words } from '../../words/placeSettings.ts';
import { ChangeList } from './ChangeList.tsx';
import { placeChanges } from './placeChanges.ts';

interface Props {
  before: readonly PlaceNode[];
  after: readonly PlaceNode[];
  /** How many changes were made. */
  edits: number;
  /** A sentence each. */
  problems: readonly string[];
  onBack(): void;
  onDiscard(): void;
  onSave(): void;
}

export function DraftBar(props: Props) {
  const { before, after, edits, problems, onBack, onDiscard, onSave } = props;
  const changes = placeChanges(before, after);
  if (edits === 0) return null;
  return (
    <section className="notice attention draft-bar" aria-label={words.draft}>
      <p role="status">
        <b>{words.changes(changes.length)}</b>
      </p>
      <ChangeList changes={changes} />
      {problems.map((sentence) => (
        <p key={sentence} className="tone-bad">
          {sentence}
        </p>
      ))}
      <div className="actions">
        <Needs permission="administer">
          <button
            type="button"
            className="button primary"
            disabled={problems.length > 0 || changes.length === 0}
            onClick={onSave}
          >
            {words.save}
          </button>
        </Needs>
        <button type="button" className="button" onClick={onBack}>
          {words.back}
        </button>
        <button type="button" className="button" onClick={onDiscard}>
          {words.discard}
        </button>
      </div>
    </section>
  );
}
