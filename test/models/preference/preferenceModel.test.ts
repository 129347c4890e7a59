import { describe, expect, test } from 'vitest';
import { emptyAffinity } from '../../../models/preference/affinity.ts';
import {
  emptyPopulation,
  experienceLevels,
  experienceWidth,
  type Population,
  wholeAt,
} from '../../../models/preference/population.ts';
import { preferenceModel } from '../../../models/preference/preferenceModel.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';

const hour = 3_600_000;
const start = 1_700_000_000_000;
const users = 400;
const values = 6;

interface Simulated {
  readonly model: ReturnType<typeof preferenceModel>;
  readonly population: Population;
  readonly rows: Float64Array;
  readonly likings: Float64Array;
  /** Mean squared error of predictions in the second half, by signal. */
  readonly losses: readonly [number, number];
}

/** Outcomes of users who differ as told: a signal of noise 0.3² around 0.1, and one of noise 0.6² around −0.2. */
function simulate(level: number, own: number, events: number, seed: number): Simulated {
  const random = randomState(seed);
  const model = preferenceModel(
    [
      { usual: 0, weight: 1 },
      { usual: 0, weight: 0.25 },
    ],
    { halfLifeMs: 1e12 },
  );
  const population = emptyPopulation(2);
  const rows = new Float64Array(users * model.users.width);
  const usual = Float64Array.from({ length: values }, () => 0.1 * normal(random));
  const likings = new Float64Array(users * values);
  for (let user = 0; user < users; user += 1) {
    const own0 = level * normal(random);
    for (let value = 0; value < values; value += 1) {
      likings[user * values + value] = usual[value]! + own0 + own * normal(random);
    }
  }
  const losses = [0, 0];
  const counts = [0, 0];
  for (let i = 0; i < events; i += 1) {
    const user = Math.floor(uniform(random) * users);
    const value = Math.floor(uniform(random) * values);
    const signal = i % 2;
    const noise = signal === 0 ? 0.3 : 0.6;
    const outcome =
      (signal === 0 ? 0.1 : -0.2) + likings[user * values + value]! + noise * normal(random);
    const at = user * model.users.width;
    const time = start + i * 1_000;
    const expected = model.learn(population, rows, at, value, signal, outcome, time);
    if (i < events / 2) continue;
    losses[signal]! += (expected - outcome) ** 2;
    counts[signal]! += 1;
  }
  return {
    ...{ model, population, rows, likings },
    losses: [losses[0]! / counts[0]!, losses[1]! / counts[1]!],
  };
}

describe('the spread of users', () => {
  // The promise: the moments find the variances by which the users were drawn, in each of three worlds.
  test.each([
    [0.2, 0.3],
    [0, 0.3],
    [0.3, 0.05],
  ])('of level %f and own %f is found', (level, own) => {
    const { model, population } = simulate(level, own, 40_000, 3);
    const spread = { level: 0, own: 0, noise: 0, total: 0 };
    model.spread(population, start + 40_000_000, spread);
    expect(Math.sqrt(spread.level)).toBeCloseTo(level, level === 0 ? 0.9 : 1.3);
    expect(Math.sqrt(spread.own)).toBeCloseTo(own, 1.3);
    expect(Math.sqrt(spread.noise)).toBeCloseTo(0.3, 1.5);
  });

  test('is a tenth of the total for each until anything is known', () => {
    const model = preferenceModel([{ usual: 0, weight: 1 }]);
    const spread = { level: 0, own: 0, noise: 0, total: 0 };
    model.spread(emptyPopulation(1), start, spread);
    expect(spread.total).toBe(0.25);
    expect(spread.level).toBeCloseTo(0.025, 12);
    expect(spread.own).toBeCloseTo(0.025, 12);
    expect(spread.noise).toBeCloseTo(0.2, 12);
  });
});

