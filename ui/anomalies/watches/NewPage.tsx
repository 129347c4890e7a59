/** A new watch. */
import '../../definitions/definitions.css';
import { blankDraft } from './draft.ts';
import { WatchForm } from './WatchForm.tsx';

export function NewPage() {
  return <WatchForm id="watch:new" initial={blankDraft} />;
}
