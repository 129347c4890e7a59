/** A draft that is kept while it is written. */
import { useEffect, useReducer, useState } from 'react';
import { advanceDraft, type DraftEvent, type DraftState, isSameDraft } from './draftState.ts';
import { storeDraft, storedDraft } from './draftStore.ts';

export interface DraftHold<Draft> {
  readonly draft: Draft;
  readonly past: DraftState<Draft>['past'];
  /** Whether it was there before the page was loaded. */
  readonly restored: boolean;
  send(event: DraftEvent<Draft>): void;
}

/** @param initial used when none is stored under the id */
export function useDraft<Draft extends object>(id: string, initial: Draft): DraftHold<Draft> {
  const [found] = useState(() => storedDraft(id, initial));
  const [state, send] = useReducer(advanceDraft<Draft>, { draft: found ?? initial, past: [] });
  const { draft } = state;
  useEffect(() => {
    storeDraft(id, isSameDraft(draft, initial) ? undefined : draft);
  }, [id, draft, initial]);
  return { draft, past: state.past, restored: found !== undefined, send };
}
