/** Drafts survive a reload: they are kept by the browser until its tab is closed. */
const prefix = 'millrace-draft:';

/**
 * @param id    `new`, or the key of what is changed, with its revision
 * @param blank a new draft: of an older page, fields that it does not have are as in this
 */
export function storedDraft<Draft extends object>(id: string, blank: Draft): Draft | undefined {
  try {
    const text = sessionStorage.getItem(prefix + id);
    if (text === null) return undefined;
    const draft: unknown = JSON.parse(text);
    return typeof draft === 'object' ? { ...blank, ...draft } : undefined;
  } catch {
    return undefined;
  }
}

/** @param draft undefined: it is not needed any more */
export function storeDraft(id: string, draft: object | undefined): void {
  try {
    if (draft === undefined) sessionStorage.removeItem(prefix + id);
    else sessionStorage.setItem(prefix + id, JSON.stringify(draft));
  } catch {
    // Storage is full or forbidden: the draft lives as long as the page.
  }
}
