import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrationCurve } from '../../stats/calibration.ts';
import { prequential, reliability, type Scored } from '../../stats/prequential.ts';
import { normal, randomState, uniform } from '../../stats/random.ts';
import { rankAuc } from '../../stats/rankAuc.ts';
import { scoreBin, scoreBins } from '../../stats/scoreBins.ts';

function fold(scored: readonly Scored[]) {
  const state = prequential.initial();
  for (const each of scored) prequential.step(state, each);
  return state;
}

/** Calibrated predictions whose logits are normal with this mean and deviation. */
function calibrated(count: number, mean: number, deviation: number, seed: number): Scored[] {
  const random = randomState(seed);
  return Array.from({ length: count }, () => {
    const probability = 1 / (1 + Math.exp(-mean - deviation * normal(random)));
    return { probability, label: uniform(random) < probability ? 1 : 0 };
  });
}

function exactAuc(scored: readonly Scored[]): number {
  return rankAuc(
    Float64Array.from(scored, ({ probability }) => probability),
    Uint8Array.from(scored, ({ label }) => label),
  );
}

/** The vector that scikit-learn was given, too: 97 distinct probabilities, hence many ties. */
const golden: Scored[] = Array.from({ length: 400 }, (_, i) => {
  const probability = (((i * 37 + 11) % 97) + 0.5) / 98;
  return { probability, label: (i * 53 + 7) % 101 < 100 * probability ? 1 : 0 };
});

const scored = fc.array(
  fc.record({
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    label: fc.constantFrom(0, 1),
  }),
  { maxLength: 60 },
);

describe('rankAuc', () => {
  // Golden: scikit-learn 1.9.1, roc_auc_score.
  test('agrees with scikit-learn, ties included', () => {
    expect(exactAuc(golden)).toBeCloseTo(0.8235330883272081, 12);
  });

  test('is the share of ordered pairs', () => {
    fc.assert(
      fc.property(scored, (all) => {
        let pairs = 0;
        let ordered = 0;
        for (const up of all.filter(({ label }) => label === 1)) {
          for (const down of all.filter(({ label }) => label === 0)) {
            pairs += 1;
            if (up.probability > down.probability) ordered += 1;
            if (up.probability === down.probability) ordered += 0.5;
          }
        }
        if (pairs === 0) expect(exactAuc(all)).toBe(NaN);
        else expect(exactAuc(all)).toBeCloseTo(ordered / pairs, 10);
      }),
    );
  });

  test('refuses labels of another length', () => {
    expect(() => rankAuc(new Float64Array(2), [1])).toThrow('labels: expected 2, got 1');
  });
});

