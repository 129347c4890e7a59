/** By how much each row may move the clock of event time: the one rule for all who keep such a clock. */
import { type Batch, codesOf, numbersOf } from '../contracts/batch.ts';

/**
 * Event time of each row, but not later than the batch's reception, so that one wrong clock moves nobody else's;
 * −Infinity for rows that leave the clock where it is.
 *
 * @param timeless types of such rows: what the engine writes now says nothing of how far its producers have come, who may be
 *                 sending last year
 */
export function clockTimes(batch: Batch, timeless: readonly string[] = []): Float64Array {
  const { length, receivedAt, dictionary } = batch;
  const times = numbersOf(batch, 'time');
  const types = codesOf(batch, 'type');
  const moving = new Float64Array(length);
  for (let row = 0; row < length; row += 1) moving[row] = Math.min(times[row]!, receivedAt);
  for (const type of timeless) {
    // Looked up anew for each batch: a code may have been freed and given to another text in between.
    const still = dictionary.find(type);
    if (still < 0) continue;
    for (let row = 0; row < length; row += 1) if (types[row] === still) moving[row] = -Infinity;
  }
  return moving;
}
