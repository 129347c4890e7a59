import { expect, test } from 'vitest';
import { definitionHash } from '../../../contracts/definitionHash.ts';
import { Policy } from '../../../contracts/policy.ts';
import { preparePolicy } from '../../../models/decisions/preparedPolicy.ts';
import { encoderVersion } from '../../../models/rewards/featureEncoder.ts';

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

test('a design is that of the features as they are encoded, and of every parameter, default or not', () => {
  const preparedBy = (parameters: Record<string, unknown>) => {
    const policy = withRewards('linear-disjoint', [0, 1]);
    policy.algorithm.learner!.parameters = parameters;
    return preparePolicy(policy, 1);
  };
  const { design, policy } = preparedBy({});
  expect(preparedBy({ ridge: 1, halfLifeMs: null }).design).toBe(design);
  expect(preparedBy({ ridge: 2 }).design).not.toBe(design);
  const parts = {
    ...{
      learner: 'linear-disjoint',
      parameters: { ridge: 1, halfLifeMs: null, noise: 'estimated' },
    },
    ...{ context: policy.context, traits: policy.traits, reward: policy.reward },
  };
  const hash = (more: object) => definitionHash({ ...parts, ...more }).slice(0, 16);
  expect(design).toBe(hash({ encoder: encoderVersion }));
  expect(design).not.toBe(hash({ encoder: encoderVersion - 1 }));
});
