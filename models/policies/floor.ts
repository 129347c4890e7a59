/**
 * The least probability that a policy's probabilities are raised to before one of the actions is drawn: exact, so that what is
 * logged is what was drawn by.
 */

/**
 * Raises in place.
 *
 * @param floor         in [0, 1]: each eligible action has at least the probability floor / number of those
 * @param eligible      1 where the action may be chosen
 * @param probabilities of the actions; 0 where not eligible
 * @throws RangeError when no action is eligible, or the probabilities do not add up to 1 within 1e-9
 *
 * @example
 * // [1, 0, 0] with a floor of 0.3 becomes [0.8, 0.1, 0.1].
 */
export function raiseToFloor(
  floor: number,
  eligible: Uint8Array,
  probabilities: Float64Array,
): void {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < probabilities.length; i += 1) {
    count += eligible[i]! > 0 ? 1 : 0;
    sum += probabilities[i]!;
  }
  if (count === 0) throw new RangeError('eligible: expected at least one action, got none');
  if (!(Math.abs(sum - 1) <= 1e-9)) {
    throw new RangeError(`probabilities: expected to add up to 1, got ${sum}`);
  }
  if (floor > 0) raiseTo(probabilities, eligible, floor / count);
  normalize(probabilities);
}

/**
 * Raises each eligible probability to at least `least` and takes what that costs from the others in proportion to them.
 *
 * Who falls below by paying is raised as well, so at most as many rounds as there are actions.
 * Source: Vowpal Wabbit, enforce_minimum_probability, with rounds to a fixed point.
 *
 * @param least at most 1 / number of eligible actions
 */
function raiseTo(probabilities: Float64Array, eligible: Uint8Array, least: number): void {
  const size = eligible.length;
  let factor = 1;
  for (let raised = -1; ; ) {
    let low = 0;
    let above = 0;
    for (let i = 0; i < size; i += 1) {
      if (eligible[i] === 0) continue;
      if (probabilities[i]! * factor <= least) low += 1;
      else above += probabilities[i]!;
    }
    // Who is low stays low: the factor only falls.
    if (low === raised) break;
    raised = low;
    factor = above > 0 ? Math.max(0, 1 - low * least) / above : 0;
  }
  for (let i = 0; i < size; i += 1) {
    if (eligible[i]! > 0) probabilities[i] = Math.max(least, probabilities[i]! * factor);
  }
}

function normalize(probabilities: Float64Array): void {
  const size = probabilities.length;
  let sum = 0;
  for (let i = 0; i < size; i += 1) sum += probabilities[i]!;
  for (let i = 0; i < size; i += 1) probabilities[i]! /= sum;
}
