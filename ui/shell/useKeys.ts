/** Listens for the keyboard commands of the whole page. */
import { useEffect, useEffectEvent, useRef } from 'react';
import { advanceKeys, type Command, noKeys } from './keys.ts';

/** A box to tick or a switch takes no letters. */
const fields =
  'input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable], [role=dialog], [role=menu]';

/** Keys belong to a field, an open menu or a dialog first. */
function isTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(fields) !== null;
}

export function useKeys(enabled: boolean, run: (command: Command) => void): void {
  const state = useRef(noKeys);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTaken(event.target)) return;
    const next = advanceKeys(state.current, event.key, event.timeStamp);
    state.current = next.state;
    if (next.command !== undefined) run(next.command);
  });
  useEffect(() => {
    if (!enabled) return;
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [enabled]);
}
