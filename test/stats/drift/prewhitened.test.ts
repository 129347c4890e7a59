/** The calibrated mode: what it promises of autoregressions, and that a step is not taken for persistence. */
import { describe, expect, test } from 'vitest';
import { adwin } from '../../../stats/drift/adwin.ts';
import { prewhiten } from '../../../stats/drift/prewhiten.ts';
import { calibratedAdwin, prewhitened } from '../../../stats/drift/prewhitened.ts';
import { normal, type RandomState, randomState, uniform } from '../../../stats/random.ts';
import { levelsOf } from './streams.ts';

const calibrated = prewhitened(adwin(calibratedAdwin));

/** A stationary autoregression of standard deviation 1. */
function autoregression(random: RandomState, persistence: number, length: number): number[] {
  let x = normal(random);
  return Array.from({ length }, () => {
    const now = x;
    x = persistence * x + Math.sqrt(1 - persistence * persistence) * normal(random);
    return now;
  });
}

/** Alarms of so many streams of 10,000. */
function alarms(streams: number, draw: () => number[], detector = calibrated): number {
  let sum = 0;
  for (let i = 0; i < streams; i += 1) sum += levelsOf(detector, draw()).drifts.length;
  return sum;
}

describe('the promise', () => {
  // 500,000 values: 3 alarms are expected, and 5 are 10 per 10⁶.
  test.each([0, 0.5, 0.8])('few alarms at a stationary autoregression of %s', (persistence) => {
    const random = randomState(41);
    const draw = () => autoregression(random, persistence, 10_000);
    expect(alarms(50, draw)).toBeLessThanOrEqual(5);
  });

  test('the plain detector makes thousands of them', () => {
    const random = randomState(42);
    const found = levelsOf(adwin(), autoregression(random, 0.8, 20_000)).drifts.length;
    expect(found).toBeGreaterThan(20); // 1,000 per 10⁶
  });

  test('almost none at zeros and ones, rare ones too', () => {
    for (const rate of [0.5, 0.01]) {
      const random = randomState(43);
      const draw = () => Array.from({ length: 10_000 }, () => (uniform(random) < rate ? 1 : 0));
      expect(alarms(30, draw)).toBeLessThanOrEqual(1);
    }
  });

  // 95 % of runs or more; 80 runs have a standard error of 2.4 points.
  test('a step of one standard deviation is found within 500 values', () => {
    const random = randomState(44);
    let found = 0;
    for (let run = 0; run < 80; run += 1) {
      const values = autoregression(random, 0.8, 5_500).map((x, i) => x + (i < 5_000 ? 0 : 1));
      const { drifts } = levelsOf(calibrated, values);
      if (drifts.some((count) => count > 5_000)) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(72);
  });
});

describe('whitening', () => {
  test.each([-0.5, 0, 0.5, 0.8, 0.95])('learns a persistence of %s', (persistence) => {
    const whitening = prewhiten();
    const state = whitening.initial();
    for (const x of autoregression(randomState(51), persistence, 40_000)) whitening.take(state, x);
    const error = Math.sqrt((1 - persistence ** 2) / 30_000);
    expect(Math.abs(state.persistence - persistence)).toBeLessThan(4 * error + 0.002);
  });

  // By hand: variance 1, of which half is noise; one lag is .475, the long-run variance is ½ + ½ · 39 = 20. In (T − 1) r² + 2 c r = 2 c
  // with c = .525 and T = 20 r is .209.
  test('noise on a slow series does not hide how slow it is', () => {
    const whitening = prewhiten();
    const state = whitening.initial();
    const random = randomState(55);
    for (const x of autoregression(random, 0.95, 60_000)) {
      whitening.take(state, Math.SQRT1_2 * (x + normal(random)));
    }
    expect(state.persistence).toBeGreaterThan(0.72);
    expect(state.persistence).toBeLessThan(0.81);
  });

  // Learnt by one lag alone, a slow series with noise makes 3,500 alarms per 10⁶: 420 in 120,000 values.
  test('alarms at a series that it does not know yet do not keep it from learning', () => {
    let alarmed = 0;
    for (const seed of [56, 57, 58]) {
      const random = randomState(seed);
      const slow = autoregression(random, 0.95, 40_000);
      const noisy = slow.map((x) => Math.SQRT1_2 * (x + normal(random)));
      alarmed += levelsOf(calibrated, noisy).drifts.length;
    }
    expect(alarmed).toBeLessThan(140);
  });

  test.each([0, 0.8])(
    'steps, early and often, leave it able to see the next: φ = %s',
    (persistence) => {
      const random = randomState(60);
      const level = (i: number) => (i < 600 ? 0 : 3) + 1.5 * (Math.floor(i / 1_000) % 2);
      const values = autoregression(random, persistence, 20_000).map((x, i) => x + level(i));
      const { drifts, state } = levelsOf(calibrated, values);
      for (let at = 2_000; at < 20_000; at += 1_000) {
        const isFound = drifts.some((count) => count > at && count <= at + 500);
        expect({ at, isFound }).toEqual({ at, isFound: true });
      }
      expect(state.whitening.persistence).toBeLessThan(persistence + 0.4 * (1 - persistence));
    },
  );

  // 1 − φ of .5, divided by 1 + 2 v with v = 3 / 255, is .4885. 2,400 estimates have a standard error of .0011; the bias is .0098.
  test('short series have no bias but the caution', () => {
    const whitening = prewhiten();
    const random = randomState(59);
    let sum = 0;
    for (let run = 0; run < 2_400; run += 1) {
      const state = whitening.initial();
      for (const x of autoregression(random, 0.5, 256)) whitening.take(state, x);
      sum += state.persistence;
    }
    expect(Math.abs(sum / 2_400 - 0.5115)).toBeLessThan(0.0045);
  });

  test('a step is no persistence as long as it may still be found', () => {
    const whitening = prewhiten();
    const state = whitening.initial();
    const values = autoregression(randomState(52), 0.5, 8_000);
    for (const x of values.slice(0, 7_450)) whitening.take(state, x);
    const sums = structuredClone(state.trusted);
    for (const x of values.slice(7_450)) whitening.take(state, x + 20);
    // Five blocks of 128 may have come to be trusted meanwhile, of values before the step.
    const mean = (state.trusted[2]! - sums[2]!) / Math.max(1, state.trusted[0]! - sums[0]!);
    expect(Math.abs(mean)).toBeLessThan(1);
    expect(state.persistence).toBeLessThan(0.6);
  });

  test('whitened values have the mean of the values, and are independent', () => {
    const whitening = prewhiten();
    const state = whitening.initial();
    const values = autoregression(randomState(53), 0.8, 20_000).map((x) => 7 + 3 * x);
    for (const x of values) whitening.take(state, x);
    const white = values.slice(1).map((x, i) => whitening.whiten(state, values[i]!, x));
    const mean = white.reduce((sum, x) => sum + x, 0) / white.length;
    const products = white.slice(1).map((x, i) => (x - mean) * (white[i]! - mean));
    const squares = white.map((x) => (x - mean) ** 2);
    const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
    expect(Math.abs(sum(products) / sum(squares))).toBeLessThan(0.04);
    expect(Math.abs(state.centre + state.unit * mean - 7)).toBeLessThan(0.4); // 4 errors of the mean
  });

  // Of values that are 0 but for a few of ±1 the unit is near 1: their standard deviation of .14 would make each a drift.
  test('the unit of rare values is what they differ by', () => {
    const whitening = prewhiten({ learning: 2_000 });
    const state = whitening.initial();
    const random = randomState(63);
    for (let i = 0; i < 2_000; i += 1) {
      const draw = uniform(random);
      whitening.take(state, draw < 0.01 ? -1 : draw < 0.02 ? 1 : 0);
    }
    expect(state.unit).toBeGreaterThan(0.7);
    expect(state.unit).toBeLessThan(1.2);
  });

  test('finds the same in another unit', () => {
    const values = autoregression(randomState(54), 0.8, 4_000).map(
      (x, i) => x + (i < 3_000 ? 0 : 2),
    );
    const { drifts, state } = levelsOf(calibrated, values);
    const scaled = levelsOf(
      calibrated,
      values.map((x) => 1_024 * x),
    );
    expect(drifts.length).toBeGreaterThan(0);
    expect(scaled.drifts).toEqual(drifts);
    expect(scaled.state.after / state.after).toBeCloseTo(1_024, 6);
  });

  test('a constant that changes is found, and one that stays is not', () => {
    const steady = new Array<number>(2_000).fill(0.1);
    expect(levelsOf(calibrated, steady).drifts).toEqual([]);
    const { drifts, state } = levelsOf(calibrated, [
      ...steady,
      ...new Array<number>(100).fill(0.3),
    ]);
    expect(drifts[0]).toBeGreaterThan(2_000);
    expect(calibrated.read(state).after).toBeCloseTo(0.3, 1);
  });
});
