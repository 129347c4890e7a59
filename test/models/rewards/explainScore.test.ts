import { expect, test } from 'vitest';
import { explainScore } from '../../../models/rewards/explainScore.ts';

test('the buckets of a category are one reason', () => {
  const part = { vector: 'context' as const, weight: 0.5 };
  const { mean, reasons } = explainScore(
    [
      { ...part, feature: 0, value: 1, score: 0.5, variance: 0.04 },
      { ...part, feature: 1, value: 0.6, score: 0.3, variance: 0.09 },
      { ...part, feature: 2, value: -0.8, score: -0.4, variance: 0.03 },
    ],
    { context: ['bias', 'programme = law', 'programme = law'], interaction: [] },
  );
  expect(mean).toBeCloseTo(0.4, 14);
  expect(reasons.map(({ name }) => name)).toEqual(['bias', 'programme = law']);
  const [bias, programme] = reasons;
  expect(bias).toMatchObject({ value: 1, weight: 0.5, score: 0.5 });
  // Length of (0.6, −0.8); score / value; shares of the deviation √0.16 in proportion to the variances.
  expect(programme!.value).toBeCloseTo(1, 14);
  expect(programme!.score).toBeCloseTo(-0.1, 14);
  expect(programme!.weight).toBeCloseTo(-0.1, 14);
  expect(programme!.deviation).toBeCloseTo(0.12 / 0.4, 14);
});
