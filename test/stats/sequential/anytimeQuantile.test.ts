import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import {
  lnQuantileDifference,
  lnQuantileMixture,
  quantileDifferenceInterval,
  quantileInterval,
} from '../../../stats/sequential/anytimeQuantile.ts';

const bins = 150;
const edges = Array.from({ length: bins + 1 }, (_, i) => i - 0.5);
function histogram(values: readonly number[]): Float64Array {
  const counts = new Float64Array(bins);
  for (const value of values) counts[value]! += 1;
  return counts;
}
const values = fc.array(fc.nat(bins - 1), { minLength: 1, maxLength: 300 });
const test5 = (probability: number, bestCount: number) => ({ probability, alpha: 0.05, bestCount });

describe('anytimeQuantile', () => {
  // Golden: confseq 0.0.11, beta_binomial_mixture_bound, two-sided: how far the number below may lie above and below p n.
  test.each([
    [0.5, 1_000, 500, 48.38908352857629, 48.38908352857629],
    [0.9, 400, 1_000, 17.28807353466436, 20.078056789494667],
  ])('the ranks of the %d quantile of %i are those of the reference', (p, n, best, over, under) => {
    const reaches = (below: number) => lnQuantileMixture(below, n, test5(p, best)) >= Math.log(20);
    expect(reaches(Math.ceil(p * n + over))).toBe(true);
    expect(reaches(Math.floor(p * n + over))).toBe(false);
    expect(reaches(Math.floor(p * n - under))).toBe(true);
    expect(reaches(Math.ceil(p * n - under))).toBe(false);
  });

  // Golden: confseq 0.0.11, quantile_ab_p_value; the near one takes its least at a point between ranks, ours at a rank.
  test('the evidence of two arms is that of the reference', () => {
    const a = Array.from({ length: 300 }, (_, i) => (i * 37) % 101);
    const b = Array.from({ length: 260 }, (_, i) => ((i * 53) % 97) + 15);
    const far = lnQuantileDifference(
      histogram(a),
      histogram(b.map((x) => x + 10)),
      test5(0.75, 200),
    );
    expect(far).toBeCloseTo(-Math.log(4.85532967558627e-6), 9);
    const near = lnQuantileDifference(histogram(a), histogram(b), test5(0.5, 200));
    expect(near).toBeCloseTo(-Math.log(0.34808743346867993), 2);
  });

  test('coarser bins never say more', () => {
    const coarse = (counts: Float64Array) =>
      Float64Array.from({ length: bins / 5 }, (_, i) =>
        counts.subarray(5 * i, 5 * i + 5).reduce((sum, count) => sum + count, 0),
      );
    const coarseEdges = edges.filter((_, i) => i % 5 === 0);
    const chosen = test5(0.5, 100);
    fc.assert(
      fc.property(values, values, (one, two) => {
        const [a, b] = [histogram(one), histogram(two)];
        const fine = quantileInterval(a, edges, chosen);
        const wide = quantileInterval(coarse(a), coarseEdges, chosen);
        expect(wide.lower).toBeLessThanOrEqual(fine.lower);
        expect(wide.upper).toBeGreaterThanOrEqual(fine.upper);
        const evidence = lnQuantileDifference(a, b, chosen);
        expect(lnQuantileDifference(coarse(a), coarse(b), chosen)).toBeLessThanOrEqual(
          evidence + 1e-9,
        );
        const difference = quantileDifferenceInterval(a, b, edges, chosen);
        const wider = quantileDifferenceInterval(coarse(a), coarse(b), coarseEdges, chosen);
        expect(wider.lower).toBeLessThanOrEqual(difference.lower);
        expect(wider.upper).toBeGreaterThanOrEqual(difference.upper);
        // A point between edges is in the interval of differences where the arms' quantiles may be equal.
        if (evidence < Math.log(20)) expect(difference.lower).toBeLessThan(0);
        if (evidence < Math.log(20)) expect(difference.upper).toBeGreaterThan(0);
      }),
      { numRuns: 40 },
    );
  });

  test('says nothing of nothing', () => {
    const none = new Float64Array(bins);
    expect(quantileInterval(none, edges, test5(0.5, 100))).toEqual({ lower: -0.5, upper: 149.5 });
    expect(lnQuantileDifference(none, none, test5(0.5, 100))).toBeCloseTo(0, 12);
  });

  // The promise: discrete values with ties in two arms, watched every 20 units. The median of low + ⌊span u²⌋ is low + span / 4:
  // 35 and 50.
  test('at most alpha of the sequences ever miss the quantile or the difference', () => {
    const alpha = 0.2;
    const runs = 250;
    const chosen = { probability: 0.5, alpha, bestCount: 200 };
    const random = randomState(17);
    const draw = (low: number, high: number) =>
      low + Math.floor((high - low) * uniform(random) ** 2);
    let missed = 0;
    let missedDifference = 0;
    let rejected = 0;
    for (let run = 0; run < runs; run += 1) {
      const a = new Float64Array(bins);
      const b = new Float64Array(bins);
      let one = false;
      let two = false;
      for (let n = 1; n <= 600; n += 1) {
        a[draw(10, 110)]! += 1;
        b[draw(20, 140)]! += 1;
        if (n % 20 > 0) continue;
        const interval = quantileInterval(a, edges, chosen);
        if (interval.lower > 35 || interval.upper < 35) one = true;
        if (n % 100 > 0) continue;
        const difference = quantileDifferenceInterval(a, b, edges, chosen);
        if (difference.lower > 15 || difference.upper < 15) two = true;
      }
      if (one) missed += 1;
      if (two) missedDifference += 1;
      if (lnQuantileDifference(a, b, chosen) >= -Math.log(alpha)) rejected += 1;
    }
    for (const count of [missed, missedDifference]) {
      expect(count / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
    }
    expect(missed / runs).toBeGreaterThan(alpha / 20);
    expect(rejected / runs).toBeGreaterThan(0.8);
  });

  test('refuses arguments outside their range', () => {
    expect(() => quantileInterval([1], [0], test5(0.5, 9))).toThrow('edges: expected 2, got 1');
    expect(() => quantileInterval([1], [0, 1], test5(1, 9))).toThrow('probability: expected');
    expect(() => lnQuantileDifference([1], [1, 2], test5(0.5, 9))).toThrow('treatment: expected');
  });
});
