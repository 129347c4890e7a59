/** Every registered policy that learns, with the defaults of the engine; and the learners by which it chooses. */
import { algorithms } from '../../models/policies/registry.ts';
import { rewardLearners } from '../../models/rewards/registry.ts';
import type { Contestant } from './play.ts';

/** Each has its usual one, and those that differ most from it. */
const learners: Readonly<Record<string, readonly string[]>> = {
  linucb: ['linear-disjoint', 'linear-shared', 'linear-hybrid', 'logistic-disjoint'],
  'linear-thompson': ['linear-disjoint', 'linear-shared', 'linear-hybrid'],
  'logistic-thompson': ['logistic-disjoint', 'logistic-shared', 'logistic-diagonal'],
};
const otherwise = ['linear-disjoint', 'linear-shared', 'logistic-disjoint'];

export const contestants: readonly Contestant[] = [...algorithms.values()]
  .filter((policy) => policy.learners.length > 0)
  .flatMap(({ name }) =>
    (learners[name] ?? otherwise).map((learner) => ({ policy: name, learner })),
  );

export function nameOf({ policy, learner = '' }: Contestant): string {
  return `${policy} ${learner}`;
}

const missing = Object.keys(rewardLearners).filter((name) =>
  contestants.every(({ learner }) => learner !== name),
);
if (missing.length > 0) throw new RangeError(`learners: expected all of them, got no ${missing}`);
