/** The way into the event log, and why it takes nothing when it does not. */
import { EngineError } from '../contracts/errors.ts';
import type { Slice } from '../sources/door/slices.ts';

export interface Intake {
  append(slices: readonly Slice[], receivedAt: number): Promise<unknown>;
  /** Why the log takes nothing now, in a sentence; null when it does. */
  problem(): string | null;
}

/** A refusal older than this says nothing any more: nobody may have tried again, ms. */
const problemMaxMs = 60_000;

/**
 * @param append rejects with an EngineError whose code begins with `LOG_` when the log is at fault
 * @param stored what the log holds: when that became less since a refusal, there is room again
 */
export function createIntake(append: Intake['append'], stored: () => number = () => 0): Intake {
  let refusal: { sentence: string; at: number; stored: number } | undefined;
  return {
    async append(slices, receivedAt) {
      try {
        const appended = await append(slices, receivedAt);
        refusal = undefined;
        return appended;
      } catch (error) {
        if (error instanceof EngineError && error.code.startsWith('LOG_')) {
          refusal = { sentence: error.message, at: performance.now(), stored: stored() };
        }
        throw error;
      }
    },

    problem() {
      if (refusal === undefined || stored() < refusal.stored) return null;
      return performance.now() - refusal.at < problemMaxMs ? refusal.sentence : null;
    },
  };
}
