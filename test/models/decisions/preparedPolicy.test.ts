import { expect, test } from 'vitest';
import { Policy } from '../../../contracts/policy.ts';
import { preparePolicy } from '../../../models/decisions/preparedPolicy.ts';

function withRewards(learner: string, bounds: [number, number]): Policy {
  return Policy.parse({
    ...{ key: 'minutes', name: 'Minutes' },
    algorithm: { name: 'linucb', learner: { name: learner, parameters: {} } },
    actions: ['a', 'b'].map((key) => ({ key, name: key })),
    reward: { bounds },
  });
}

test('a learner of probabilities is refused rewards that are none', () => {
  for (const bounds of [
    [0, 5],
    [-1, 1],
  ] as const) {
    expect(() => preparePolicy(withRewards('logistic-disjoint', [...bounds]), 1)).toThrow(
      `reward.bounds: expected within [0, 1] for logistic-disjoint, got [${bounds.join(', ')}]`,
    );
    expect(() => preparePolicy(withRewards('linear-disjoint', [...bounds]), 1)).not.toThrow();
  }
  expect(() => preparePolicy(withRewards('logistic-disjoint', [0, 1]), 1)).not.toThrow();
  expect(() => preparePolicy(withRewards('logistic-disjoint', [0.2, 0.5]), 1)).not.toThrow();
});
