import { expect, test } from 'vitest';
import { tailProbability } from '../../../stats/extremes/tailProbability.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';

const options = { memory: 20_000, share: 0.05, trimmed: 0.005, shape: 0.15 };

test('before there are enough scores: two sides of Student’s law with four degrees of freedom', () => {
  const tail = tailProbability(options);
  const state = tail.initial();
  // 2 · scipy.stats.t.sf(x, 4), scipy 1.17.1.
  expect(tail.of(state, 2.776445105198055)).toBeCloseTo(0.05, 9);
  expect(tail.of(state, 8.610301581379378)).toBeCloseTo(0.001, 9);
  expect(tail.of(state, 0)).toBe(1);
  for (let i = 0; i < 999; i += 1) tail.step(state, 1);
  expect(tail.isFitted(state)).toBe(false);
});

test('scores that follow the law get their probabilities, counted within and computed beyond', () => {
  const { shape } = options;
  const tail = tailProbability(options);
  const state = tail.initial();
  const n = 20_000;
  const valueAt = (probability: number) => (probability ** -shape - 1) / shape;
  // All quantiles in an order that is spread: 7919 and n have no common divisor.
  for (let i = 0; i < n; i += 1) tail.step(state, valueAt((((i * 7_919) % n) + 0.5) / n));
  for (const probability of [0.5, 0.1, 0.05, 0.01, 1e-3, 1e-5, 1e-7]) {
    expect(tail.of(state, valueAt(probability)) / probability).toBeCloseTo(1, 1);
  }
});

test('a share of incidents below `trimmed` does not move the law, what is not a score is not taken', () => {
  const tail = tailProbability(options);
  const clean = tail.initial();
  const spoilt = tail.initial();
  const random = randomState(3);
  for (let i = 0; i < 20_000; i += 1) {
    const score = Math.abs(normal(random));
    tail.step(clean, score);
    tail.step(spoilt, i % 250 === 0 ? 50 + uniform(random) : score);
    if (i % 100 === 0) for (const bad of [NaN, -1, Infinity]) tail.step(spoilt, bad);
  }
  const at = 5;
  expect(tail.of(spoilt, at) / tail.of(clean, at)).toBeLessThan(6);
  expect(tail.of(spoilt, 50)).toBeLessThan(1e-5);
  expect(spoilt.count).toBe(20_000);
});

test('scores that are all the same, such as 0, keep the early law', () => {
  const tail = tailProbability(options);
  const state = tail.initial();
  for (let i = 0; i < 3_000; i += 1) tail.step(state, 0);
  expect(tail.isFitted(state)).toBe(false);
  expect(tail.of(state, 8.610301581379378)).toBeCloseTo(0.001, 9);
});

test('probabilities never rise with the score', () => {
  const tail = tailProbability({ ...options, memory: 2_000 });
  const state = tail.initial();
  const random = randomState(5);
  for (let i = 0; i < 5_000; i += 1) tail.step(state, Math.abs(normal(random)) ** 2);
  let before = 1;
  for (let score = 0; score < 40; score += 0.05) {
    const probability = tail.of(state, score);
    expect(probability).toBeLessThanOrEqual(before + 1e-12);
    expect(probability).toBeGreaterThanOrEqual(0);
    before = probability;
  }
});
