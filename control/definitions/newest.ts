/** From which revision a change is made: from the one that its maker has read, or from the newest, whatever that is. */
import type { DefinitionHead } from './definitionRows.ts';
import type { Refused } from './written.ts';

interface Book<Entry> {
  get(key: string): Entry | undefined;
}

/**
 * A change names the revision that it was made from: when that is no longer the newest, it is refused.
 *
 * @param book up to date
 */
export function atRevision<Entry extends { readonly head: DefinitionHead }>(
  book: Book<Entry>,
  key: string,
  revision: number,
): { readonly outcome: 'newest'; readonly known: Entry } | Refused {
  const known = book.get(key);
  if (known === undefined) return { outcome: 'unknown' };
  const { revision: newest } = known.head;
  return newest === revision
    ? { outcome: 'newest', known }
    : { outcome: 'stale', revision: newest };
}

/** When another change comes in between again and again. */
const triesMax = 5;

/**
 * Again when another change came in between.
 *
 * @param look brings what the attempt reads up to date
 */
export async function untilCurrent<Written extends { readonly outcome: string }>(
  look: () => Promise<void>,
  attempt: () => Promise<Written>,
): Promise<Written> {
  for (let tries = 1; ; tries += 1) {
    await look();
    const written = await attempt();
    if (written.outcome !== 'stale' || tries === triesMax) return written;
  }
}

/**
 * What is not made from a revision, such as a stop, is made from the newest: again when another change came in between.
 *
 * @param look brings the book up to date
 */
export function fromNewest<Entry, Written extends { readonly outcome: string }>(
  book: Book<Entry>,
  look: () => Promise<void>,
  key: string,
  attempt: (before: Entry) => Promise<Written>,
): Promise<Written | Extract<Refused, { outcome: 'unknown' }>> {
  return untilCurrent(look, async () => {
    const before = book.get(key);
    return before === undefined ? { outcome: 'unknown' } : attempt(before);
  });
}
