import { describe, expect, test } from 'vitest';
import {
  type Affinity,
  emptyAffinity,
  readAffinity,
  readLevel,
} from '../../../models/preference/affinity.ts';
import { emptyPopulation, plainWidth } from '../../../models/preference/population.ts';
import { userRows } from '../../../models/preference/userRow.ts';
import { normal, randomState } from '../../../stats/random.ts';

const layout = userRows({ halfLifeMs: 1e12, fatigueHalfLifeMs: 1e12, valuesMax: 3 });
const spread = { level: 0.05, own: 0.12, noise: 0.3, total: 0.47 };

/** Three values that all like as usual, known from so many outcomes that there is no doubt. */
const population = emptyPopulation(0);
for (let value = 0; value < 3; value += 1) {
  const row = new Float64Array(plainWidth);
  row.set([1e12, 0, 1e12]);
  population.values.push(row);
}

function read(row: Float64Array, at: number, value: number): { affinity: Affinity; level: number } {
  const level = { mean: 0, variance: 0 };
  readLevel(layout, row, at, 1, population, () => 1, spread, level);
  const affinity = emptyAffinity();
  const entry = at < 0 ? -1 : layout.find(row, at, value);
  readAffinity(row, entry, 1, population.values[value], 1, spread, level, affinity);
  return { affinity, level: level.mean };
}

describe('the liking of a user', () => {
  // Golden: conditioning of the joint normal distribution of the three likings on the two means, by NumPy's linear algebra.
  test('is the posterior of the random-effects model', () => {
    const row = new Float64Array(layout.width);
    layout.add(row, 0, 0, 3, 3 * 0.6, 0, () => 0);
    layout.add(row, 0, 1, 0.5, 0.5 * -0.4, 0, () => 0);
    const expected = [
      [0.36533593, 0.25002434],
      [0.00311587, 0.35605761],
      [0.08373905, 0.39819456],
    ] as const;
    expected.forEach(([mean, standardError], value) => {
      const { affinity, level } = read(row, 0, value);
      expect(level).toBeCloseTo(0.08373904576436222, 12);
      expect(affinity.mean).toBeCloseTo(mean, 7);
      expect(affinity.standardError).toBeCloseTo(standardError, 7);
      expect(affinity.population + affinity.level + affinity.own).toBeCloseTo(affinity.mean, 14);
    });
  });

  test('of one who was never seen is that of the population, as uncertain as users differ', () => {
    const { affinity } = read(new Float64Array(0), -1, 0);
    expect(affinity.mean).toBe(0);
    expect(affinity.standardError).toBeCloseTo(Math.sqrt(0.05 + 0.12), 10);
  });

  // The promise: 1.96 standard errors hold the true liking in 95 % of 3,000 users, whatever they have said.
  test('lies within its standard error as often as it should', () => {
    const random = randomState(5);
    const users = 3_000;
    let inside = 0;
    for (let user = 0; user < users; user += 1) {
      const level = Math.sqrt(spread.level) * normal(random);
      const row = new Float64Array(layout.width);
      let truth = 0;
      for (let value = 0; value < 3; value += 1) {
        const liking = level + Math.sqrt(spread.own) * normal(random);
        if (value === user % 3) truth = liking;
        for (let said = 0; said < (user * 7 + value) % 5; said += 1) {
          layout.add(
            row,
            0,
            value,
            1,
            liking + Math.sqrt(spread.noise) * normal(random),
            0,
            () => 0,
          );
        }
      }
      const { affinity } = read(row, 0, user % 3);
      if (Math.abs(affinity.mean - truth) < 1.959964 * affinity.standardError) inside += 1;
    }
    const error = Math.sqrt((0.95 * 0.05) / users);
    expect(Math.abs(inside / users - 0.95)).toBeLessThan(3 * error);
  });
});
