/** Brings what policies have learnt up to date, again and again: so what is fed back changes the next decision. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createTellOnce } from '../definitions/tellOnce.ts';
import type { Deciders } from './deciders.ts';
import type { LearntSums } from './learntSums.ts';

export interface KeepLearntOptions {
  readonly sums: LearntSums;
  readonly deciders: Deciders;
  /** Whether any policy serves: else nothing is asked for. */
  readonly isWanted: () => boolean;
  /** Told what fails, a sentence when it begins. */
  readonly say: (sentence: string) => void;
  /** Between two looks, ms. */
  readonly everyMs?: number;
}

export interface KeepingLearnt {
  stop(): Promise<void>;
}

export function keepLearnt({
  sums,
  deciders,
  isWanted,
  say,
  everyMs = 100,
}: KeepLearntOptions): KeepingLearnt {
  const told = createTellOnce(say);
  const stopping = new AbortController();
  const { signal } = stopping;

  async function look(): Promise<void> {
    if (!isWanted()) return;
    try {
      deciders.refresh(await sums.refresh());
      told.forget('look');
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      told.tell('look', `Policies decide by what they had learnt before: ${why}`);
    }
  }

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      const started = performance.now();
      await look();
      const pause = Math.max(0, everyMs - (performance.now() - started));
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  const ended = loop();
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
