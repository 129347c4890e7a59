/** Drafts survive a reload: they are kept by the browser until its tab is closed. */
import { blankDraft, type Draft } from './draft.ts';

const prefix = 'millrace-draft:';

/** @param id `new`, or the key of the experiment that is changed, with its revision */
export function storedDraft(id: string): Draft | undefined {
  try {
    const text = sessionStorage.getItem(prefix + id);
    if (text === null) return undefined;
    const draft: unknown = JSON.parse(text);
    // Of an older page: fields that it does not have are as in a new draft.
    return typeof draft === 'object' ? { ...blankDraft, ...draft } : undefined;
  } catch {
    return undefined;
  }
}

/** @param draft undefined: it is not needed any more */
export function storeDraft(id: string, draft: Draft | undefined): void {
  try {
    if (draft === undefined) sessionStorage.removeItem(prefix + id);
    else sessionStorage.setItem(prefix + id, JSON.stringify(draft));
  } catch {
    // Storage is full or forbidden: the draft lives as long as the page.
  }
}
