/** Brings what policies have learnt up to date, again and again: so what is fed back changes the next decision. */
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { createTellOnce } from '../definitions/tellOnce.ts';
import type { Deciders } from './deciders.ts';
import type { LearntSums } from './learntSums.ts';

export interface KeepLearntOptions {
  readonly sums: Pick<LearntSums, 'refresh'>;
  readonly deciders: Pick<Deciders, 'refresh'>;
  /** Whether any policy serves: else nothing is asked for. */
  readonly isWanted: () => boolean;
  /** Told what fails, a sentence when it begins. */
  readonly say: (sentence: string) => void;
  /** Between two looks, ms. */
  readonly everyMs?: number;
}

/** So many times as long as solving took is left to others before the next look: large policies take some 100 ms. */
const restFactor = 3;
/** While nothing is fed back looks become rarer: what is fed back then changes decisions within half a second still. */
const pausesWhenStill = 3;

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

  let pauses = 1;
  /** With other sums than those they decide by. */
  const behind = new Set<string>();

  /** @returns how long the thread was held, ms */
  async function look(): Promise<number> {
    let held = 0;
    if (!isWanted()) return held;
    try {
      const changed = await sums.refresh();
      pauses = changed.size > 0 ? 1 : Math.min(pausesWhenStill, pauses + 1);
      for (const policy of changed) behind.add(policy);
      let failure: unknown;
      for (const policy of [...behind]) {
        const from = performance.now();
        try {
          deciders.refresh([policy]);
          behind.delete(policy);
        } catch (error) {
          failure = error;
        }
        held += performance.now() - from;
        await nextTurn();
      }
      if (failure !== undefined) throw failure;
      told.forget('look');
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      told.tell('look', `Policies decide by what they had learnt before: ${why}`);
    }
    return held;
  }

  async function loop(): Promise<void> {
    while (!signal.aborted) {
      const started = performance.now();
      const held = await look();
      const pause = Math.max(restFactor * held, pauses * everyMs - (performance.now() - started));
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
