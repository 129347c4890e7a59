/**
 * Keeps the table of state small on an engine that is never quiet for an hour: deleted keys leave it when they outnumber
 * the others (decision 7).
 */
import type { Store } from '../contracts/store.ts';

export interface UpkeepLimits {
  /** How often the table is looked at, ms. */
  readonly everyMs: number;
  /** Fewer deleted keys are not worth a merge of the whole table. */
  readonly deletedMin: number;
}

const limitsDefault: UpkeepLimits = { everyMs: 600_000, deletedMin: 1_000_000 };

export interface Upkeep {
  /** Looks now; returns the deleted keys that left. */
  tidy(): Promise<number>;
  /** Nothing is begun any more; a merge that was asked for goes on. */
  stop(): void;
}

/** @param say told what fails, a sentence each */
export function keepStateSmall(
  store: Store,
  say: (sentence: string) => void,
  { everyMs, deletedMin }: UpkeepLimits = limitsDefault,
): Upkeep {
  let stopped = false;

  async function tidy(): Promise<number> {
    const [found] = await store.query<{ rows: number; deleted: number }>(
      'SELECT count() AS rows, countIf(deleted = 1) AS deleted FROM state',
    );
    const { rows = 0, deleted = 0 } = found ?? {};
    if (stopped || deleted < deletedMin || deleted < rows - deleted) return 0;
    await store.command('OPTIMIZE TABLE state FINAL CLEANUP');
    return deleted;
  }
  const timer = setInterval(() => {
    tidy().catch((error: unknown) => say(`The state was not tidied: ${String(error)}`));
  }, everyMs);
  timer.unref();
  return {
    tidy,
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}
