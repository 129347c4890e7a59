/** A change of one part of a policy, as the switches make it: applied to whatever is newest, and taken back in the same way. */
import type { Action, Policy } from '../../contracts/policy.ts';

export type Change =
  | { readonly kind: 'offer'; readonly action: string; readonly offered: boolean }
  | { readonly kind: 'cap'; readonly action: string; readonly cap: Action['cap'] }
  | { readonly kind: 'pins'; readonly pins: Policy['pins'] }
  | { readonly kind: 'control'; readonly control: string | null }
  | { readonly kind: 'holdout'; readonly holdout: number }
  | { readonly kind: 'floor'; readonly floor: number }
  | { readonly kind: 'algorithm'; readonly algorithm: Policy['algorithm'] };

export function withChange(policy: Policy, change: Change): Policy {
  switch (change.kind) {
    case 'offer':
      return withAction(policy, change.action, (action) => ({
        ...action,
        offered: change.offered,
      }));
    case 'cap':
      return withAction(policy, change.action, ({ cap: _, ...action }) =>
        change.cap === undefined ? action : { ...action, cap: change.cap },
      );
    case 'pins':
      return { ...policy, pins: change.pins };
    case 'control':
      return { ...policy, control: change.control };
    case 'holdout':
      return { ...policy, holdout: change.holdout };
    case 'floor':
      return { ...policy, floor: change.floor };
    case 'algorithm':
      return { ...policy, algorithm: change.algorithm };
  }
}

/** What brings back what there was before a change. */
export function inverseOf(policy: Policy, change: Change): Change {
  switch (change.kind) {
    case 'offer':
      return { ...change, offered: actionOf(policy, change.action)?.offered ?? true };
    case 'cap':
      return { ...change, cap: actionOf(policy, change.action)?.cap };
    case 'pins':
      return { ...change, pins: policy.pins };
    case 'control':
      return { ...change, control: policy.control };
    case 'holdout':
      return { ...change, holdout: policy.holdout };
    case 'floor':
      return { ...change, floor: policy.floor };
    case 'algorithm':
      return { ...change, algorithm: policy.algorithm };
  }
}

export function actionOf({ actions }: Pick<Policy, 'actions'>, key: string): Action | undefined {
  return actions.find((action) => action.key === key);
}

export function nameOfAction(policy: Pick<Policy, 'actions'>, key: string): string {
  return actionOf(policy, key)?.name ?? key;
}

function withAction(policy: Policy, key: string, make: (action: Action) => Action): Policy {
  return {
    ...policy,
    actions: policy.actions.map((action) => (action.key === key ? make(action) : action)),
  };
}
