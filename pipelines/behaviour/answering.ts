/** Who answers unlike the others: programs in a user's name, and whatever else is as strange. */
import type { BehaviourOptions } from './behaviour.ts';

/** A program is told of some 20 minutes after it began: the window, and how late an event may come. */
export const answering: BehaviourOptions = {
  name: 'answering',
  type: 'answered',
  by: ['user'],
  windowMs: 600_000,
  budgetPerWeek: 0.5,
};
