import { describe, expect, test } from 'vitest';
import {
  exponential,
  normal,
  type RandomState,
  randomState,
  reseed,
  uniform,
} from '../../../sources/campus/random.ts';

const count = 200_000;

function momentsOf(draw: (state: RandomState) => number, step: number): [number, number] {
  const state = randomState();
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i += 1) {
    // The first draw of each of many neighbouring streams: where weak seeding would show.
    reseed(state, 1, i % 500, step + Math.floor(i / 500));
    const x = draw(state);
    sum += x;
    squares += x * x;
  }
  return [sum / count, squares / count - (sum / count) ** 2];
}

describe('the random streams', () => {
  test('go back to the same draws at the same address', () => {
    const state = randomState();
    const drawn = () => {
      reseed(state, 7, 8, 9);
      return [uniform(state), normal(state), exponential(state)];
    };
    expect(drawn()).toEqual(drawn());
  });

  test('have the moments of their distributions across neighbouring streams', () => {
    const error = 5 / Math.sqrt(count);
    const [uniformMean, uniformVariance] = momentsOf(uniform, 0);
    expect(Math.abs(uniformMean - 0.5)).toBeLessThan(error * Math.sqrt(1 / 12));
    expect(Math.abs(uniformVariance - 1 / 12)).toBeLessThan(error * 0.08);
    const [normalMean, normalVariance] = momentsOf(normal, 1_000);
    expect(Math.abs(normalMean)).toBeLessThan(error);
    expect(Math.abs(normalVariance - 1)).toBeLessThan(error * Math.SQRT2);
    const [exponentialMean, exponentialVariance] = momentsOf(exponential, 2_000);
    expect(Math.abs(exponentialMean - 1)).toBeLessThan(error);
    expect(Math.abs(exponentialVariance - 1)).toBeLessThan(error * Math.sqrt(8));
  });

  test('are uncorrelated between neighbouring addresses', () => {
    const one = randomState();
    const other = randomState();
    let sum = 0;
    for (let i = 0; i < count; i += 1) {
      reseed(one, 3, i, 0);
      reseed(other, 3, i + 1, 0);
      sum += (uniform(one) - 0.5) * (uniform(other) - 0.5);
    }
    expect(Math.abs((12 * sum) / count)).toBeLessThan(5 / Math.sqrt(count));
  });
});
