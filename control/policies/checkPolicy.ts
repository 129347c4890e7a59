/** What is wrong with a policy, or worth a remark, in sentences. */

import { z } from 'zod';
import type { DefinitionProblem } from '../../contracts/definitionProblem.ts';
import type { Policy } from '../../contracts/policy.ts';
import { preparePolicy } from '../../models/decisions/preparedPolicy.ts';

/** Under these the engine answers something else: `GET /v1/policies/algorithms`, `POST /v1/policies/check`. */
const takenKeys = new Set(['algorithms', 'check']);

/** @returns undefined for a key that a policy may have */
export function takenKey(key: string): string | undefined {
  if (!takenKeys.has(key)) return undefined;
  return `The key ${key} is an address of the engine: the policy could not be read there. Take another.`;
}

/** Algorithms that choose one action for certain: only a floor lets others be evaluated. */
const certain = new Set(['linucb']);

export function checkPolicy(policy: Policy): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  const say = (severity: DefinitionProblem['severity'], field: string, sentence: string) =>
    problems.push({ severity, field, sentence });
  const { actions, open, floor, holdout, algorithm, control, pins, reward, context } = policy;
  const offered = actions.filter((action) => action.offered);
  const taken = takenKey(policy.key);
  if (taken !== undefined) say('problem', 'key', taken);
  try {
    const { learner } = preparePolicy(policy, 1);
    if (open && learner?.rows === 'action') {
      say(
        'problem',
        'open',
        'Actions that a request brings are unknown before: take a learner that learns by traits, such as linear-shared.',
      );
    }
    if (
      learner !== undefined &&
      context.features.length === 0 &&
      policy.traits.features.length === 0
    ) {
      say('remark', 'context', 'It looks at nothing: everybody gets what is best on average.');
    }
  } catch (error) {
    if (error instanceof z.ZodError) {
      for (const { path, message } of error.issues) {
        const field = path.map(String).join('.');
        say('problem', field, `${field}: ${message}`);
      }
    } else if (error instanceof RangeError) {
      say('problem', error.message.split(':')[0]!, error.message);
    } else {
      throw error;
    }
  }
  if (offered.length === 1 && !open) {
    say('remark', 'actions', 'There is only one action to choose: nothing can be learnt.');
  }
  if (offered.length === 0 && !open) {
    say('problem', 'actions', 'No action is offered: nobody could get anything. Switch one on.');
  }
  const isOff = (key: string) => actions.some((action) => action.key === key && !action.offered);
  if (control !== null && isOff(control)) {
    say(
      'problem',
      'control',
      `The control ${control} is switched off. Switch it on, or take another.`,
    );
  }
  for (const { action } of pins) {
    if (isOff(action)) {
      say(
        'problem',
        'pins',
        `${action} is pinned and switched off. Switch it on, or take the pin away.`,
      );
    }
  }
  const [least, largest] = reward.bounds;
  const { absent } = reward;
  if (absent !== null && (absent < least || absent > largest)) {
    say(
      'problem',
      'reward.absent',
      `reward.absent: expected in [${least}, ${largest}], got ${absent}`,
    );
  }
  if (floor === 0 && certain.has(algorithm.name)) {
    say(
      'remark',
      'floor',
      `Without a floor ${algorithm.name} chooses for certain: what other actions would have earned cannot be known.`,
    );
  }
  if (holdout === 0) {
    say(
      'remark',
      'holdout',
      'Nobody is held out: what the policy is worth against the control will not be known.',
    );
  }
  return problems;
}
