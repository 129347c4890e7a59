/**
 * One line for all tabs where they share no worker: the tab that holds a lock has it, and tells the others. A tab that is
 * hidden, paused or closed gives the lock up, and the next goes on from what it has heard.
 */
import { type LiveListener, type LiveMark, openLiveLine } from './liveLine.ts';
import { hear, type LineWord, postingTo } from './liveWords.ts';

const name = 'millrace-live';

type Said = LineWord | { readonly kind: 'asked' };

/** @returns leaves, and closes the line if it is here */
export function openLeaderLive(listener: LiveListener): () => void {
  const channel = new BroadcastChannel(name);
  const waiting = new AbortController();
  let leave: (() => void) | undefined;
  let mark: LiveMark | undefined;
  let gone = false;

  const own: LiveListener = {
    ...listener,
    ticked(heard) {
      mark = heard;
      listener.ticked(heard);
    },
  };
  const everywhere = postingTo((word) => {
    if (gone) return;
    channel.postMessage(word);
    hear(own, word);
  });
  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data.kind !== 'asked') return hear(own, data);
    if (leave !== undefined && mark !== undefined) channel.postMessage({ kind: 'ticked', mark });
  };
  channel.postMessage({ kind: 'asked' });
  const held = () =>
    new Promise<void>((release) => {
      if (gone) return release();
      const close = openLiveLine(everywhere, { from: mark });
      leave = () => {
        close();
        release();
      };
    });
  navigator.locks.request(name, { signal: waiting.signal }, held).catch(() => {
    // Left before its turn came.
  });
  return () => {
    gone = true;
    waiting.abort();
    leave?.();
    channel.close();
  };
}
