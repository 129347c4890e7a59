/** What tabs, and the worker that they share, tell each other. */
import type { LiveListener, LiveMark } from './liveLine.ts';

/** From a tab: it listens, or no longer. */
export type TabWord = 'open' | 'close';

/** To the tabs. */
export type LineWord =
  | { readonly kind: 'ticked'; readonly mark: LiveMark }
  | { readonly kind: 'failed' | 'signedOut' | 'refused' };

/** A listener that passes on what it hears. */
export function postingTo(post: (word: LineWord) => void): LiveListener {
  return {
    ticked: (mark) => post({ kind: 'ticked', mark }),
    failed: () => post({ kind: 'failed' }),
    signedOut: () => post({ kind: 'signedOut' }),
    refused: () => post({ kind: 'refused' }),
  };
}

/** Tells a listener what was passed on. */
export function hear(listener: LiveListener, word: LineWord): void {
  if (word.kind === 'ticked') listener.ticked(word.mark);
  else listener[word.kind]();
}
