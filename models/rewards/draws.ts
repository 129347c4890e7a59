/** Joint draws of the scores of all actions. */
import type { Scores } from './scores.ts';

const drawsMax = 10_000;

/** @throws RangeError when the number is odd, negative or too large */
export function checkDraws(draws: number): void {
  if (!(Number.isInteger(draws) && draws >= 0 && draws <= drawsMax && draws % 2 === 0)) {
    throw new RangeError(`draws: expected an even integer in [0, ${drawsMax}], got ${draws}`);
  }
}

/** Room for draws × actions in the scores; allocates only when there is not enough. */
export function roomForDraws(scores: Scores, draws: number): Float64Array {
  scores.draws = draws;
  if (scores.drawn.length < draws * scores.actions) {
    scores.drawn = new Float64Array(draws * scores.actions);
  }
  return scores.drawn;
}
