import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowAt } from '../../../models/linear/fadingRow.ts';
import type { RowPlace } from '../../../models/linear/hybridPosterior.ts';
import { explainScore } from '../../../models/rewards/explainScore.ts';
import { rewardLearners } from '../../../models/rewards/registry.ts';
import type { RewardLearner } from '../../../models/rewards/rewardLearner.ts';
import { createScores } from '../../../models/rewards/scores.ts';
import { below, normal, randomState } from '../../../stats/random.ts';
import { featuresAt, rewardAt } from '../linear/observations.ts';

const sizes = { context: 3, interaction: 4 };
const actions = 3;
const start = 1_700_000_000_000;

function rowsOf({ rows, width }: RewardLearner): RowPlace[] {
  const count = rows === 'action' ? actions : 1;
  const values = new Float64Array(count * width);
  return Array.from({ length: count }, (_, i) => ({ values, at: i * width }));
}

interface Decision {
  readonly action: number;
  readonly context: Float64Array;
  readonly interaction: Float64Array;
  readonly reward: number;
  readonly time: number;
}

const vector = (size: number) =>
  fc
    .array(fc.integer({ min: -16, max: 16 }), { minLength: size, maxLength: size })
    .map((eighths) => Float64Array.from(eighths, (eighth) => eighth / 8));
const decision = fc.record({
  action: fc.nat(actions - 1),
  context: vector(sizes.context),
  interaction: vector(sizes.interaction),
  reward: fc.integer({ min: 0, max: 1 }),
  time: fc.integer({ min: start, max: start + 3_600_000 }),
});

function learn(learner: RewardLearner, rows: readonly RowPlace[], each: Decision): void {
  const { values, at } = rows[learner.rows === 'action' ? each.action : 0]!;
  learner.learn(values, at, each.context, each.interaction, each.reward, 1, each.time);
}

