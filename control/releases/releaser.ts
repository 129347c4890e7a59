/** Leads releases again and again, in one process at a time; whatever fails, it goes on. */

import type { ReleaseMoveName } from '../../contracts/release.ts';
import { createTellOnce } from '../definitions/tellOnce.ts';
import type { By } from '../definitions/written.ts';
import { Bell } from '../experiments/bell.ts';
import type { ModelWritten } from '../registry/modelRegistry.ts';
import { type Beginning, Releasing, type ReleasingOptions } from './releasing.ts';

export interface ReleaserOptions extends ReleasingOptions {
  /** Pause between two looks, ms. */
  readonly everyMs?: number;
  /** Told what fails, a sentence each. */
  readonly say: (sentence: string) => void;
}

/** What somebody does by hand works in any process, also where no releaser runs: see `Releasing`. */
export interface Releaser {
  /** Epochs were written, or a version registered: it is looked at without waiting for the time. */
  look(): void;
  begin(model: string, beginning: Beginning, by: By): Promise<ModelWritten>;
  move(model: string, move: ReleaseMoveName, by: By): Promise<ModelWritten>;
  rollback(model: string, version: string, by: By): Promise<ModelWritten>;
  giveWay(model: string, version: string, by: By): Promise<void>;
  /** Nothing is begun any more; waits for the step under way. */
  stop(): Promise<void>;
}

export function startReleaser(options: ReleaserOptions): Releaser {
  const { everyMs = 1_000, registry, say } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const releasing = new Releasing(options);
  const told = createTellOnce(say);
  const bell = new Bell();

  async function lookAt(model: string): Promise<void> {
    const key = `model ${model}`;
    try {
      const refused = await releasing.look(model);
      if (refused === undefined) told.forget(key);
      else told.tell(key, `The release of ${model} does not go on: ${refused}`);
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof Error ? error.message : String(error);
      told.tell(key, `The release of ${model} is not judged at present: ${why}`);
    }
  }

  async function work(): Promise<void> {
    while (!signal.aborted) {
      for (const { model } of registry.models()) {
        if (signal.aborted) return;
        await lookAt(model);
      }
      await bell.rest(everyMs, signal);
    }
  }

  const ended = work();
  return {
    look: () => bell.ring(),
    begin: (model, beginning, by) => releasing.begin(model, beginning, by),
    move: (model, move, by) => releasing.move(model, move, by),
    rollback: (model, version, by) => releasing.rollback(model, version, by),
    giveWay: (model, version, by) => releasing.giveWay(model, version, by),
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
