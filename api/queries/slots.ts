/** How many statements run at a time, and how many may wait for that: what comes beyond is refused, not piled up. */
import { EngineError } from '../../contracts/errors.ts';

export interface Slots {
  /**
   * Runs the task when a slot is free, in order of arrival.
   *
   * @param signal gives up waiting; a task that runs must heed it by itself
   * @throws EngineError OVERLOADED when too many wait already
   */
  run<Result>(task: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
}

export function createSlots(runningMax: number, waitingMax: number): Slots {
  let running = 0;
  /** Each takes over the slot of one that has ended. */
  const waiting = new Set<() => void>();

  function wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      function enter(): void {
        signal.removeEventListener('abort', leave);
        resolve();
      }
      function leave(): void {
        waiting.delete(enter);
        reject(signal.reason);
      }
      waiting.add(enter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  function release(): void {
    const [next] = waiting;
    if (next === undefined) {
      running -= 1;
      return;
    }
    waiting.delete(next);
    next();
  }

  return {
    async run(task, signal) {
      signal.throwIfAborted();
      if (running < runningMax) running += 1;
      else if (waiting.size < waitingMax) await wait(signal);
      else throw new EngineError('OVERLOADED', 'Too many questions wait for an answer already.');
      try {
        return await task();
      } finally {
        release();
      }
    },
  };
}
