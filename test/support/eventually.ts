/** Waiting for a condition instead of a duration. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Pause between two attempts, ms. */
const pauseMs = 25;

/**
 * Repeats an attempt until it does not throw: so an expectation can be awaited as it stands.
 *
 * @param waitMs generous: a loaded machine is slow, not wrong
 * @throws the last error when the time is up
 */
export async function eventually<Result>(
  attempt: () => Result | Promise<Result>,
  waitMs = 60_000,
): Promise<Result> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(pauseMs);
    }
  }
}
