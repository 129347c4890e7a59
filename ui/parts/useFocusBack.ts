/** Gives the focus back to what had it before, when what took it is gone: without it a reader with a keyboard starts anew. */
import { useEffect, useState } from 'react';

export function useFocusBack(): void {
  // Told in the first render, before anything inside has taken it.
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Something else may have taken it on purpose.
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (!isLost) return;
      // What is not on the page any more has left its place to the page itself.
      const next = opener?.isConnected === true ? opener : document.getElementById('page');
      if (next instanceof HTMLElement) next.focus({ preventScroll: true });
    },
    [opener],
  );
}
