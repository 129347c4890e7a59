import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normal, randomState } from '../../../stats/random.ts';
import {
  bestSequenceWidth,
  lnSequenceEvidence,
  oneSidedSequenceMultiplier,
  sequenceMultiplier,
  sequenceWidth,
} from '../../../stats/sequential/asymptoticSequence.ts';
import { pValueOf } from '../../../stats/sequential/eValue.ts';
import {
  lnMixtureSprt,
  mixtureSprtRadius,
  sprtPriorVariance,
} from '../../../stats/sequential/mixtureSprt.ts';
import {
  lnNormalMixture,
  mixtureWidth,
  normalMixtureBound,
  oneSidedNormalMixtureClosedBound,
} from '../../../stats/sequential/normalMixture.ts';
import { expectRelative } from '../../support/relative.ts';

const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
const units = fc.integer({ min: 2, max: 10_000_000 });
const level = fc.double({ min: 1e-6, max: 0.49, noNaN: true });

describe('asymptoticSequence', () => {
  // Golden: gbstats 0.8.0, SequentialTwoSidedTTest, absolute difference, tuning parameter 5000, of arms with
  // (n, Σy, Σy²) = (3000, 300, 1000) and (3500, 700, 1600).
  test('agrees with the reference implementation', () => {
    const width = sequenceWidth(5_000, 0.05);
    const estimate = { effect: 0.1, standardError: 0.015067562887294925, units: 6_500 };
    const radius = estimate.standardError * sequenceMultiplier(6_500, 0.05, width);
    expectRelative(radius, (0.14578576744831695 - 0.054214232551683075) / 2, 1e-12);
    expectRelative(pValueOf(lnSequenceEvidence(estimate, width)), 6.417845221656015e-9, 1e-10);
  });

  // Golden: scipy 1.17.1, bounded minimisation of the width over ln ρ.
  test('the exact width is the one that is tightest', () => {
    expectRelative(bestSequenceWidth(5_000, 0.05), 0.040526455789353454, 1e-7);
    expectRelative(bestSequenceWidth(10_000, 0.01), 0.034287565951526024, 1e-7);
    fc.assert(
      fc.property(
        units,
        level,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (n, alpha, factor) => {
          const width = bestSequenceWidth(n, alpha);
          const multiplier = sequenceMultiplier(n, alpha, width);
          const other = sequenceMultiplier(n, alpha, width * factor);
          expect(other).toBeGreaterThanOrEqual(multiplier * (1 - 1e-12));
          const usual = sequenceMultiplier(n, alpha, sequenceWidth(n, alpha));
          expect(usual).toBeLessThan(multiplier * 1.02);
        },
      ),
    );
  });

  test.each([
    [100, 6.69],
    [500, 3.86],
    [1_000, 3.36],
    [5_000, 3.04],
    [20_000, 3.13],
    [1_000_000, 3.66],
  ])('after %i units the usual sequence has the multiplier %d', (n, multiplier) => {
    expect(sequenceMultiplier(n, 0.05, sequenceWidth(5_000, 0.05))).toBeCloseTo(multiplier, 2);
  });

  test('three names, one boundary: normal mixture, mixture SPRT, asymptotic sequence', () => {
    const effects = fc.double({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(units, units, level, positive, effects, (n, best, alpha, deviation, z) => {
        const variance = (deviation * deviation) / n;
        const standardError = Math.sqrt(variance);
        const effect = z * standardError;
        const width = sequenceWidth(best, alpha);
        const radius = standardError * sequenceMultiplier(n, alpha, width);

        const mixture = mixtureWidth(best, alpha);
        expectRelative(mixture, 1 / (width * width));
        expectRelative((deviation / n) * normalMixtureBound(n, alpha, mixture), radius, 1e-9);
        const closed = oneSidedNormalMixtureClosedBound(n, alpha, mixture);
        const oneSided = standardError * oneSidedSequenceMultiplier(n, alpha, width);
        expectRelative((deviation / n) * closed, oneSided, 1e-9);

        const prior = sprtPriorVariance((deviation * deviation) / best, alpha);
        expectRelative(prior, width * width * deviation * deviation);
        expectRelative(mixtureSprtRadius(variance, prior, alpha), radius, 1e-9);

        const ln = lnSequenceEvidence({ effect, standardError, units: n }, width);
        expect(lnMixtureSprt(effect, variance, prior)).toBeCloseTo(ln, 8);
        expect(lnNormalMixture((n * effect) / deviation, n, mixture)).toBeCloseTo(ln, 8);
      }),
    );
  });

  test('the sequence excludes an effect exactly where its evidence reaches 1 / alpha', () => {
    fc.assert(
      fc.property(units, level, positive, (n, alpha, standardError) => {
        const width = sequenceWidth(5_000, alpha);
        const radius = standardError * sequenceMultiplier(n, alpha, width);
        const estimate = { effect: 3, standardError, units: n };
        expectRelative(lnSequenceEvidence(estimate, width, 3 + radius), -Math.log(alpha), 1e-8);
      }),
    );
  });

  // The promise, where variance is estimated from 100 observations on: 1 000 normal means, watched to 2 000.
  test('at most alpha of the sequences ever miss the mean', () => {
    const alpha = 0.1;
    const runs = 1_000;
    const width = sequenceWidth(500, alpha);
    const multipliers = Float64Array.from({ length: 2_001 }, (_, n) =>
      n > 0 ? sequenceMultiplier(n, alpha, width) : Infinity,
    );
    const random = randomState(7);
    let missed = 0;
    for (let run = 0; run < runs; run += 1) {
      let sum = 0;
      let squares = 0;
      for (let n = 1; n <= 2_000; n += 1) {
        const x = normal(random);
        sum += x;
        squares += x * x;
        if (n < 100) continue;
        const standardError = Math.sqrt((squares / n - (sum / n) ** 2) / (n - 1));
        if (Math.abs(sum / n) <= standardError * multipliers[n]!) continue;
        missed += 1;
        break;
      }
    }
    expect(missed / runs).toBeLessThan(alpha + 4 * Math.sqrt((alpha * (1 - alpha)) / runs));
    expect(missed / runs).toBeGreaterThan(alpha / 10);
  });

  test('refuses arguments outside their range', () => {
    expect(() => sequenceWidth(5_000, 0)).toThrow('alpha: expected in (0, 1), got 0');
    expect(() => bestSequenceWidth(-1, 0.1)).toThrow('bestUnits: expected above 0, got -1');
    expect(() => oneSidedSequenceMultiplier(9, 0.6, 1)).toThrow('alpha: expected in (0, 0.5)');
  });
});
