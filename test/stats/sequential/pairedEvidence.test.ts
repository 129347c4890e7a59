import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal, type RandomState, randomState, uniform } from '../../../stats/random.ts';
import {
  lnBetter,
  lnWorse,
  type PairedSums,
  pairedInterval,
} from '../../../stats/sequential/pairedEvidence.ts';
import { expectRelative } from '../../support/relative.ts';

/** d = 0.3 sin(12.9898 i) + shift. */
function sumsOf(count: number, shift: number): PairedSums {
  let sum = 0;
  let squares = 0;
  for (let i = 1; i <= count; i += 1) {
    const d = Math.max(-1, Math.min(1, 0.3 * Math.sin(i * 12.9898) + shift));
    squares += d * d;
    sum += d;
  }
  return { count, sum, squares };
}

/** Runs until `most` rows; whether the end of the interval ever lies on the wrong side of the truth. */
function crossings(
  runs: number,
  most: number,
  seed: number,
  draw: (random: RandomState) => () => number,
  isCrossed: (sums: PairedSums) => boolean,
): number {
  const random = randomState(seed);
  let crossed = 0;
  for (let run = 0; run < runs; run += 1) {
    const next = draw(random);
    const sums = { count: 0, sum: 0, squares: 0 };
    for (let n = 1; n <= most; n += 1) {
      const d = next();
      sums.squares += d * d;
      sums.sum += d;
      sums.count = n;
      if (n % 5 !== 0 || !isCrossed(sums)) continue;
      crossed += 1;
      break;
    }
  }
  return crossed / runs;
}

describe('pairedEvidence', () => {
  // Golden: proposition 9's mixture integrated by quadrature in scipy, its bounds by brentq.
  test.each([
    [
      50, -0.1, 0.9675438048009342, 0.7771393534796925, -1.0489514942617861, -0.29306886201360927,
      0.08765038977437621,
    ],
    [
      1_000, -0.02, 2.1721826610860426, -0.06606812955265201, -2.580420899232116,
      -0.04516337457675461, 0.002862669999436228,
    ],
    [
      3_000, 0.03, -4.092206251949321, -4.373807865838997, 19.298027896046484, 0.015374538864190162,
      0.042551659352671876,
    ],
  ])('agrees with the integral after %i rows, shifted by %d', (count, shift, ...golden) => {
    const sums = sumsOf(count, shift);
    const { lower, upper } = pairedInterval(sums, { better: 0.05, worse: 0.01 });
    const seen = [lnBetter(sums), lnBetter(sums, 0.01), lnWorse(sums), lower, upper];
    seen.forEach((value, i) => {
      expectRelative(value, golden[i]!, 1e-8);
    });
    expect(lnBetter({ count: 4_000, sum: -40, squares: 60 })).toBeCloseTo(8.10785, 5);
  });

  const some = fc
    .record({
      count: fc.integer({ min: 1, max: 1_000_000 }),
      mean: fc.double({ min: -1, max: 1, noNaN: true }),
      square: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ count, mean, square }) => ({ count, sum: count * mean, squares: count * square }));
  const level = fc.double({ min: 1e-4, max: 0.3, noNaN: true });

  test('the ends of the interval and the e-values say the same', () => {
    fc.assert(
      fc.property(some, level, level, (sums, better, worse) => {
        const { lower, upper } = pairedInterval(sums, { better, worse });
        const gain = lnBetter(sums) + Math.log(better);
        const harm = lnWorse(sums) + Math.log(worse);
        if (Math.abs(gain) > 1e-6) expect(upper < 0).toBe(gain > 0);
        if (Math.abs(harm) > 1e-6) expect(lower > 0).toBe(harm > 0);
        expect(lower).toBeLessThanOrEqual(upper);
        expect(Number.isFinite(gain) && Number.isFinite(harm)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('changing the sides changes the sign, and asking for more gain never adds evidence', () => {
    fc.assert(
      fc.property(some, level, (sums, gain) => {
        const turned = { ...sums, sum: -sums.sum };
        expect(lnBetter(turned)).toBe(lnWorse(sums));
        expect(lnBetter(sums, gain)).toBeLessThanOrEqual(lnBetter(sums) + 1e-9);
        const one = pairedInterval(sums, { better: 0.05, worse: 0.02 });
        const other = pairedInterval(turned, { better: 0.02, worse: 0.05 });
        expectRelative(other.lower, -one.upper, 1e-9);
        expectRelative(other.upper, -one.lower, 1e-9);
      }),
      { numRuns: 200 },
    );
  });

  test('without rows nothing is known', () => {
    const none = { count: 0, sum: 0, squares: 0 };
    expect([lnBetter(none), lnWorse(none)]).toEqual([0, 0]);
    expect(pairedInterval(none, { better: 0.05, worse: 0.05 })).toEqual({ lower: -1, upper: 1 });
  });

  // The promise, with rows as far apart as the range allows; with variance that comes in bursts; with rare large ones.
  test.each<[string, (random: RandomState) => () => number]>([
    ['coins', (random) => () => (uniform(random) < 0.5 ? -1 : 1)],
    [
      'bursts',
      (random) => {
        let last = 0;
        return () => {
          const spread = 0.15 + 0.8 * Math.abs(last);
          last = Math.max(-1, Math.min(1, spread * normal(random)));
          return last;
        };
      },
    ],
    ['rare', (random) => () => (uniform(random) < 0.02 ? 0.98 : -0.02)],
  ])('at most alpha of the sequences ever exclude 0 on one side: %s', (_, draw) => {
    const alpha = 0.1;
    const runs = 300;
    const most = 1_000;
    const target = -Math.log(alpha);
    const better = crossings(runs, most, 3, draw, (sums) => lnBetter(sums) >= target);
    const worse = crossings(runs, most, 4, draw, (sums) => lnWorse(sums) >= target);
    const error = Math.sqrt((alpha * (1 - alpha)) / runs);
    expect(better).toBeLessThan(alpha + 3 * error);
    expect(worse).toBeLessThan(alpha + 3 * error);
    expect(better + worse).toBeGreaterThan(0.004);
  });

  test('refuses sums that no differences have', () => {
    const sums = { count: 10, sum: 0, squares: 1 };
    expect(() => lnWorse({ ...sums, count: 1.5 })).toThrow(
      'count: expected an integer from 0, got 1.5',
    );
    expect(() => lnWorse({ ...sums, sum: 11 })).toThrow('sum: expected in [−10, 10], got 11');
    expect(() => lnWorse({ ...sums, sum: NaN })).toThrow('sum: expected');
    expect(() => lnWorse({ ...sums, squares: 11 })).toThrow('squares: expected in [0, 10], got 11');
    expect(() => lnBetter(sums, 1)).toThrow('gainMin: expected in [0, 1), got 1');
  });
});