describe.each(Object.entries(rewardLearners))('%s', (_, registered) => {
  const create = (parameters: object = {}) => registered.create(sizes, parameters);

  test('its line says what it is, and its defaults are valid', () => {
    const learner = create();
    expect(learner.reads).toBe(registered.reads);
    expect(learner.mergeClass).toBe(registered.mergeClass);
    expect(() => create({ ridge: 0 })).toThrow('ridge');
    expect(() => create({ lambda: 1 })).toThrow('lambda');
    for (const [name, schema] of Object.entries(registered.parameters.shape)) {
      expect([name, (schema as { description?: string }).description]).not.toContain(undefined);
    }
  });

  test('an action without a row has the prior, and a row of none says the same', () => {
    const learner = create({ ridge: 2 });
    const scores = createScores(actions);
    const vectors = {
      context: Float64Array.of(1, 2, 0),
      interactions: Array.from({ length: actions }, () => Float64Array.of(1, 2, 0, 0)),
    };
    const nothing = learner.rows === 'action' ? [undefined, undefined, undefined] : [undefined];
    for (const rows of [nothing, rowsOf(learner)]) {
      learner.model(rows, start).score(vectors, scores);
      const variance = learner.reads === 'both' ? 5 : 2.5;
      for (let action = 0; action < actions; action += 1) {
        expect(scores.means[action]).toBe(0);
        expect(scores.deviations[action]).toBeCloseTo(Math.sqrt(variance), 12);
      }
      expect(scores.observations).toBe(0);
    }
  });

  test('a vector of another size is refused, before it does harm', () => {
    const learner = create();
    const rows = rowsOf(learner);
    const [short, long] = [new Float64Array(2), new Float64Array(5)];
    for (const vector of [short, long]) {
      expect(() => learner.learn(rows[0]!.values, 0, vector, vector, 1, 1, start)).toThrow(
        /expected [34] features, got [25]/,
      );
      const vectors = { context: vector, interactions: [vector, vector, vector] };
      expect(() => learner.model(rows, start).score(vectors, createScores(actions))).toThrow(
        /expected [34] features, got [25]/,
      );
    }
    const { values } = rows[0]!;
    expect(values[rowAt.count]).toBe(0);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  test('reasons add up to the mean and to the deviation', () => {
    const learner = create({ halfLifeMs: 60_000 });
    const scores = createScores(actions);
    fc.assert(
      fc.property(fc.array(decision, { maxLength: 20 }), decision, (list, { context }) => {
        const rows = rowsOf(learner);
        for (const each of list) learn(learner, rows, each);
        const model = learner.model(rows, start + 3_600_000);
        const interactions = Array.from({ length: actions }, (_, i) => featuresAt(i, 4));
        model.score({ context, interactions }, scores);
        expect(scores.observations).toBe(list.length);
        for (let action = 0; action < actions; action += 1) {
          const parts = model.explain({ context, interactions }, action);
          const { mean, deviation, reasons } = explainScore(parts, {
            context: [],
            interaction: [],
          });
          expect(mean).toBeCloseTo(scores.means[action]!, 10);
          expect(deviation).toBeCloseTo(scores.deviations[action]!, 10);
          const total = reasons.reduce((sum, reason) => sum + reason.deviation, 0);
          expect(total).toBeCloseTo(deviation, 10);
        }
      }),
      { numRuns: 30 },
    );
  });

  if (registered.mergeClass === 'exact') {
    test('parts merged in any order score as one learner does', () => {
      const learner = create({ halfLifeMs: 60_000 });
      const parts = fc.array(fc.array(decision, { maxLength: 10 }), { minLength: 1, maxLength: 5 });
      fc.assert(
        fc.property(parts, fc.integer(), (lists, seed) => {
          const whole = rowsOf(learner);
          for (const each of lists.flat()) learn(learner, whole, each);
          const all = lists.map((list) => {
            const rows = rowsOf(learner);
            for (const each of list) learn(learner, rows, each);
            return rows;
          });
          const random = randomState(seed);
          while (all.length > 1) {
            const from = all.splice(below(random, all.length), 1)[0]!;
            const into = all[below(random, all.length)]!;
            for (const [i, row] of into.entries()) {
              learner.merge(row.values, row.at, from[i]!.values, from[i]!.at);
            }
          }
          const vectors = {
            context: featuresAt(2, 3),
            interactions: Array.from({ length: actions }, (_, i) => featuresAt(i, 4)),
          };
          const [left, right] = [whole, all[0]!].map((rows) => {
            const scores = createScores(actions);
            learner.model(rows, start + 3_600_000).score(vectors, scores);
            return scores;
          });
          for (let i = 0; i < actions; i += 1) {
            expect(left!.means[i]).toBeCloseTo(right!.means[i]!, 9);
            expect(left!.deviations[i]).toBeCloseTo(right!.deviations[i]!, 9);
          }
        }),
      );
    });
  }

  // The promise: the draws that stand in for the belief have its deviations, and are centred on its mean.
  if (registered.reads !== 'context') {
    test('joint draws have the deviations of the scores', () => {
      const learner = create();
      const rows = rowsOf(learner);
      const random = randomState(4);
      for (let t = 0; t < 60; t += 1) {
        const context = Float64Array.of(1, normal(random), normal(random));
        const interaction = Float64Array.from([1, 2, 3, 4], () => normal(random));
        const reward = context[1]! + interaction[0]! > 0 ? 1 : 0;
        learn(learner, rows, { action: t % 2, context, interaction, reward, time: start });
      }
      const draws = 4_000;
      const model = learner.model(rows, start, { draws, seed: 11 });
      const scores = createScores(actions);
      const interactions = Array.from({ length: actions }, (_, i) => featuresAt(i + 1, 4));
      model.score({ context: featuresAt(1, 3), interactions }, scores);
      expect(scores.independent).toBe(false);
      expect(scores.draws).toBe(draws);
      for (let action = 0; action < actions; action += 1) {
        let sum = 0;
        let squares = 0;
        for (let draw = 0; draw < draws; draw += 1) {
          const deviation = scores.drawn[draw * actions + action]!;
          sum += deviation;
          squares += deviation * deviation;
        }
        expect(sum / draws).toBeCloseTo(0, 12);
        const ratio = squares / draws / scores.deviations[action]! ** 2;
        // Pairs: the standard error of a variance from 2,000.
        expect(Math.abs(ratio - 1)).toBeLessThan(4 * Math.sqrt(2 / 2_000));
      }
      expect(() => learner.model(rows, start, { draws: 3, seed: 1 })).toThrow(
        'draws: expected an even integer',
      );
    });
  }
});

describe('linear-hybrid', () => {
  // Golden: numpy, ridge regression over (β, θ₁, θ₂, θ₃) with λ = 1; the third action was never seen.
  test('is the ridge regression over all weights at once', () => {
    const learner = rewardLearners['linear-hybrid']!.create({ context: 2, interaction: 2 });
    const factors = [0.5, -1, 2];
    const features = (action: number, x: Float64Array) =>
      Float64Array.of(factors[action]! * x[1]!, factors[action]!);
    const rows = rowsOf(learner);
    for (let t = 0; t < 15; t += 1) {
      const action = t % 2;
      const context = featuresAt(t, 2);
      const { values, at } = rows[action]!;
      learner.learn(values, at, context, features(action, context), rewardAt(t), 1, t);
    }
    const context = Float64Array.of(1, 0.3);
    const scores = createScores(3);
    const interactions = [0, 1, 2].map((action) => features(action, context));
    const golden = [
      [0.3147875382552583, 0.13894529383873686],
      [0.3331839047180442, 0.15059609311759267],
      [-0.15625789830259137, 3.1777538722369676],
    ] as const;
    for (const last of [rows[2], undefined]) {
      learner.model([rows[0], rows[1], last], 15).score({ context, interactions }, scores);
      for (const [action, [mean, variance]] of golden.entries()) {
        expect(scores.means[action]).toBeCloseTo(mean, 12);
        expect(scores.deviations[action]! ** 2).toBeCloseTo(variance, 12);
      }
    }
  });
});

describe('linear-shared', () => {
  test('a new action starts from what others with its features have earned', () => {
    const learner = rewardLearners['linear-shared']!.create({ context: 0, interaction: 2 });
    const row = { values: new Float64Array(learner.width), at: 0 };
    const none = new Float64Array(0);
    for (let t = 0; t < 200; t += 1) {
      const easy = t % 2;
      learner.learn(row.values, 0, none, Float64Array.of(1, easy), 0.2 + 0.6 * easy, 1, t);
    }
    const scores = createScores(2);
    const interactions = [Float64Array.of(1, 1), Float64Array.of(1, 0)];
    learner.model([row], 200).score({ context: none, interactions }, scores);
    expect(scores.means[0]).toBeCloseTo(0.8, 1);
    expect(scores.means[1]).toBeCloseTo(0.2, 1);
  });
});
