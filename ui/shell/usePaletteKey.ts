/** Ctrl K or ⌘ K, wherever the cursor is: fields have no use for it. */
import { useEffect, useEffectEvent } from 'react';

export function usePaletteKey(enabled: boolean, open: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const isAsked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!isAsked || event.key.toLowerCase() !== 'k') return;
    // Browsers would go to their own search.
    event.preventDefault();
    // A dialog is to be answered first.
    if (document.querySelector('[role=dialog]') === null) open();
  });
  useEffect(() => {
    if (!enabled) return;
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [enabled]);
}
