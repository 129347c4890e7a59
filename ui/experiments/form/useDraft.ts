/** A draft that is kept while it is written. */
import { useEffect, useReducer, useState } from 'react';
import type { Draft } from './draft.ts';
import { advanceDraft, type DraftEvent, type DraftState, isSameDraft } from './draftState.ts';
import { storeDraft, storedDraft } from './draftStore.ts';

export interface DraftHold {
  readonly draft: Draft;
  readonly past: DraftState['past'];
  /** Whether it was there before the page was loaded. */
  readonly restored: boolean;
  send(event: DraftEvent): void;
}

/** @param initial used when none is stored under the id */
export function useDraft(id: string, initial: Draft): DraftHold {
  const [found] = useState(() => storedDraft(id));
  const [state, send] = useReducer(advanceDraft, { draft: found ?? initial, past: [] });
  const { draft } = state;
  useEffect(() => {
    storeDraft(id, isSameDraft(draft, initial) ? undefined : draft);
  }, [id, draft, initial]);
  return { draft, past: state.past, restored: found !== undefined, send };
}
