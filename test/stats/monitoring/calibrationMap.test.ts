import { describe, expect, test } from 'vitest';
import { binomialDraw } from '../../../stats/monitoring/binomialDraw.ts';
import { calibrationMap, promiseVariance } from '../../../stats/monitoring/calibrationMap.ts';
import { prequential } from '../../../stats/prequential.ts';
import { randomState } from '../../../stats/random.ts';
import { scoreBin, scoreBins } from '../../../stats/scoreBins.ts';
import { draw, sigmoid } from './support.ts';

/** The reference of some labels, and its map. */
function mapOf(count: number, of: Parameters<typeof draw>[1], seed = 3) {
  const random = randomState(seed);
  const state = prequential.initial();
  for (let i = 0; i < count; i += 1) prequential.step(state, draw(random, of));
  const { positivesByBin, negativesByBin, predictedByBin } = state;
  const reference = {
    positives: positivesByBin,
    negatives: negativesByBin,
    predicted: predictedByBin,
  };
  return { reference, map: calibrationMap(reference, new Uint32Array(scoreBins)) };
}

describe('the calibration map', () => {
  test('is isotonic only where scores do not mean what they say, and enough labels show it', () => {
    let honest = 0;
    let boastful = 0;
    for (let seed = 0; seed < 20; seed += 1) {
      if (mapOf(2_000, {}, seed).map.isIsotonic) honest += 1;
      if (mapOf(2_000, { slope: 0.5 }, seed).map.isIsotonic) boastful += 1;
    }
    // By chance a map of honest scores is better in all of three folds about once in eight.
    expect(honest).toBeLessThanOrEqual(6);
    expect(boastful).toBeGreaterThanOrEqual(18); // seen: 19
    expect(mapOf(199, { slope: 0.2 }).map.isIsotonic).toBe(false);
  });

  test('finds what scores mean', () => {
    const { map } = mapOf(60_000, { slope: 0.5, shift: -0.3 });
    for (const logit of [-1, -0.5, 0, 0.5, 1, 1.5]) {
      const meant = sigmoid(0.5 * logit - 0.3);
      expect(Math.abs(map.probabilities[scoreBin(sigmoid(logit))]! - meant)).toBeLessThan(0.03);
    }
  });

  test('is the same for the same counts', () => {
    expect(mapOf(3_000, { slope: 0.7 }).map).toEqual(mapOf(3_000, { slope: 0.7 }).map);
  });

  test('has groups of nearly equal counts, one after the other, and every bin is in one', () => {
    const { reference, map } = mapOf(4_000, {});
    const sizes = new Float64Array(map.variances.length);
    for (let bin = 0; bin < scoreBins; bin += 1) {
      if (bin > 0) expect([0, 1]).toContain(map.groupOf[bin]! - map.groupOf[bin - 1]!);
      sizes[map.groupOf[bin]!]! += reference.positives[bin]! + reference.negatives[bin]!;
    }
    expect(sizes).toHaveLength(20);
    for (const [group, size] of sizes.entries()) {
      expect(Math.abs(size - 200)).toBeLessThan(80);
      // Of a rate p of `size` labels: p (1 − p) / size, which is at most ¼ / size.
      expect(map.variances[group]!).toBeGreaterThan(0.05 / size);
      expect(map.variances[group]!).toBeLessThanOrEqual(0.25 / size);
    }
  });

  test('promises no more than the reference kept', () => {
    const { map } = mapOf(190, { slope: 1, shift: 1.5 });
    expect(map.isIsotonic).toBe(false);
    const weights = map.variances.map(() => 1);
    const offset = map.offsets.reduce((sum, each) => sum + each, 0);
    const noise = map.variances.reduce((sum, each) => sum + each, 0);
    expect(offset).toBeGreaterThan(2 * Math.sqrt(noise));
    expect(promiseVariance(map, weights)).toBeCloseTo(offset ** 2, 12);
    expect(promiseVariance({ ...map, offsets: map.offsets.map(() => 0) }, weights)).toBe(noise);
  });

  test('without a reference takes scores at their word', () => {
    const map = calibrationMap(
      {
        positives: new Uint32Array(scoreBins),
        negatives: new Uint32Array(scoreBins),
        predicted: new Float64Array(scoreBins),
      },
      new Uint32Array(scoreBins).fill(1),
    );
    expect(map.isIsotonic).toBe(false);
    expect(
      promiseVariance(
        map,
        map.variances.map(() => 1),
      ),
    ).toBe(0);
  });
});

test('a binomial number has its mean and variance, small and large, and its bounds', () => {
  const random = randomState(9);
  for (const [trials, share] of [
    [0, 0.3],
    [7, 1],
    [30, 0.4],
    [150, 0.05],
    [5_000, 0.3],
    [5_000, 0.0005],
  ] as const) {
    const draws = Array.from({ length: 4_000 }, () => binomialDraw(random, trials, share));
    const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
    const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
    const expected = trials * share * (1 - share);
    expect(draws.every((x) => Number.isInteger(x) && x >= 0 && x <= trials)).toBe(true);
    expect(Math.abs(mean - trials * share)).toBeLessThanOrEqual(4 * Math.sqrt(expected / 4_000));
    expect(Math.abs(variance - expected)).toBeLessThanOrEqual(0.15 * expected);
  }
});
