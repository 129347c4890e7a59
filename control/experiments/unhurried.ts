/** A long computation in small steps that lets others have their turn. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long it goes on without a pause, ms. */
const sliceMs = 8;

/** Runs the steps to their end, and gives way every few milliseconds. @returns what they return */
export async function unhurried<Result>(steps: Generator<void, Result>): Promise<Result> {
  for (let from = performance.now(); ; ) {
    const { done, value } = steps.next();
    if (done === true) return value;
    if (performance.now() - from < sliceMs) continue;
    await nextTurn();
    from = performance.now();
  }
}
