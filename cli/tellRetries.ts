/** Tells the one who waits that something is tried again and again, and why; a short wait is not worth a word. */
import { EngineError, errors } from '../contracts/errors.ts';

/** A wait up to this is usual under load, ms. */
const quietMs = 2_000;

/**
 * @param say told once when a wait has become long, and once when it is over
 * @param now ms, never going back
 * @returns makes one attempt and passes on its result or error; several attempts at the same thing follow each other
 */
export function tellRetries(say: (sentence: string) => void, now = () => performance.now()) {
  let waitingSince: number | undefined;
  let told = false;
  return async function attempt<Answer>(send: () => Promise<Answer>): Promise<Answer> {
    try {
      const answer = await send();
      if (told) say('Taken again: it goes on.');
      waitingSince = undefined;
      told = false;
      return answer;
    } catch (error) {
      if (!(error instanceof EngineError) || errors[error.code].retry !== 'backoff') throw error;
      waitingSince ??= now();
      if (!told && now() - waitingSince >= quietMs) {
        told = true;
        say(`Tried again until it is taken or stopped: ${error.message}`);
      }
      throw error;
    }
  };
}
