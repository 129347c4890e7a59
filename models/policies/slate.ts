/**
 * Several different actions in order, each drawn from what is left: the probability of the slate as a whole, and of an action at
 * a position.
 *
 * With probabilities p the slate (a₁, a₂, …) has the probability ∏ p(a_j) / (1 − p(a₁) − … − p(a_{j−1})). The chance of an action
 * at a position is the sum over all slates that have it there; it is an integral, because drawing without replacement is a race:
 * actions arrive after exponential times with the rates p, and a is at position j when j − 1 others came before it.
 *
 * Source: Plackett 1975; Luce 1959; the race: Yellott 1977. Quadrature: Takahasi & Mori 1974, double exponential.
 */
import { drawAction } from './drawAction.ts';

/**
 * Draws a slate.
 *
 * @param probabilities of the actions, adding up to 1
 * @param uniforms      one number in [0, 1) for each position
 * @param slate         takes the places of the actions, as many as it has room for
 * @returns the probability of just this slate, in this order
 * @throws RangeError when fewer actions have a probability above 0 than there are positions
 */
export function drawSlate(
  probabilities: Float64Array,
  uniforms: ArrayLike<number>,
  slate: Int32Array,
): number {
  const left = Float64Array.from(probabilities);
  let joint = 1;
  for (let position = 0; position < slate.length; position += 1) {
    let sum = 0;
    for (let i = 0; i < left.length; i += 1) sum += left[i]!;
    if (!(sum > 0)) {
      throw new RangeError(`slate: expected at most ${position} positions, got ${slate.length}`);
    }
    for (let i = 0; i < left.length; i += 1) left[i]! /= sum;
    const action = drawAction(left, uniforms[position]!);
    joint *= left[action]!;
    slate[position] = action;
    left[action] = 0;
  }
  return joint;
}

/**
 * Probability of a slate, in its order; 0 when an action is there twice.
 *
 * @example
 * slateProbability(Float64Array.of(0.5, 0.3, 0.2), Int32Array.of(1, 0)); // 0.3 × 0.5 / 0.7
 */
export function slateProbability(probabilities: Float64Array, slate: ArrayLike<number>): number {
  let joint = 1;
  for (let position = 0; position < slate.length; position += 1) {
    const action = slate[position]!;
    for (let before = 0; before < position; before += 1) {
      if (slate[before] === action) return 0;
    }
    // What is left, summed afresh: 1 − what is gone would lose small remainders.
    let left = 0;
    for (let i = 0; i < probabilities.length; i += 1) {
      let isLeft = true;
      for (let before = 0; before < position; before += 1) isLeft &&= slate[before] !== i;
      if (isLeft) left += probabilities[i]!;
    }
    joint *= probabilities[action]! / left;
  }
  return joint;
}

/** Distance of the points of the quadrature, and the first of them. */
const step = 0.1;
const firstPoint = -3.5;

/**
 * The chance of each action at each of the first positions.
 *
 * Absolute error below 1e-10. Costs about 150 × positions × actions² steps: half a millisecond for 5 of 20.
 *
 * @param positions at most the number of actions whose probability is above 0
 * @returns positions × actions, row-major; every row adds up to 1
 * @throws RangeError when there are more positions
 */
export function positionProbabilities(
  probabilities: Float64Array,
  positions: number,
): Float64Array {
  const places: number[] = [];
  for (let i = 0; i < probabilities.length; i += 1) if (probabilities[i]! > 0) places.push(i);
  if (!(Number.isInteger(positions) && positions >= 0 && positions <= places.length)) {
    throw new RangeError(`positions: expected 0 … ${places.length}, got ${positions}`);
  }
  const rates = Float64Array.from(places, (place) => probabilities[place]!);
  const out = new Float64Array(positions * probabilities.length);
  const smallest = rates.reduce((least, rate) => Math.min(least, rate), 1);
  const chances = new Float64Array(positions);
  // t = e^(y − e^(−y)): dense where races begin, and as far as the slowest action needs.
  const end = Math.log(40 / smallest) + 1;
  for (let y = firstPoint; y <= end; y += step) {
    const fall = Math.exp(-y);
    const t = Math.exp(y - fall);
    const weight = step * t * (1 + fall);
    for (let i = 0; i < rates.length; i += 1) {
      const rate = rates[i]!;
      // Number of others that came before t, up to positions − 1.
      chances.fill(0);
      chances[0] = 1;
      for (let j = 0; j < rates.length; j += 1) {
        if (j === i) continue;
        const arrived = -Math.expm1(-rates[j]! * t);
        for (let k = positions - 1; k > 0; k -= 1) {
          chances[k] = chances[k]! * (1 - arrived) + chances[k - 1]! * arrived;
        }
        chances[0]! *= 1 - arrived;
      }
      const density = weight * rate * Math.exp(-rate * t);
      for (let k = 0; k < positions; k += 1) {
        out[k * probabilities.length + places[i]!]! += density * chances[k]!;
      }
    }
  }
  return out;
}
