/** Ctrl-C: the first asks a command to end in order, a later one ends it at once. */
import type { EventEmitter } from 'node:events';

export interface StopOptions {
  /** Told once, when the end is asked for. */
  readonly onStop?: () => void;
  /** Told when the end is not waited for; the process exits with status 1 behind it. */
  readonly onImpatience?: () => void;
  /** Whose signals are heard, and who exits. */
  readonly process?: Pick<EventEmitter, 'on'> & { exit(status: number): void };
  /** ms, never going back. */
  readonly now?: () => number;
}

/**
 * One Ctrl-C arrives up to three times: from the terminal, from npm and from setup.mjs, which all pass it on. What comes
 * within this time of the first is the same wish, ms.
 */
const sameWishMs = 1_000;

/** @returns a signal that aborts on the first SIGINT or SIGTERM */
export function stopOnSignal(options: StopOptions = {}): AbortSignal {
  const { onStop, onImpatience, process: heard = process, now = () => performance.now() } = options;
  const stop = new AbortController();
  let askedAt = 0;
  const end = () => {
    if (!stop.signal.aborted) {
      askedAt = now();
      onStop?.();
      stop.abort();
    } else if (now() - askedAt > sameWishMs) {
      onImpatience?.();
      heard.exit(1);
    }
  };
  heard.on('SIGINT', end);
  heard.on('SIGTERM', end);
  return stop.signal;
}
