import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import { lnSampleRatio, sampleRatioPosterior } from '../../../stats/sequential/sampleRatio.ts';

describe('sampleRatio', () => {
  // Golden: ssrm-test 0.1.5, log_bayes_factor with concentrations 100, 1000 and 10000, added by numpy.
  test('agrees with the average of the reference implementation', () => {
    const halves = { counts: [5_500, 4_500], design: [1, 1] };
    expect(lnSampleRatio([halves])).toBeCloseTo(46.233014896251795, 8);
    const stages = [
      { counts: [5_100, 4_900], design: [0.5, 0.5] },
      { counts: [900, 2_100, 3_000], design: [2, 3, 5] },
    ];
    expect(lnSampleRatio(stages)).toBeCloseTo(58.216085759112154, 8);
    expect(lnSampleRatio([])).toBeCloseTo(0, 14);
  });

  test('knows neither the order of arms nor that of stages', () => {
    const stage = fc.array(fc.tuple(fc.nat(10_000), fc.integer({ min: 1, max: 9 })), {
      minLength: 2,
      maxLength: 4,
    });
    fc.assert(
      fc.property(stage, stage, (one, two) => {
        const of = (arms: readonly (readonly [number, number])[]) => ({
          counts: arms.map(([count]) => count),
          design: arms.map(([, weight]) => weight),
        });
        const forth = lnSampleRatio([of(one), of(two)]);
        const back = lnSampleRatio([of([...two].reverse()), of([...one].reverse())]);
        expect(back).toBeCloseTo(forth, 7);
      }),
    );
  });

  // Golden: one prior is Beta(c/2 + n₁, c/2 + n₀); with 55 % of a million all three agree with the share itself.
  test('describes the shares', () => {
    const many = sampleRatioPosterior({ counts: [550_000, 450_000], design: [1, 1] });
    expect(many.expected).toEqual([0.5, 0.5]);
    expect(many.mean[0]).toBeCloseTo(0.55, 3);
    expect(many.deviation[0]).toBeCloseTo(Math.sqrt((0.55 * 0.45) / 1e6), 4);
    const none = sampleRatioPosterior({ counts: [0, 0, 0], design: [1, 1, 2] });
    expect(none.mean.map((share) => +share.toFixed(12))).toEqual([0.25, 0.25, 0.5]);
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (a, b) => {
        const { mean } = sampleRatioPosterior({ counts: [a, b], design: [1, 3] });
        expect(mean[0]! + mean[1]!).toBeCloseTo(1, 12);
        const between = [0.25, a + b > 0 ? a / (a + b) : 0.25].sort((x, y) => x - y);
        expect(mean[0]).toBeGreaterThanOrEqual(between[0]! - 1e-12);
        expect(mean[0]).toBeLessThanOrEqual(between[1]! + 1e-12);
      }),
    );
  });

  /** Exposures to the alarm at .001, looked at after every `look`; Infinity when there was none. */
  function alarm(
    seed: number,
    share: number,
    horizon: number,
    look: number,
    alpha: number,
  ): number {
    const random = randomState(seed);
    const counts = [0, 0];
    for (let n = 1; n <= horizon; n += 1) {
      counts[uniform(random) < share ? 0 : 1]! += 1;
      if (n % look > 0) continue;
      if (lnSampleRatio([{ counts, design: [1, 1] }]) >= -Math.log(alpha)) return n;
    }
    return Infinity;
  }
  const times = (runs: number, share: number, horizon: number, look: number, alpha = 0.001) =>
    Array.from({ length: runs }, (_, run) => alarm(run, share, horizon, look, alpha)).sort(
      (a, b) => a - b,
    );

  // The promise, with an error of .1 so that it is seen.
  test('at most alpha of sound experiments ever alarm', () => {
    const runs = 1_500;
    const alarms = times(runs, 0.5, 5_000, 50, 0.1).filter((n) => n < Infinity).length;
    expect(alarms / runs).toBeLessThan(0.1 + 4 * Math.sqrt(0.09 / runs));
    expect(alarms / runs).toBeGreaterThan(0.01);
  });

  test('a mismatch of 55 to 45 alarms within some 1 900 exposures, 52 to 48 within some 11 000', () => {
    const gross = times(101, 0.55, 8_000, 50)[50]!;
    const fine = times(51, 0.52, 40_000, 250)[25]!;
    expect(gross).toBeGreaterThan(1_500);
    expect(gross).toBeLessThan(2_400);
    expect(fine).toBeGreaterThan(7_000);
    expect(fine).toBeLessThan(13_000);
  });

  test('refuses counts and designs without meaning', () => {
    expect(() => lnSampleRatio([{ counts: [1], design: [1] }])).toThrow('design: expected 1');
    expect(() => lnSampleRatio([{ counts: [1, 2], design: [1, 0] }])).toThrow(
      'design: expected weights above 0, got 0',
    );
    expect(() => lnSampleRatio([{ counts: [1, 0.5], design: [1, 1] }])).toThrow(
      'counts: expected integers from 0, got 0.5',
    );
  });
});
