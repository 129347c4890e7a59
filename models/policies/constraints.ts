/**
 * What is imposed on a policy's probabilities before one of the actions is drawn: all exact, so that what is logged is what was drawn by.
 *
 * In this order: temperature, share of a control, floor. The floor comes last, so it holds for what is drawn.
 */
import { z } from 'zod';
import { nameLengthMax } from '../../contracts/event.ts';

export const Constraints = z.strictObject({
  floor: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('each eligible action has at least the probability floor / number of those'),
  temperature: z
    .number()
    .gt(0)
    .max(100)
    .default(1)
    .describe('probabilities are raised to 1 / temperature: below 1 sharper, above 1 flatter'),
  controlShare: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('share of the decisions that are the control, whatever the policy says'),
  control: z
    .string()
    .min(1)
    .max(nameLengthMax)
    .optional()
    .describe('action of the control; by default every eligible action is as likely'),
});
export type Constraints = z.infer<typeof Constraints>;

/**
 * Imposes the constraints in place.
 *
 * Where the control is not an eligible action, its share is divided evenly among those that are.
 *
 * @param probabilities of the actions, in their order; 0 where not eligible
 * @returns the number of eligible actions
 * @throws RangeError when no action is eligible, or the probabilities do not add up to 1 within 1e-9
 */
export function constrain(
  { floor, temperature, controlShare, control }: Constraints,
  actions: readonly string[],
  eligible: Uint8Array,
  probabilities: Float64Array,
): number {
  const size = actions.length;
  let count = 0;
  let sum = 0;
  for (let i = 0; i < size; i += 1) {
    count += eligible[i]! > 0 ? 1 : 0;
    sum += probabilities[i]!;
  }
  if (count === 0) throw new RangeError('eligible: expected at least one action, got none');
  if (!(Math.abs(sum - 1) <= 1e-9)) {
    throw new RangeError(`probabilities: expected to add up to 1, got ${sum}`);
  }
  if (temperature !== 1) soften(probabilities, size, 1 / temperature);
  if (controlShare > 0) mixControl(actions, eligible, probabilities, count, controlShare, control);
  if (floor > 0) raiseToFloor(probabilities, eligible, floor / count);
  normalize(probabilities, size);
  return count;
}

/** Raises each to a power, the largest being 1 before, so that none but hopeless ones underflow. */
function soften(probabilities: Float64Array, size: number, power: number): void {
  let largest = 0;
  for (let i = 0; i < size; i += 1) largest = Math.max(largest, probabilities[i]!);
  for (let i = 0; i < size; i += 1) {
    if (probabilities[i]! > 0) probabilities[i] = (probabilities[i]! / largest) ** power;
  }
  normalize(probabilities, size);
}

function mixControl(
  actions: readonly string[],
  eligible: Uint8Array,
  probabilities: Float64Array,
  count: number,
  share: number,
  control: string | undefined,
): void {
  let at = -1;
  for (let i = 0; i < actions.length; i += 1) {
    if (eligible[i]! > 0 && actions[i] === control) at = i;
  }
  for (let i = 0; i < actions.length; i += 1) {
    probabilities[i]! *= 1 - share;
    if (at < 0 && eligible[i]! > 0) probabilities[i]! += share / count;
  }
  if (at >= 0) probabilities[at]! += share;
}

/**
 * Raises each eligible probability to at least `least` and takes what that costs from the others in proportion to them.
 *
 * Who falls below by paying is raised as well, so at most as many rounds as there are actions.
 * Source: Vowpal Wabbit, enforce_minimum_probability, with rounds to a fixed point.
 *
 * @param least at most 1 / number of eligible actions
 */
export function raiseToFloor(
  probabilities: Float64Array,
  eligible: Uint8Array,
  least: number,
): void {
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

function normalize(probabilities: Float64Array, size: number): void {
  let sum = 0;
  for (let i = 0; i < size; i += 1) sum += probabilities[i]!;
  for (let i = 0; i < size; i += 1) probabilities[i]! /= sum;
}

/**
 * Takes away the eligibility of actions that have reached their cap.
 *
 * @param seen how often each action was chosen for whom the decision is about, in the window of the caps
 * @param caps most times; Infinity for none
 * @returns the number of actions that remain
 */
export function applyCaps(
  eligible: Uint8Array,
  seen: ArrayLike<number>,
  caps: ArrayLike<number>,
): number {
  let count = 0;
  for (let i = 0; i < eligible.length; i += 1) {
    if (!(seen[i]! < caps[i]!)) eligible[i] = 0;
    count += eligible[i]! > 0 ? 1 : 0;
  }
  return count;
}
