/** Watches again and again, in one process at a time; whatever fails, it goes on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createTellOnce } from '../definitions/tellOnce.ts';
import { Bell } from '../experiments/bell.ts';
import { Watching, type WatchingOptions } from './watching.ts';

export interface WatcherOptions extends WatchingOptions {
  /** Pause between two looks, ms. */
  readonly everyMs?: number;
}

export interface Watcher {
  /** Something has just been written: it is looked at without waiting for the time. */
  look(): void;
  /** Nothing is begun any more. What was not stored is judged again by who comes next. */
  stop(): Promise<void>;
}

export function startWatcher(options: WatcherOptions): Watcher {
  const { everyMs = 5_000, board, say } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const watching = new Watching(options, signal);
  const told = createTellOnce(say);
  const bell = new Bell();

  async function work(): Promise<void> {
    while (!signal.aborted) {
      let hasMore = false;
      try {
        hasMore = await watching.look();
        told.forget('look');
      } catch (error) {
        if (signal.aborted) break;
        const why = error instanceof Error ? error.message : String(error);
        told.tell('look', `Watches are not judged at present: ${why}`);
      }
      // Others have their turn in any case.
      if (hasMore) await sleep(1, undefined, { signal }).catch(() => undefined);
      else await bell.rest(everyMs, signal);
    }
  }

  const ended = work();
  return {
    look: () => bell.ring(),
    async stop() {
      stopping.abort();
      await ended;
      board.clear();
    },
  };
}
