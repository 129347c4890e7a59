/** Looks again and again, in one process at a time; whatever fails, it goes on. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTellOnce } from '../definitions/tellOnce.ts';
import { Bell } from '../experiments/bell.ts';
import { Advising, type AdvisingOptions } from './advising.ts';

export interface AdviserOptions extends AdvisingOptions {
  /** Least time between two looks, ms. */
  readonly everyMs?: number;
  /** Longest time between two looks when nothing is written, ms: some facts are of the clock. */
  readonly idleMs?: number;
}

export interface Adviser {
  /** Something has just been written, or answered. */
  look(): void;
  /** Nothing is begun any more. What was not stored is found again by who comes next. */
  stop(): Promise<void>;
}

export function startAdviser(options: AdviserOptions): Adviser {
  const { everyMs = 60_000, idleMs = 600_000, board, say, clock = Date.now } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  // As many statements as rules need are under way at once, and each listens.
  setMaxListeners(0, signal);
  const advising = new Advising(options, signal);
  const told = createTellOnce(say);
  const bell = new Bell();

  async function work(): Promise<void> {
    while (!signal.aborted) {
      try {
        await advising.look();
        told.forget('look');
      } catch (error) {
        if (signal.aborted) break;
        const why = error instanceof Error ? error.message : String(error);
        told.tell('look', `Recommendations are not brought up to date: ${why}`);
      }
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
      const idle = Math.min(idleMs, Math.max(0, advising.nextAt - clock()));
      await bell.rest(Math.max(0, idle - everyMs), signal);
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
