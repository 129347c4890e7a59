/** What an event earns a decision, by the rules of its policy, and what several events of one decision earn together. */
import { holds } from '../../contracts/conditionTruth.ts';
import { EngineError } from '../../contracts/errors.ts';
import type { Reward, RewardRule } from '../../contracts/policy.ts';

/** Reads a field of the event by its name. */
export type ReadField = (field: string) => unknown;

/** The first rule that admits the event; undefined when none does. */
export function ruleFor({ rules }: Pick<Reward, 'rules'>, read: ReadField): RewardRule | undefined {
  return rules.find(({ filter }) => holds(filter, read));
}

/**
 * The reward of an event.
 *
 * @returns NaN when the rule takes the event's `value`, and there is none
 * @throws EngineError REWARD_INVALID beyond the policy's bounds
 */
export function rewardOf(
  rule: RewardRule,
  { bounds }: Pick<Reward, 'bounds'>,
  value: number,
): number {
  const earned =
    typeof rule.value === 'number' ? rule.value : rule.value.times * value + rule.value.plus;
  const [least, largest] = bounds;
  if (earned < least || earned > largest) {
    throw new EngineError(
      'REWARD_INVALID',
      `value: expected a reward in [${least}, ${largest}], got ${earned}`,
    );
  }
  return earned;
}

/**
 * The reward with one event more. A sum is held within the bounds.
 *
 * @param before NaN before the first event
 * @param isLater whether the event is later than those before it, in event time
 */
export function combined(
  { combine, bounds: [least, largest] }: Pick<Reward, 'combine' | 'bounds'>,
  before: number,
  earned: number,
  isLater: boolean,
): number {
  if (Number.isNaN(before)) return earned;
  switch (combine) {
    case 'first':
      return before;
    case 'last':
      return isLater ? earned : before;
    case 'sum':
      return Math.min(largest, Math.max(least, before + earned));
    case 'largest':
      return Math.max(before, earned);
  }
}
