/** Waits for something no longer than so long. */
import { EngineError } from '../../contracts/errors.ts';

/**
 * What it is waited for goes on by itself, and whatever comes of it later is dropped.
 *
 * @param what takes so long: 'the step "gates"'
 * @throws EngineError TRAINING_DIED when the time is up
 */
export async function limited<Result>(
  work: Promise<Result>,
  limitMs: number,
  what: string,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new EngineError('TRAINING_DIED', `${what} takes more than ${limitMs} ms`));
    }, limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
