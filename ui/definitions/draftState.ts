/** The draft with what can be undone: whatever takes something away can be taken back. */

export interface DraftState<Draft> {
  readonly draft: Draft;
  /** Before each loss, with what was lost, the newest last. */
  readonly past: readonly { readonly draft: Draft; readonly lost: string }[];
}

export type DraftEvent<Draft> =
  | { readonly kind: 'changed'; readonly part: Partial<Draft> }
  /** Takes something away that took work to write. */
  | { readonly kind: 'lost'; readonly part: Partial<Draft>; readonly lost: string }
  | { readonly kind: 'undone' };

/** Losses that can be undone. */
const pastMax = 20;

export function advanceDraft<Draft>(
  state: DraftState<Draft>,
  event: DraftEvent<Draft>,
): DraftState<Draft> {
  switch (event.kind) {
    case 'changed':
      return { ...state, draft: { ...state.draft, ...event.part } };
    case 'lost':
      return {
        draft: { ...state.draft, ...event.part },
        past: [...state.past, { draft: state.draft, lost: event.lost }].slice(-pastMax),
      };
    case 'undone': {
      const last = state.past.at(-1);
      return last === undefined ? state : { draft: last.draft, past: state.past.slice(0, -1) };
    }
  }
}

/** Whether nothing was changed, or everything was changed back. */
export function isSameDraft<Draft extends object>(draft: Draft, initial: Draft): boolean {
  const written = (part: keyof Draft, of: Draft) => JSON.stringify(of[part]);
  return (Object.keys(initial) as (keyof Draft)[]).every(
    (part) => draft[part] === initial[part] || written(part, draft) === written(part, initial),
  );
}
