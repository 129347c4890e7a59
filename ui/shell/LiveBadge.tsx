/** Whether what is shown is live, how far the engine is behind, and the button that pauses. */

import { useLive } from '../live/LiveProvider.tsx';
import { lagWords } from '../live/lagWords.ts';
import { PauseIcon, PlayIcon } from '../parts/Icons.tsx';
import { messages } from '../words/shell.ts';

const words = messages.live;

export function LiveBadge() {
  const { state, togglePause } = useLive();
  const { phase, tick } = state;
  const paused = phase === 'paused';
  // Nothing is wrong, and there is nothing to pause.
  if (phase === 'refused') {
    return (
      <p className="live-badge live-refused" title={words.refusedText}>
        <span className="live-dot" aria-hidden="true" />
        <b>{words.refused}</b>
        <span className="visually-hidden">{words.refusedText}</span>
      </p>
    );
  }
  const label = paused ? words.resume : words.pause;
  return (
    <button
      type="button"
      className={`live-badge live-${phase}`}
      onClick={togglePause}
      title={`${label} (l)`}
      aria-pressed={paused}
      aria-label={`${words[phase]}. ${label}`}
    >
      <span className="live-dot" aria-hidden="true" />
      <b>{words[phase]}</b>
      {phase === 'live' && tick !== null && (
        <span className="live-lag">{lagWords(tick.lagEvents, tick.eventsPerSecond)}</span>
      )}
      {paused ? <PlayIcon /> : <PauseIcon />}
    </button>
  );
}
