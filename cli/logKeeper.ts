/** Keeps room in the event log, and knows why it takes nothing when it does not. */
import { EngineError } from '../contracts/errors.ts';
import type { EventLog } from '../sources/log/eventLog.ts';

export interface LogKeeper {
  /** As the log's own; where there is no room, what is consumed and old enough goes, and the append is tried once more. */
  readonly append: EventLog['append'];
  /** Why the log takes nothing now, in a sentence; null when it does. */
  problem(): string | null;
  stop(): void;
}

/** How often retention looks at the log, ms. */
const retentionEveryMs = 60_000;
/** A refusal older than this says nothing any more: nobody may have tried again, ms. */
const problemMaxMs = 60_000;

/**
 * @param consumed by partition: no recovery will ever ask for a record before this offset, not even after a power failure
 * @param say      told what fails, a sentence each
 */
export function keepLog(
  log: EventLog,
  consumed: () => Promise<number[]>,
  say: (sentence: string) => void,
): LogKeeper {
  let refusal: { sentence: string; at: number; storedBytes: number } | undefined;
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

  async function appendOrMakeRoom(...args: Parameters<EventLog['append']>) {
    try {
      return await log.append(...args);
    } catch (error) {
      const isFull = error instanceof EngineError && error.code === 'LOG_FULL';
      if (!isFull || (await retain()) === 0) throw error;
      return log.append(...args);
    }
  }

  return {
    async append(slices, receivedAt) {
      try {
        const appended = await appendOrMakeRoom(slices, receivedAt);
        refusal = undefined;
        return appended;
      } catch (error) {
        if (error instanceof EngineError && error.code.startsWith('LOG_')) {
          refusal = { sentence: error.message, at: Date.now(), storedBytes: log.storedBytes };
        }
        throw error;
      }
    },

    problem() {
      if (refusal === undefined || log.storedBytes < refusal.storedBytes) return null;
      return Date.now() - refusal.at < problemMaxMs ? refusal.sentence : null;
    },

    stop: () => clearInterval(timer),
  };
}
