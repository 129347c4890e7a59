/** Why somebody would get what: the parts add up, and what is said would change the choice does. */
import { expect, test } from 'vitest';
import { Policy, type PolicyInput } from '../../../contracts/policy.ts';
import { type Explanation, explainSteps } from '../../../models/decisions/explainDecision.ts';
import { PolicyDecider } from '../../../models/decisions/policyDecider.ts';
import { encodeSituation, preparePolicy } from '../../../models/decisions/preparedPolicy.ts';
import { randomState, uniform } from '../../../stats/random.ts';

const nobody = { affinity: () => 0, seen: () => 0 };

/** All steps at once. */
function explainDecision(...of: Parameters<typeof explainSteps>): Explanation {
  const steps = explainSteps(...of);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** Video earns more below grade 8, text above it. */
function taught(changes: Partial<PolicyInput> = {}): PolicyDecider {
  const policy = Policy.parse({
    key: 'tutor',
    name: 'Tutor',
    algorithm: { name: 'epsilon-greedy' },
    actions: [
      { key: 'video', name: 'Video' },
      { key: 'text', name: 'Text' },
    ],
    context: {
      features: [
        { kind: 'numeric', field: 'grade', centre: 8, scale: 2 },
        { kind: 'categorical', field: 'programme', buckets: 4 },
      ],
    },
    holdout: 0,
    ...changes,
  });
  const prepared = preparePolicy(policy, 1);
  const { learner, context } = prepared;
  const random = randomState(7);
  const rows = policy.actions.map(({ key }) => {
    const values = new Float64Array(learner!.width);
    for (let i = 0; i < 400; i += 1) {
      const grade = 4 + 8 * uniform(random);
      const reward = (key === 'video') === grade < 8 ? 1 : 0;
      const attributes = { grade, programme: i % 2 === 0 ? 'law' : 'arts' };
      const x = encodeSituation(prepared, { attributes, traits: {} });
      learner!.learn(values, 0, x.subarray(0, context.size), x, reward, 1, 0);
    }
    return { values, at: 0 };
  });
  return new PolicyDecider(prepared, learner!.model(rows, 0));
}

const asked = (attributes: Readonly<Record<string, unknown>>) => ({
  ...{ id: 'd', user: 'ada', attributes },
  positions: 1,
});

test('the reasons of an action add up to its score, and name what was looked at', () => {
  const { actions, decided } = explainDecision(
    taught(),
    asked({ grade: 5, programme: 'law' }),
    nobody,
  );
  expect(decided.way).toBe('policy');
  expect(actions.map(({ action }) => action)).toEqual(['video', 'text']);
  expect(actions[0]!.probability).toBeGreaterThan(0.9);
  for (const { mean, reasons } of actions) {
    expect(reasons.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(mean, 10);
    expect(reasons.map(({ name }) => name).toSorted()).toEqual([
      'bias',
      'grade',
      'programme = law',
    ]);
  }
});

test('the nearest other value is near where the best action changes, and does change it', () => {
  const decider = taught();
  const { otherwise } = explainDecision(decider, asked({ grade: 5, programme: 'law' }), nobody);
  const [flip] = otherwise;
  expect(flip!.action).toBe('text');
  const grade = flip!.attributes['grade'] as number;
  expect(grade).toBeGreaterThan(7);
  expect(grade).toBeLessThan(9);
  const best = (value: number) =>
    explainDecision(decider, asked({ grade: value, programme: 'law' }), nobody).actions[0]!.action;
  expect(best(grade)).toBe('text');
  expect(best(grade - 0.01)).toBe('video');
});

test('what is asked instead is answered; where nothing was learnt nothing is explained', () => {
  const wished = explainDecision(taught(), asked({ grade: 5 }), nobody, [{ grade: 11 }]);
  expect(wished.otherwise[0]).toEqual({ attributes: { grade: 11 }, action: 'text' });
  const decider = taught();
  decider.model = undefined;
  const { actions, otherwise } = explainDecision(decider, asked({ grade: 5 }), nobody);
  expect(actions.map(({ mean, reasons }) => ({ mean, reasons }))).toEqual([
    { mean: Number.NaN, reasons: [] },
    { mean: Number.NaN, reasons: [] },
  ]);
  expect(otherwise).toEqual([]);
});

test('gives way after each value that it tries', () => {
  const cap = { times: 1_000, withinMs: 60_000 };
  const decider = taught({
    actions: [
      { key: 'video', name: 'Video', cap },
      { key: 'text', name: 'Text' },
    ],
  });
  let decided = 0;
  let most = 0;
  let all = 0;
  const counting = {
    ...nobody,
    seen() {
      decided += 1;
      all += 1;
      return 0;
    },
  };
  const steps = explainSteps(decider, asked({ grade: 5 }), counting, [{ grade: 6 }, { grade: 11 }]);
  for (let step = steps.next(); step.done !== true; step = steps.next()) {
    most = Math.max(most, decided);
    decided = 0;
  }
  expect(all).toBeGreaterThan(20);
  expect(most).toBeLessThanOrEqual(3);
});
