import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Algorithm } from '../../../models/policies/algorithm.ts';
import { algorithms } from '../../../models/policies/registry.ts';
import { rewardLearners } from '../../../models/rewards/registry.ts';
import { createScores, type Scores } from '../../../models/rewards/scores.ts';
import { normal, randomState } from '../../../stats/random.ts';

/** Parameters where the defaults are not enough. */
const given: Readonly<Record<string, object>> = {
  'fixed-split': { weights: { a: 3, b: 1, d: 0.5 } },
  rules: {
    rules: [
      { when: { field: 'grade', atLeast: 7 }, choose: 'b' },
      { when: { field: 'grade', below: 3 }, choose: { a: 1, c: 3 } },
    ],
    otherwise: { a: 1, b: 1 },
  },
};

function create(name: string, parameters = given[name] ?? {}): Algorithm {
  return algorithms.get(name)!.create(parameters);
}

interface Action {
  readonly mean: number;
  readonly deviation: number;
  readonly eligible: boolean;
}

function scoresOf(actions: readonly Action[], draws = 0, observations = 100): Scores {
  const scores = createScores(actions.length);
  const random = randomState(1);
  scores.independent = draws === 0;
  scores.draws = draws;
  scores.observations = observations;
  scores.faded = observations;
  scores.drawn = new Float64Array(draws * actions.length);
  for (const [i, { mean, deviation, eligible }] of actions.entries()) {
    scores.means[i] = mean;
    scores.rewards[i] = mean;
    scores.deviations[i] = deviation;
    scores.eligible[i] = eligible ? 1 : 0;
    for (let draw = 0; draw < draws; draw += 1) {
      scores.drawn[draw * actions.length + i] = deviation * normal(random);
    }
  }
  return scores;
}

function probabilitiesOf(
  policy: Algorithm,
  scores: Scores,
  attributes = {},
  actions = keys.slice(0, scores.actions),
): number[] {
  const into = new Float64Array(scores.actions).fill(NaN);
  policy.probabilities({ actions, scores, attributes }, into);
  return [...into];
}

const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const action = fc.record({
  // Few values, so that there are ties.
  mean: fc.integer({ min: -2, max: 3 }).map((value) => value / 2),
  deviation: fc.constantFrom(0, 0.1, 0.5, 2),
  eligible: fc.boolean(),
});
const actionLists = fc
  .array(action, { minLength: 1, maxLength: 8 })
  .filter((list) => list.some(({ eligible }) => eligible));
const attributeSets = fc.record({ grade: fc.integer({ min: 1, max: 9 }) }, { requiredKeys: [] });

describe.each([...algorithms.keys()])('%s', (name) => {
  const registered = algorithms.get(name)!;

  test('its line is complete: parameters are described, learners exist', () => {
    expect(registered.name).toBe(name);
    for (const learner of registered.learners) expect(rewardLearners).toHaveProperty(learner);
    for (const [key, schema] of Object.entries(registered.parameters.shape)) {
      expect([key, (schema as { description?: string }).description]).not.toContain(undefined);
    }
    expect(() => registered.create({ ...given[name], nonsense: 1 })).toThrow('nonsense');
  });

  test('gives a distribution over the eligible actions, and follows a permutation of them', () => {
    const policy = create(name);
    const draws = fc.constantFrom(0, 16);
    fc.assert(
      fc.property(actionLists, attributeSets, draws, (list, attributes, count) => {
        const scores = scoresOf(list, count);
        const straight = probabilitiesOf(policy, scores, attributes);
        expect(Math.abs(straight.reduce((sum, each) => sum + each, 0) - 1)).toBeLessThan(1e-12);
        for (const [i, { eligible }] of list.entries()) {
          expect(straight[i]).toBeGreaterThanOrEqual(0);
          if (!eligible) expect(straight[i]).toBe(0);
        }
        const turned = scoresOf([...list].reverse(), count);
        for (let draw = 0; draw < count; draw += 1) {
          for (let i = 0; i < list.length; i += 1) {
            turned.drawn[draw * list.length + i] =
              scores.drawn[draw * list.length + list.length - 1 - i]!;
          }
        }
        const names = keys.slice(0, list.length).reverse();
        const back = probabilitiesOf(policy, turned, attributes, names).reverse();
        for (let i = 0; i < list.length; i += 1) expect(back[i]).toBeCloseTo(straight[i]!, 12);
      }),
    );
  });

  test('refuses to choose among none', () => {
    const scores = scoresOf([{ mean: 0, deviation: 1, eligible: false }]);
    expect(() => probabilitiesOf(create(name), scores)).toThrow(
      'eligible: expected at least one action',
    );
  });
});

const all = (means: readonly number[], deviation = 1) =>
  scoresOf(means.map((mean) => ({ mean, deviation, eligible: true })));

describe('epsilon-greedy', () => {
  // Golden: Vowpal Wabbit, explore_test.cc, epsilon_greedy.
  test('as in Vowpal Wabbit', () => {
    const policy = create('epsilon-greedy', { epsilon: 0.4 });
    expect(probabilitiesOf(policy, all([1, 2, 3, 0]))).toEqual([
      0.1,
      0.1,
      expect.closeTo(0.7, 14),
      0.1,
    ]);
    expect(probabilitiesOf(policy, all([3, 2, 3, 0]))).toEqual([
      expect.closeTo(0.4, 14),
      0.1,
      expect.closeTo(0.4, 14),
      0.1,
    ]);
  });
});

