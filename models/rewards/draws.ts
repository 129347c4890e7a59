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

/**
 * Fills the scores of one action in all draws, from pairs of deviations of the weights about their means.
 *
 * @param pairs draws / 2 rows of as many numbers as x
 */
export function fillDraws(
  pairs: Float64Array,
  x: Float64Array,
  action: number,
  scores: Scores,
): void {
  const { drawn, draws, actions } = scores;
  const size = x.length;
  const last = draws / 2 - 1;
  for (let pair = 0; pair <= last; pair += 4) {
    // Four sums at a time, so that none waits for its own last addition; the last rows may be taken twice.
    const a = pair * size;
    const b = Math.min(pair + 1, last) * size;
    const c = Math.min(pair + 2, last) * size;
    const d = Math.min(pair + 3, last) * size;
    let sumA = 0;
    let sumB = 0;
    let sumC = 0;
    let sumD = 0;
    for (let i = 0; i < size; i += 1) {
      const xi = x[i]!;
      sumA += pairs[a + i]! * xi;
      sumB += pairs[b + i]! * xi;
      sumC += pairs[c + i]! * xi;
      sumD += pairs[d + i]! * xi;
    }
    put(drawn, actions, action, pair, sumA);
    put(drawn, actions, action, Math.min(pair + 1, last), sumB);
    put(drawn, actions, action, Math.min(pair + 2, last), sumC);
    put(drawn, actions, action, Math.min(pair + 3, last), sumD);
  }
}

function put(
  drawn: Float64Array,
  actions: number,
  action: number,
  pair: number,
  deviation: number,
): void {
  drawn[2 * pair * actions + action] = deviation;
  drawn[(2 * pair + 1) * actions + action] = -deviation;
}
