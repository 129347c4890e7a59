import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lnExceedance, predictiveTail } from '../../../stats/extremes/predictiveTail.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';

describe('a predictive tail', () => {
  // Golden: scipy 1.17.1, betaprime(1, k).sf(z / sum) × (k + 1) / (n + 1): the law of one exponential over the sum of k others.
  test.each([
    [9, 9, 0.001953125],
    [3.5, 9, 0.05199869781422897],
    [50, 9, 4.4721306244397234e-8],
  ])('gives an excess of %d over nine of sum %d its probability', (beyond, sum, factor) => {
    const tail = { threshold: 2, count: 99, excesses: 9, sum };
    expect(lnExceedance(tail, 2 + beyond)).toBeCloseTo(Math.log(0.1 * factor), 12);
  });

  test('is of the values above an order statistic, fewer where they are alike', () => {
    expect(predictiveTail([1, 2, 3, 4, 5, 6, 7, 8, 9, 12], 0.2)).toEqual({
      ...{ threshold: 8, count: 10, excesses: 2, sum: 5 },
    });
    expect(predictiveTail([1, 1, 1, 1, 4], 0.4)).toEqual({
      ...{ threshold: 1, count: 5, excesses: 1, sum: 3 },
    });
  });

  test('knows of equal values only how many there were', () => {
    const tail = predictiveTail(new Float64Array(99).fill(3), 0.05);
    expect(Math.exp(lnExceedance(tail, 4))).toBeCloseTo(1 / 100, 12);
    expect(lnExceedance(predictiveTail([], 0.05), 0)).toBe(0);
  });

  test('judges a value of the sample by the others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 20, maxLength: 60 }),
        (values) => {
          const sorted = Float64Array.from(values).sort();
          const tail = predictiveTail(sorted, 0.3);
          const largest = sorted.at(-1)!;
          fc.pre(tail.excesses > 1);
          const others = {
            threshold: tail.threshold,
            count: tail.count - 1,
            excesses: tail.excesses - 1,
            sum: tail.sum - (largest - tail.threshold),
          };
          expect(lnExceedance(tail, largest, true)).toBeCloseTo(lnExceedance(others, largest), 8);
        },
      ),
      { seed: 5 },
    );
  });

  // The promise: of samples of 100 with a tail of five, the next value is beyond a limit exactly as often as it says.
  test.each([
    ['exponential', (random: () => number) => -Math.log(1 - random()), 0.8, 1.2],
    [
      'power law, by its logarithm',
      (random: () => number) => -3 * Math.log(1 - random()),
      0.8,
      1.2,
    ],
  ])('keeps its level of 1 in 1,000: %s', (_, draw, least, most) => {
    expect(realised(draw, 0.001)).toBeGreaterThan(least * 0.001);
    expect(realised(draw, 0.001)).toBeLessThan(most * 0.001);
  });

  test('alarms less often where the tail is lighter', () => {
    const state = randomState(3);
    expect(realised(() => normal(state), 0.001)).toBeLessThan(0.0008);
  });
});

/** Share of next values with a probability of at most `level`; the mean over the samples of what is known of the exponential. */
function realised(draw: (random: () => number) => number, level: number): number {
  const state = randomState(77);
  const random = () => uniform(state);
  let below = 0;
  const runs = 4_000;
  const next = 25;
  for (let run = 0; run < runs; run += 1) {
    const sorted = Float64Array.from({ length: 100 }, () => draw(random)).sort();
    const tail = predictiveTail(sorted, 0.05);
    for (let i = 0; i < next; i += 1) {
      const x = draw(random);
      if (x > tail.threshold && lnExceedance(tail, x) <= Math.log(level)) below += 1;
    }
  }
  return below / (runs * next);
}
