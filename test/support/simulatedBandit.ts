/** A log of known truth: what each action is worth to whom is given, and a policy that learns as it goes has decided. */
import { Policy, type PolicyInput } from '../../contracts/policy.ts';
import type { LoggedChoice } from '../../models/evaluation/loggedChoice.ts';
import { randomState, uniform } from '../../stats/random.ts';
import { start } from './policyLines.ts';

export const arms = ['video', 'text', 'exercise'] as const;
export const programmes = ['arts', 'law'] as const;

/** Chance of a reward of 1, by programme and action. */
export const worth: Readonly<Record<string, readonly number[]>> = {
  arts: [0.6, 0.3, 0.2],
  law: [0.1, 0.3, 0.5],
};

/** Mean reward of given probabilities in a programme. */
export function meanReward(programme: string, probabilities: ArrayLike<number>): number {
  return worth[programme]!.reduce((sum, each, i) => sum + each * probabilities[i]!, 0);
}

export function banditPolicy(changes: Partial<PolicyInput> = {}): Policy {
  return Policy.parse({
    ...{ key: 'tutor', name: 'What the tutor suggests', algorithm: { name: 'linucb' } },
    actions: arms.map((key) => ({ key, name: key })),
    context: { features: [{ kind: 'categorical', field: 'programme', buckets: 8 }] },
    ...{ floor: 0.2, control: 'text', reward: { absent: 0 } },
    ...changes,
  });
}

/** What an expert would do. */
export const expert = banditPolicy({
  key: 'expert',
  algorithm: {
    name: 'rules',
    parameters: {
      rules: [{ when: { field: 'programme', is: 'arts' }, choose: 'video' }],
      otherwise: 'exercise',
    },
  },
  floor: 0,
});

const minute = 60_000;

/**
 * Decisions, one a minute, each answered after three: by the best of the means so far with chance 0.7, else evenly.
 *
 */
export function playBandit(decisions: number, seed: number): LoggedChoice[] {
  const random = randomState(seed);
  const counts = { arts: [1, 1, 1], law: [1, 1, 1] };
  const sums = { arts: [0.5, 0.5, 0.5], law: [0.5, 0.5, 0.5] };
  return Array.from({ length: decisions }, (_, i) => {
    const programme = programmes[uniform(random) < 0.4 ? 0 : 1];
    const means = sums[programme].map((sum, arm) => sum / counts[programme][arm]!);
    const best = means.indexOf(Math.max(...means));
    const chances = arms.map((__, arm) => 0.1 + (arm === best ? 0.7 : 0));
    const draw = uniform(random);
    const arm = draw < chances[0]! ? 0 : draw < chances[0]! + chances[1]! ? 1 : 2;
    const reward = uniform(random) < worth[programme]![arm]! ? 1 : 0;
    counts[programme][arm]! += 1;
    sums[programme][arm]! += reward;
    const time = start + i * minute;
    return {
      ...{ id: `d${i}`, time, knownAt: time + 3 * minute, way: 'policy' as const },
      ...{ action: arms[arm]!, probability: chances[arm]!, attributes: { programme }, reward },
      offered: arms.map((action, j) => ({ action, probability: chances[j]! })),
    };
  });
}