describe('softmax', () => {
  // Golden: Vowpal Wabbit, explore_test.cc, softmax: to three digits there.
  test('as in Vowpal Wabbit', () => {
    const policy = create('softmax', { lambda: 0.2 });
    const found = probabilitiesOf(policy, all([1, 2, 3, 8]));
    for (const [i, expected] of [0.128, 0.157, 0.192, 0.522].entries()) {
      expect(Math.abs(found[i]! - expected)).toBeLessThan(1e-3);
    }
    expect(found[3]! / found[0]!).toBeCloseTo(Math.exp(1.4), 12);
    expect(probabilitiesOf(create('softmax', { lambda: 1e6 }), all([0, 1e300]))).toEqual([0, 1]);
  });
});

describe('squarecb', () => {
  // Golden: the rule of Vowpal Wabbit's cb_explore_adf_squarecb, by hand: costs 0.9, 0.5, 0.3, counter 100, so γ = 100.
  test('as in Vowpal Wabbit, with costs as negative rewards', () => {
    const found = probabilitiesOf(create('squarecb'), all([-0.9, -0.5, -0.3]));
    expect(found[0]).toBeCloseTo(1 / 63, 12);
    expect(found[1]).toBeCloseTo(1 / 23, 12);
    expect(found[2]).toBeCloseTo(1 - 1 / 63 - 1 / 23, 12);
  });

  test('is uniform before the first observation, greedy after many', () => {
    const scores = all([0, 0.5, 1]);
    scores.faded = 0;
    for (const p of probabilitiesOf(create('squarecb'), scores)) expect(p).toBeCloseTo(1 / 3, 12);
    scores.faded = 1e8;
    expect(probabilitiesOf(create('squarecb'), scores)[2]).toBeGreaterThan(0.9999);
  });
});

describe('linucb', () => {
  test('chooses the largest bound, evenly among equal ones', () => {
    const scores = scoresOf([
      { mean: 1, deviation: 0, eligible: true },
      { mean: 0, deviation: 1, eligible: true },
      { mean: 0.5, deviation: 0.25, eligible: true },
    ]);
    expect(probabilitiesOf(create('linucb', { alpha: 1 }), scores)).toEqual([0.5, 0.5, 0]);
    expect(probabilitiesOf(create('linucb', { alpha: 2 }), scores)).toEqual([0, 1, 0]);
  });
});

describe('linear-thompson', () => {
  test('with stored draws the probability is a count', () => {
    const scores = scoresOf(
      [1, 2, 3].map(() => ({ mean: 0, deviation: 1, eligible: true })),
      4,
    );
    scores.drawn.set([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0]);
    const found = probabilitiesOf(create('linear-thompson'), scores);
    expect(found).toEqual([1.5 / 4, 1.5 / 4, 1 / 4]);
    scores.draws = 0;
    expect(() => probabilitiesOf(create('linear-thompson'), scores)).toThrow(
      'draws: expected some of a model whose scores are correlated, got none',
    );
  });

  test('spread 0 is greedy', () => {
    const policy = create('linear-thompson', { spread: 0 });
    expect(probabilitiesOf(policy, all([1, 2, 2]))).toEqual([0, 0.5, 0.5]);
  });
});

describe('fixed-split and rules', () => {
  const list = [true, true, true, true].map((eligible) => ({ mean: 0, deviation: 1, eligible }));

  test('a split is that of the eligible actions; even where none of them has a weight', () => {
    const policy = create('fixed-split');
    expect(probabilitiesOf(policy, scoresOf(list))).toEqual([3 / 4.5, 1 / 4.5, 0, 0.5 / 4.5]);
    const without = scoresOf(list);
    without.eligible.set([0, 1, 1, 0]);
    expect(probabilitiesOf(policy, without)).toEqual([0, 1, 0, 0]);
    without.eligible.set([0, 0, 1, 0]);
    expect(probabilitiesOf(policy, without)).toEqual([0, 0, 1, 0]);
    expect(() => create('fixed-split', { weights: { a: 0 } })).toThrow('at least one weight');
  });

  test('the first rule that holds and can be followed decides', () => {
    const policy = create('rules');
    const scores = scoresOf(list);
    expect(probabilitiesOf(policy, scores, { grade: 8 })).toEqual([0, 1, 0, 0]);
    expect(probabilitiesOf(policy, scores, { grade: 2 })).toEqual([0.25, 0, 0.75, 0]);
    expect(probabilitiesOf(policy, scores, { grade: 5 })).toEqual([0.5, 0.5, 0, 0]);
    expect(probabilitiesOf(policy, scores, {})).toEqual([0.5, 0.5, 0, 0]);
    scores.eligible.set([1, 0, 1, 1]);
    expect(probabilitiesOf(policy, scores, { grade: 8 })).toEqual([1, 0, 0, 0]);
    scores.eligible.set([0, 0, 1, 1]);
    expect(probabilitiesOf(policy, scores, { grade: 8 })).toEqual([0, 0, 0.5, 0.5]);
  });
});
