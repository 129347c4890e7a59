/** A decision of the log with what it has earned: what other policies are judged by. */

import type { Attributes } from '../../contracts/attributes.ts';
import type { DecisionWay, Offered } from '../../contracts/decisionFields.ts';

export interface LoggedChoice {
  /** Id of the decision. */
  readonly id: string;
  /** Event time, ms since 1970. */
  readonly time: number;
  /** When its reward was learnt, ms since 1970; ≥ `time`. */
  readonly knownAt: number;
  readonly way: DecisionWay;
  /** The chosen one. */
  readonly action: string;
  readonly probability: number;
  /** With the affinities that were served, under `preference`. */
  readonly attributes: Attributes;
  /** All that could have been chosen, the chosen one included; empty where that was not logged. */
  readonly offered: readonly Offered[];
  /** NaN: nothing came of it, and nothing is assumed. */
  readonly reward: number;
}

/** How far the probabilities of what was offered may be from what they must be. */
const tolerance = 1e-6;

/** Whether it says with which probability each action would have been chosen. */
export function hasPropensities({ action, probability, offered }: LoggedChoice): boolean {
  let sum = 0;
  let own = NaN;
  for (const each of offered) {
    sum += each.probability;
    if (each.action === action) own = each.probability;
  }
  return Math.abs(sum - 1) <= tolerance && Math.abs(own - probability) <= tolerance && own > 0;
}