describe('prequential', () => {
  // Golden: scikit-learn 1.9.1, log_loss, brier_score_loss, accuracy_score.
  test('agrees with scikit-learn', () => {
    const read = prequential.read(fold(golden));
    expect(read.count).toBe(400);
    expect(read.baseRate).toBe(201 / 400);
    expect(read.logLoss).toBeCloseTo(0.5119082906362317, 6);
    expect(read.brier).toBeCloseTo(0.17150978758850477, 6);
    expect(read.accuracy).toBeCloseTo(0.705, 12);
  });

  test.each([
    [0, 1],
    [-0.6, 1.1],
    [2, 0.3],
    [-3, 2],
  ])('AUC from bins is within 5e-4 of the ranks, logits N(%d, %d)', (mean, deviation) => {
    const all = calibrated(30_000, mean, deviation, 6);
    expect(Math.abs(prequential.read(fold(all)).auc - exactAuc(all))).toBeLessThan(5e-4);
  });

  // Here a tenth of all pairs share a bin, and their exact order is chance: √(0.1 / 12 / 7,500) × ½ ≈ 5e-4.
  test('AUC from bins stays within sampling noise when predictions hardly differ', () => {
    const all = calibrated(30_000, 0, 0.1, 6);
    expect(Math.abs(prequential.read(fold(all)).auc - exactAuc(all))).toBeLessThan(2e-3);
  });

  test('merges bit for bit, however the predictions were split', () => {
    fc.assert(
      fc.property(scored, scored, scored, (a, b, c) => {
        const left = fold(a);
        prequential.merge(left, fold(b));
        prequential.merge(left, fold(c));
        const tail = fold(c);
        prequential.merge(tail, fold(a));
        prequential.merge(tail, fold(b));
        expect(left).toEqual(fold([...a, ...b, ...c]));
        expect(tail).toEqual(left);
      }),
      { numRuns: 25 },
    );
  });

  test('counts each prediction in one bin', () => {
    fc.assert(
      fc.property(scored, (all) => {
        const { count, positives, positivesByBin, negativesByBin } = fold(all);
        const sum = (bins: Uint32Array) => bins.reduce((total, n) => total + n, 0);
        expect(sum(positivesByBin)).toBe(positives);
        expect(sum(negativesByBin)).toBe(count - positives);
      }),
    );
    expect([scoreBin(0), scoreBin(0.5), scoreBin(1)]).toEqual([0, scoreBins / 2, scoreBins - 1]);
  });

  test('says NaN where there is nothing to say', () => {
    expect(prequential.read(fold([]))).toEqual({
      count: 0,
      baseRate: NaN,
      auc: NaN,
      logLoss: NaN,
      brier: NaN,
      accuracy: NaN,
      calibrationError: NaN,
    });
    expect(reliability(fold([]))).toEqual([]);
  });

  test('a sure and wrong prediction has a finite loss', () => {
    expect(prequential.read(fold([{ probability: 0, label: 1 }])).logLoss).toBeCloseTo(34.54, 2);
  });

  test('refuses what is no probability or no label', () => {
    expect(() => fold([{ probability: NaN, label: 1 }])).toThrow('probability: expected in [0, 1]');
    expect(() => fold([{ probability: 0.5, label: 2 }])).toThrow('label: expected 0 or 1, got 2');
  });
});

describe('calibration', () => {
  test('an honest predictor has an error near its noise, a boastful one a large one', () => {
    const honest = calibrated(50_000, 0, 1, 7);
    const boastful = honest.map(({ probability, label }) => ({
      probability: probability ** 2 / (probability ** 2 + (1 - probability) ** 2),
      label,
    }));
    // Each of 20 groups errs by about √(0.2 / 2500) × 0.8.
    expect(prequential.read(fold(honest)).calibrationError).toBeLessThan(0.012);
    expect(prequential.read(fold(boastful)).calibrationError).toBeGreaterThan(0.08);
  });

  test('groups are nearly equal, ascending, and hold every prediction', () => {
    const points = reliability(fold(calibrated(50_000, -0.5, 1, 8)));
    expect(points).toHaveLength(20);
    expect(points.reduce((sum, { count }) => sum + count, 0)).toBe(50_000);
    for (const [i, { predicted, count }] of points.entries()) {
      expect(count).toBeGreaterThan(1500);
      expect(count).toBeLessThan(3500);
      if (i > 0) expect(predicted).toBeGreaterThan(points[i - 1]!.predicted);
    }
  });

  // The promise: 95 % of the intervals hold the true rate of their group, which for an honest predictor is `predicted`.
  test('intervals cover the predictions of an honest predictor', () => {
    let covered = 0;
    let points = 0;
    for (let seed = 0; seed < 40; seed += 1) {
      for (const { predicted, lower, upper } of reliability(fold(calibrated(2000, 0, 1, seed)))) {
        points += 1;
        if (lower <= predicted && predicted <= upper) covered += 1;
      }
    }
    expect(points).toBeGreaterThan(700);
    expect(Math.abs(covered / points - 0.95)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / points));
  });

  test('one crowded bin makes one group', () => {
    const points = calibrationCurve({ positives: [30, 0], negatives: [70, 0], predicted: [31, 0] });
    expect(points).toHaveLength(1);
    expect(points[0]).toMatchObject({ predicted: 0.31, observed: 0.3, count: 100 });
  });
});
