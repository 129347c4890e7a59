/** Policies at work: a linear world in which the engine's whole path from features to a draw must find what is best. */
import { describe, expect, test } from 'vitest';
import { type Chooser, choose } from '../../../benchmarks/support/choose.ts';
import type { RowPlace } from '../../../models/linear/hybridPosterior.ts';
import { algorithms } from '../../../models/policies/registry.ts';
import { interact } from '../../../models/rewards/interaction.ts';
import { rewardLearners } from '../../../models/rewards/registry.ts';
import { createScores } from '../../../models/rewards/scores.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';

const actions = ['a', 'b', 'c', 'd'];
const contextSize = 3;
/** What each action earns: probabilities from 0.1 to 0.9, each the best somewhere. */
const truth = [
  [0.5, 0.35, 0],
  [0.5, -0.35, 0],
  [0.45, 0, 0.35],
  [0.45, 0, -0.35],
];
/** Features of the actions: enough to tell them apart. */
const features = [
  [1, 1, 0, 0],
  [1, -1, 0, 0],
  [1, 0, 1, 0],
  [1, 0, -1, 0],
].map((row) => Float64Array.from(row));

interface Outcome {
  /** What the best would have earned more, by quarter of the time. */
  readonly regrets: readonly number[];
  /** Σ over decisions of (chosen − probability), of the first action, over its standard deviation. */
  readonly calibration: number;
}

function play(policyName: string, learnerName: string, rounds: number, seed: number): Outcome {
  const random = randomState(seed);
  const policy = algorithms.get(policyName)!.create();
  const sizes = { context: contextSize, interaction: 4 * contextSize };
  const learner = rewardLearners[learnerName]?.create(sizes);
  const count = learner?.rows === 'action' ? actions.length : 1;
  const width = learner?.width ?? 0;
  const values = new Float64Array(count * width);
  const rows = Array.from({ length: count }, (_, i): RowPlace => ({ values, at: i * width }));
  const context = new Float64Array(contextSize);
  const interactions = features.map(() => new Float64Array(4 * contextSize));
  const probabilities = new Float64Array(actions.length);
  const scores = createScores(actions.length);
  let chooser: Chooser = { policy, floor: 0, actions, scores, probabilities };
  const regrets = [0, 0, 0, 0];
  let excess = 0;
  let variance = 0;
  for (let round = 0; round < rounds; round += 1) {
    if (round % 25 === 0) {
      const model = learner?.model(rows, round, { draws: policy.draws, seed: round });
      chooser = { ...chooser, model };
    }
    context[0] = 1;
    for (let i = 1; i < contextSize; i += 1) context[i] = 2 * uniform(random) - 1;
    for (const [i, feature] of features.entries()) interact(feature, context, interactions[i]!);
    const chosen = choose(chooser, { context, interactions }, {}, uniform(random));
    const probability = probabilities[0]!;
    excess += (chosen === 0 ? 1 : 0) - probability;
    variance += probability * (1 - probability);
    const means = truth.map((weights) => weights.reduce((sum, w, i) => sum + w * context[i]!, 0));
    const reward = uniform(random) < means[chosen]! ? 1 : 0;
    regrets[Math.floor((4 * round) / rounds)]! += Math.max(...means) - means[chosen]!;
    const at = learner?.rows === 'action' ? chosen * width : 0;
    learner?.learn(values, at, context, interactions[chosen]!, reward, 1, round);
  }
  return { regrets, calibration: excess / Math.sqrt(variance) };
}

const rounds = 2_400;
const uniformRegret = play('uniform', 'none', rounds, 1).regrets.reduce((sum, each) => sum + each);

describe('regret', () => {
  // A uniform choice has the same regret in every quarter of the time; where regret grows more slowly than time, the last
  // quarter has less than the first.
  test.each([
    ['linucb', 'linear-disjoint'],
    ['linucb', 'linear-shared'],
    ['linucb', 'linear-hybrid'],
    ['linear-thompson', 'linear-disjoint'],
    ['linear-thompson', 'linear-shared'],
    ['linear-thompson', 'linear-hybrid'],
    ['logistic-thompson', 'logistic-disjoint'],
    ['logistic-thompson', 'logistic-shared'],
    ['logistic-thompson', 'logistic-diagonal'],
    ['squarecb', 'linear-disjoint'],
    ['epsilon-greedy', 'linear-disjoint'],
  ])('%s by %s falls behind uniform and slows down', (policy, learner) => {
    const { regrets, calibration } = play(policy, learner, rounds, 7);
    const total = regrets.reduce((sum, each) => sum + each);
    expect(total / uniformRegret).toBeLessThan(0.15);
    expect(regrets[3]! / regrets[0]!).toBeLessThan(0.5);
    // What is chosen is chosen as often as was logged.
    if (!Number.isNaN(calibration)) expect(Math.abs(calibration)).toBeLessThan(4);
  });
});

describe('a choice', () => {
  test('constraints hold for what is drawn', () => {
    const random = randomState(3);
    const scores = createScores(4);
    scores.eligible.set([1, 0, 1, 1]);
    const probabilities = new Float64Array(4);
    const policy = algorithms.get('linucb')!.create();
    const learner = rewardLearners['linear-disjoint']!.create({ context: 1, interaction: 0 });
    const values = new Float64Array(4 * learner.width);
    const rows = actions.map((_, i) => ({ values, at: i * learner.width }));
    const context = Float64Array.of(1);
    for (let t = 0; t < 100; t += 1) {
      learner.learn(values, 2 * learner.width, context, context, 1 + normal(random) / 10, 1, t);
    }
    const chooser: Chooser = {
      policy,
      model: learner.model(rows, 100),
      floor: 0.3,
      actions,
      scores,
      probabilities,
    };
    // Unseen actions have the largest bound: 0 + 1 / √λ against 1 ± 0.1.
    const counts = [0, 0, 0, 0];
    for (let draw = 0; draw < 10_000; draw += 1) {
      counts[choose(chooser, { context, interactions: [] }, {}, uniform(random))]! += 1;
    }
    expect([...probabilities]).toEqual([
      expect.closeTo(0.1, 12),
      0,
      expect.closeTo(0.8, 12),
      expect.closeTo(0.1, 12),
    ]);
    expect(counts[1]).toBe(0);
    expect(Math.abs(counts[2]! / 10_000 - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / 10_000));
  });
});
