/** What is decided by: each action by what was learnt of it, however the request names it. */
import { expect, test } from 'vitest';
import { Policy } from '../../../contracts/policy.ts';
import { explainSteps } from '../../../models/decisions/explainDecision.ts';
import { type Asked, PolicyDecider } from '../../../models/decisions/policyDecider.ts';
import { encodeSituation, preparePolicy } from '../../../models/decisions/preparedPolicy.ts';

const nobody = { affinity: () => 0, seen: () => 0 };
const rewards = { video: 0, text: 0.5, exercise: 1 } as const;

/** Of three actions that were tried alike, `exercise` earns most and `video` nothing. */
function taught(learnerName: string): PolicyDecider {
  const policy = Policy.parse({
    key: 'tutor',
    name: 'Tutor',
    algorithm: { name: 'epsilon-greedy', learner: { name: learnerName } },
    actions: Object.keys(rewards).map((key) => ({ key, name: key, traits: { length: 1 } })),
    traits: { features: [{ kind: 'numeric', field: 'length' }] },
    holdout: 0,
    floor: 0,
  });
  const prepared = preparePolicy(policy, 1);
  const learner = prepared.learner!;
  const { size } = prepared.context;
  const rows = policy.actions.map(({ key, traits }) => {
    const values = new Float64Array(learner.width);
    const x = encodeSituation(prepared, { attributes: {}, traits });
    const reward = rewards[key as keyof typeof rewards];
    for (let i = 0; i < 100; i += 1) {
      learner.learn(values, 0, x.subarray(0, size), x.subarray(size), reward, 1, 0);
    }
    return { values, at: 0 };
  });
  return new PolicyDecider(prepared, learner.model(rows, 0));
}

const asked = (actions: Asked['actions']): Asked => ({
  ...{ id: 'd', user: 'ada', attributes: {}, actions },
  positions: 1,
});

test.each([['linear-disjoint'], ['linear-hybrid'], ['logistic-disjoint']])(
  '%s scores an action that comes with its traits by its own row',
  (learner) => {
    const decider = taught(learner);
    const brought = (...keys: string[]) => keys.map((key) => ({ key, traits: { length: 1 } }));
    const { offered } = decider.decide(asked(brought('exercise', 'video')), nobody).positions[0]!;
    const probabilities = new Map(offered.map((each) => [each.action, each.probability]));
    expect([...probabilities.keys()].toSorted()).toEqual(['exercise', 'video']);
    expect(probabilities.get('exercise')).toBeCloseTo(0.975, 12);
    expect(offered[0]!.traits).toEqual({ length: 1 });
    const steps = explainSteps(decider, asked(brought('exercise', 'text')), nobody);
    let step = steps.next();
    while (step.done !== true) step = steps.next();
    const { actions } = step.value;
    expect(actions[0]).toMatchObject({ action: 'exercise' });
    expect(actions[0]!.mean).toBeGreaterThan(actions.find(({ action }) => action === 'text')!.mean);
  },
);
