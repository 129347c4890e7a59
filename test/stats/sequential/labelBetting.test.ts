import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { betPortfolio } from '../../../stats/sequential/betPortfolio.ts';
import { designCell, designCounts } from '../../../stats/sequential/designCounts.ts';
import { designEvidence } from '../../../stats/sequential/designMixture.ts';
import { labelWealth } from '../../../stats/sequential/labelBetting.ts';
import { logBin } from '../../../stats/sequential/logBin.ts';
import { periodOf } from '../../../stats/sequential/periodOf.ts';
import { type PredictedGroup, predictGroups } from '../../../stats/sequential/predictGroups.ts';

const portfolio = betPortfolio();
const evidence = (groups: readonly PredictedGroup[]) =>
  designEvidence(labelWealth(groups, portfolio), portfolio);

describe('labelBetting', () => {
  // Golden: mpmath 1.4.1, 40 digits, the logistic factors multiplied over 300 units.
  test('agrees with the product over units', () => {
    const bins = 9;
    const counts = new Float64Array(4 * bins);
    for (let i = 0; i < 300; i += 1) {
      const treated = (i * 7919) % 100 < 25;
      const raw = ((i * i + 3 * i) % 11) % 9;
      counts[(treated ? 2 * bins : 0) + Math.min(8, raw + (treated ? 1 : 0))]! += 1;
    }
    const group = { period: 0, low: 0.25, high: 0.25, counts, centre: 0.4375, deviation: 0.25 };
    const { higher, lower, either } = evidence([group]);
    expect(higher).toBeCloseTo(3.012656004765532, 12);
    expect(lower).toBeCloseTo(-1.5595418486749717, 12);
    expect(either).toBeCloseTo(2.329791000426906, 12);
  });

  // Validity itself: for every outcome the expected wealth over the arm and the rounding of the weight is exactly 1.
  test('every bet is fair whatever the outcome', () => {
    const scenario = fc.record({
      chance: fc.double({ min: 0.003, max: 0.997, noNaN: true }),
      adaptive: fc.boolean(),
      bin: fc.nat(8),
      centre: fc.double({ min: 0, max: 1, noNaN: true }),
      deviation: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
    });
    fc.assert(
      fc.property(scenario, ({ chance, adaptive, bin, centre, deviation }) => {
        const options = { bins: 9, adaptive };
        const mean = new Float64Array(2 * portfolio.effects.length);
        for (const treated of [true, false]) {
          const unit = {
            period: 0,
            probability: chance,
            treated,
            outcome: bin / 8,
            outcomeDraw: 0,
          };
          const { low, high } = designCell({ ...unit, weightDraw: 0 }, options);
          const [own, atLow, atHigh] = treated
            ? [chance, low, high]
            : [1 - chance, 1 - low, 1 - high];
          const lowShare = adaptive ? (1 / own - 1 / atHigh) / (1 / atLow - 1 / atHigh) : 1;
          for (const [bound, share] of [
            [0, own * lowShare],
            [1, own * (1 - lowShare)],
          ] as const) {
            if (!(share > 0)) continue;
            const counts = new Float64Array(36);
            counts[((treated ? 2 : 0) + bound) * 9 + bin] = 1;
            const wealth = labelWealth(
              [{ period: 0, low, high, counts, centre, deviation }],
              portfolio,
            );
            wealth.forEach((ln, j) => {
              mean[j]! += share * Math.exp(ln);
            });
          }
        }
        for (const wealth of mean) expect(Math.abs(wealth - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 300 },
    );
  });

  /** First look with e ≥ 1 / alpha; Infinity when there is none. Outcomes are e^(deviation × N), treated ones × lift. */
  function run(seed: number, horizon: number, chance: number, lift: number, alpha: number): number {
    const random = randomState(seed);
    const limits = { smallest: 1e-3, largest: 1e3, bins: 64 };
    const fold = designCounts({ bins: 64, adaptive: false });
    const state = fold.initial();
    for (let i = 0; i < horizon; i += 1) {
      const treated = uniform(random) < chance;
      const value = Math.exp(1.5 * normal(random)) * (treated ? lift : 1);
      const outcome = logBin(value, limits) / 63;
      const period = periodOf(i, 200, 1.3);
      const unit = { period, probability: chance, treated, outcome, outcomeDraw: 0, weightDraw: 0 };
      fold.step(state, unit);
      if ((i + 1) % 250 > 0) continue;
      if (evidence(predictGroups(state.groups)).either >= -Math.log(alpha)) return i + 1;
    }
    return Infinity;
  }

  // The promise, with tails that break the central limit theorem's patience: log-normal, σ = 1.5, one in ten treated.
  test('at most alpha of experiments without effect ever reject', () => {
    const alpha = 0.2;
    const runs = 150;
    let rejected = 0;
    for (let seed = 0; seed < runs; seed += 1) {
      if (run(seed, 2_000, 0.1, 1, alpha) < Infinity) rejected += 1;
    }
    expect(rejected / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
    expect(rejected / runs).toBeGreaterThan(alpha / 20);
  });

  test('finds a lift of 15 % where the difference of means would not', () => {
    let found = 0;
    for (let seed = 100; seed < 112; seed += 1) {
      if (run(seed, 12_000, 0.5, 1.15, 0.05) < Infinity) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(9);
  });
});
