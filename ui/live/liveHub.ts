/** Many listeners on one line: it is open while anyone listens, and who comes later hears at once what the others know. */
import type { LiveListener, LiveMark, openLiveLine } from './liveLine.ts';

export interface LiveHub {
  /** @returns leaves */
  join(listener: LiveListener): () => void;
}

export function liveHub(open: typeof openLiveLine): LiveHub {
  const listeners = new Set<LiveListener>();
  let close: (() => void) | undefined;
  let mark: LiveMark | undefined;
  let phase: 'connecting' | 'live' | 'failed' = 'connecting';

  const all: LiveListener = {
    ticked(heard) {
      mark = heard;
      phase = 'live';
      for (const listener of listeners) listener.ticked(heard);
    },
    failed() {
      phase = 'failed';
      for (const listener of listeners) listener.failed();
    },
    signedOut() {
      shut();
      for (const listener of listeners) listener.signedOut();
    },
    refused() {
      shut();
      for (const listener of listeners) listener.refused();
    },
  };

  function shut(): void {
    close?.();
    close = undefined;
    phase = 'connecting';
  }

  return {
    join(listener) {
      listeners.add(listener);
      if (close === undefined) close = open(all, { from: mark });
      else if (phase === 'live' && mark !== undefined) listener.ticked(mark);
      else if (phase === 'failed') listener.failed();
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) shut();
      };
    },
  };
}
