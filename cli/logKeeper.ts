/** Keeps room in the embedded event log. */
import { EngineError } from '../contracts/errors.ts';
import type { EventLog } from '../sources/log/eventLog.ts';

export interface LogKeeper {
  /** As the log's own; where there is no room, what is consumed and old enough goes, and the append is tried once more. */
  readonly append: EventLog['append'];
  stop(): void;
}

/** How often retention looks at the log, ms. */
const retentionEveryMs = 60_000;

/**
 * @param consumed by partition: no recovery will ever ask for a record before this offset, not even after a power failure
 * @param say      told what fails, a sentence each
 */
export function keepLog(
  log: EventLog,
  consumed: () => Promise<number[]>,
  say: (sentence: string) => void,
): LogKeeper {
  let retaining: Promise<number> | undefined;

  /** @returns records that went */
  function retain(): Promise<number> {
    retaining ??= consumed()
      .then((offsets) => log.retain(Date.now(), offsets))
      .then(({ records }) => records)
      .finally(() => {
        retaining = undefined;
      });
    return retaining;
  }

  const timer = setInterval(() => {
    retain().catch((error: unknown) => say(String(error)));
  }, retentionEveryMs);
  timer.unref();

  return {
    async append(slices, receivedAt) {
      try {
        return await log.append(slices, receivedAt);
      } catch (error) {
        const isFull = error instanceof EngineError && error.code === 'LOG_FULL';
        if (!isFull || (await retain()) === 0) throw error;
        return log.append(slices, receivedAt);
      }
    },

    stop: () => clearInterval(timer),
  };
}
