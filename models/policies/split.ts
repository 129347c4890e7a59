/** A division of the decisions among actions by key. */
import { z } from 'zod';
import { nameLengthMax } from '../../contracts/event.ts';
import type { AlgorithmInput } from './algorithm.ts';

/** Weights by action, relative to each other; actions that are not named have none. */
export const Split = z
  .record(z.string().min(1).max(nameLengthMax), z.number().min(0).max(1e9))
  .refine(
    (weights) => Object.values(weights).some((weight) => weight > 0),
    'expected at least one weight above 0',
  );

/**
 * Fills the weights of the eligible actions, divided by their sum.
 *
 * @returns false, and fills nothing, when none of the eligible actions has a weight
 */
export function applySplit(
  weights: ReadonlyMap<string, number>,
  { actions, scores }: AlgorithmInput,
  into: Float64Array,
): boolean {
  let sum = 0;
  for (let i = 0; i < actions.length; i += 1) {
    if (scores.eligible[i]! > 0) sum += weights.get(actions[i]!) ?? 0;
  }
  if (sum === 0) return false;
  for (let i = 0; i < actions.length; i += 1) {
    into[i] = scores.eligible[i]! > 0 ? (weights.get(actions[i]!) ?? 0) / sum : 0;
  }
  return true;
}

export function weightsOf(split: z.infer<typeof Split>): ReadonlyMap<string, number> {
  return new Map(Object.entries(split));
}

/** Fills the same share for every eligible action. */
export function applyEvenly({ scores }: AlgorithmInput, count: number, into: Float64Array): void {
  for (let i = 0; i < scores.actions; i += 1) into[i] = scores.eligible[i]! > 0 ? 1 / count : 0;
}
