/** Repeats a hand-over for as long as the engine says that it takes no more at present. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EngineError, errors } from '../contracts/errors.ts';

/**
 * @throws the error when waiting does not help, or the signal's reason
 */
export async function sendUntilTaken<Answer>(
  send: () => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer> {
  for (let waitMs = 50; ; waitMs = Math.min(2_000, waitMs * 2)) {
    signal.throwIfAborted();
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof EngineError) || errors[error.code].retry !== 'backoff') throw error;
      await sleep(waitMs, undefined, { signal });
    }
  }
}
