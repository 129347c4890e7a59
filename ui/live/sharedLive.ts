/** The live line of this browser: one for all tabs of the dashboard, by whatever means there are. */
import { openLeaderLive } from './leaderLive.ts';
import { type LiveListener, openLiveLine } from './liveLine.ts';
import { hear, type LineWord, type TabWord } from './liveWords.ts';

/** @returns leaves; the line is closed when no tab listens */
export function openSharedLive(listener: LiveListener): () => void {
  if (typeof SharedWorker === 'undefined') return openWithoutWorker(listener);
  const worker = new SharedWorker(new URL('./liveWorker.ts', import.meta.url), {
    type: 'module',
    name: 'millrace-live',
  });
  const { port } = worker;
  const say = (word: TabWord) => port.postMessage(word);
  let leaveOther: (() => void) | undefined;
  port.onmessage = ({ data }: MessageEvent<LineWord>) => hear(listener, data);
  // Its script did not come, or this browser takes no such script.
  worker.onerror = () => {
    leaveOther ??= openWithoutWorker(listener);
  };
  // Closing a tab tells its worker nothing, and one that is kept for the way back must not listen.
  const leave = () => say('close');
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) say('open');
  };
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', comeBack);
  say('open');
  return () => {
    window.removeEventListener('pagehide', leave);
    window.removeEventListener('pageshow', comeBack);
    leave();
    port.close();
    leaveOther?.();
  };
}

function openWithoutWorker(listener: LiveListener): () => void {
  const isShared = typeof BroadcastChannel !== 'undefined' && navigator.locks !== undefined;
  return isShared ? openLeaderLive(listener) : openLiveLine(listener);
}