describe('what is learnt of liking', () => {
  // Golden: the formulas in Python, over the list of all outcomes before each, without landmarks or running sums.
  test('agrees with its formulas', () => {
    const model = preferenceModel(
      [
        { usual: 0, weight: 1 },
        { usual: 0.1, weight: 0.2 },
      ],
      { halfLifeMs: 1_000 },
    );
    const population = emptyPopulation(2);
    const rows = new Float64Array(2 * model.users.width);
    // User, value, signal, outcome, time; what is expected before it.
    const steps = [
      [0, 0, 0, 0.5, 0, 0.0],
      [0, 1, 1, -1, 100, 0.14324962343293735],
      [1, 0, 0, -0.5, 300, 0.26166190527879085],
      [0, 0, 1, 1, 700, 0.0020803113105359802],
      [1, 1, 0, 0, 1500, -0.0626316472702042],
      [1, 0, 1, 1, 1600, 0.055628977485656324],
      [0, 1, 0, 1, 2600, -0.0073581070312414365],
      [1, 0, 0, 0.25, 2700, 0.3299464893392575],
    ] as const;
    for (const [user, value, signal, outcome, time, expected] of steps) {
      const at = user * model.users.width;
      const seen = model.learn(population, rows, at, value, signal, outcome, time);
      expect(seen).toBeCloseTo(expected, 12);
    }
  });

  test('predicts nearly as well as one who knows it, from both signals', () => {
    const { losses } = simulate(0.2, 0.3, 40_000, 4);
    // Noise alone would be 0.09 and 0.36; who knew nothing of users would have 0.13 more.
    expect(losses[0]).toBeLessThan(0.09 + 0.025);
    expect(losses[1]).toBeLessThan(0.36 + 0.03);
  });

  test('holds the true liking within 1.96 standard errors in about 95 of 100', () => {
    const { model, population, rows, likings } = simulate(0.2, 0.3, 8_000, 5);
    const affinity = emptyAffinity();
    // What all likings have in common cannot be told from the usual outcome of the signals: 0 is their mean.
    const common = likings.reduce((sum, each) => sum + each, 0) / likings.length;
    let inside = 0;
    for (let i = 0; i < users * values; i += 1) {
      const at = Math.floor(i / values) * model.users.width;
      model.affinity(population, rows, at, i % values, start + 8_000_000, affinity);
      if (Math.abs(affinity.mean - likings[i]! + common) < 1.96 * affinity.standardError)
        inside += 1;
    }
    expect(inside / (users * values)).toBeGreaterThan(0.93);
    expect(inside / (users * values)).toBeLessThan(0.975);
  });

  test('is worth more the more is known of a user, and the population tells by how much', () => {
    const { population } = simulate(0.2, 0.3, 12_000, 6);
    const gains = experienceLevels.map((_, i) => {
      const at = wholeAt.experience + i * experienceWidth;
      const [count, error, deviation] = population.whole.subarray(at, at + experienceWidth);
      return count! > 0 ? 1 - error! / deviation! : Number.NaN;
    });
    expect(gains[0]).toBeCloseTo(0, 2);
    expect(gains[3]).toBeGreaterThan(0.05);
    expect(gains[5]).toBeGreaterThan(gains[3]!);
  });

  test('of an unknown value is the user’s level, of an unknown user the population’s', () => {
    const model = preferenceModel([{ usual: 0, weight: 1 }], { halfLifeMs: hour });
    const population = emptyPopulation(1);
    const rows = new Float64Array(2 * model.users.width);
    for (let i = 0; i < 200; i += 1) {
      const at = (i % 2) * model.users.width;
      model.learn(population, rows, at, i % 3, 0, i % 2 === 0 ? 0.8 : -0.6, start + i);
    }
    const affinity = emptyAffinity();
    model.affinity(population, rows, 0, -1, start + 200, affinity);
    expect(affinity.mean).toBeGreaterThan(0.4);
    expect(affinity.own).toBeCloseTo(0, 12);
    model.affinity(population, rows, -1, 0, start + 200, affinity);
    expect(affinity.mean).toBe(affinity.population);
    // Months later nothing is left of it.
    model.affinity(population, rows, 0, 0, start + 4_000 * hour, affinity);
    expect(Math.abs(affinity.mean)).toBeLessThan(1e-9);
  });

  test('adds up over partitions in any order', () => {
    const model = preferenceModel([{ usual: 0, weight: 1 }], { halfLifeMs: hour });
    const parts = [emptyPopulation(1), emptyPopulation(1)];
    const rows = new Float64Array(2 * model.users.width);
    const random = randomState(9);
    for (let i = 0; i < 400; i += 1) {
      const user = i % 2;
      const outcome = 0.5 * normal(random);
      // Half a year apart, so that the landmarks differ.
      const time = start + i * 1_000 + user * 180 * 24 * hour;
      model.learn(parts[user]!, rows, user * model.users.width, i % 3, 0, outcome, time);
    }
    const merged = emptyPopulation(1);
    const reversed = emptyPopulation(1);
    for (const [into, order] of [
      [merged, parts],
      [reversed, parts.toReversed()],
    ] as const) {
      for (const part of order) {
        model.sums.whole.merge(into.whole, 0, part.whole, 0);
        part.values.forEach((value, number) => {
          into.values[number] ??= new Float64Array(value.length);
          model.sums.plain.merge(into.values[number]!, 0, value, 0);
        });
      }
    }
    expect([...merged.whole]).toEqual([...reversed.whole]);
    expect(merged.values).toEqual(reversed.values);
  });

  test('refuses a signal of no weight', () => {
    expect(() => preferenceModel([{ usual: 0, weight: 0 }])).toThrow(
      'signals[0].weight: expected > 0, got 0',
    );
  });
});
