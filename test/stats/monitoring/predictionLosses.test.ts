import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { predictionLosses } from '../../../stats/monitoring/predictionLosses.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { normalTwoSided } from '../../../stats/special/normal.ts';

interface Row {
  readonly probability: number;
  readonly label: number;
}

const quantile = normalTwoSided(0.05);

function foldOf(rows: readonly Row[], state = predictionLosses.initial()) {
  for (const row of rows) predictionLosses.step(state, { ...row, threshold: 0.5 });
  return state;
}

const readOf = (rows: readonly Row[]) => predictionLosses.read(foldOf(rows))(quantile);

const rows = fc.array(
  fc.record({
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    label: fc.constantFrom(0, 1),
  }),
  { maxLength: 40 },
);

describe('prediction losses', () => {
  // Golden: scipy 1.17.1 (sem, binomtest with Wilson's interval), scikit-learn 1.9.1 (log_loss, …).
  test('agree with scipy and scikit-learn', () => {
    const probabilities = [0.05, 0.2, 0.35, 0.4, 0.55, 0.6, 0.7, 0.8, 0.9, 0.95, 0.3, 0.65];
    const labels = [0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0];
    const read = readOf(
      probabilities.map((probability, i) => ({ probability, label: labels[i]! })),
    );
    const golden = {
      logLoss: [0.45768180836099437, 0.2474364498541418, 0.6679271668678469],
      brier: [0.15354166666666666, 0.06170135684536875, 0.24538197648796456],
      bias: [0.0375, -0.19299786792430282, 0.2679978679243028],
      accuracy: [0.75, 0.46769466506643426, 0.9110583316059453],
      precision: [5 / 7, 0.3589344518326193, 0.9177810759959432],
      recall: [5 / 6, 0.43649717781352976, 0.9699466302516933],
    } as const;
    for (const [name, [estimate, lower, upper]] of Object.entries(golden)) {
      const figure = read[name as keyof typeof golden];
      // Losses are kept on a grid of 2⁻²⁴.
      expect(figure.estimate).toBeCloseTo(estimate, 7);
      expect(figure.lower).toBeCloseTo(lower, 7);
      expect(figure.upper).toBeCloseTo(upper, 7);
    }
    expect(read).toMatchObject({ count: 12, baseRate: 0.5 });
  });

  test('merge to the bit, in any order', () => {
    fc.assert(
      fc.property(rows, rows, (one, other) => {
        const whole = foldOf([...one, ...other]);
        const merged = foldOf(other);
        predictionLosses.merge(merged, foldOf(one));
        expect(merged).toEqual(whole);
      }),
    );
  });

  test('say nothing of nothing, and have no interval of a mean of one', () => {
    expect(readOf([])).toMatchObject({
      ...{ count: 0, baseRate: Number.NaN, recall: { lower: 0, upper: 1 } },
      logLoss: { estimate: Number.NaN, lower: 0, upper: Number.POSITIVE_INFINITY },
    });
    expect(readOf([{ probability: 0, label: 1 }]).logLoss).toMatchObject({ lower: 0 });
    expect(Number.isFinite(readOf([{ probability: 0, label: 1 }]).logLoss.estimate)).toBe(true);
    expect(() => foldOf([{ probability: 1.1, label: 1 }])).toThrow(/^probability: /);
    expect(() => foldOf([{ probability: 0.1, label: 2 }])).toThrow(/^label: /);
  });

  // The promise: intervals at 95 % hold the truth in 95 % of slices of 200 calibrated predictions.
  test('have intervals that hold', () => {
    const random = randomState(3);
    const draw = (): Row => {
      const probability = 1 / (1 + Math.exp(normal(random)));
      return { probability, label: uniform(random) < probability ? 1 : 0 };
    };
    const truth = readOf(Array.from({ length: 200_000 }, draw));
    const names = ['logLoss', 'brier', 'bias', 'accuracy', 'precision', 'recall'] as const;
    const slices = 1_000;
    const held = Object.fromEntries(names.map((name) => [name, 0]));
    for (let slice = 0; slice < slices; slice += 1) {
      const read = readOf(Array.from({ length: 200 }, draw));
      for (const name of names) {
        const { lower, upper } = read[name];
        const { estimate } = truth[name];
        if (lower <= estimate && estimate <= upper) held[name]! += 1;
      }
    }
    for (const name of names) {
      expect(held[name]! / slices).toBeGreaterThan(0.93);
      expect(held[name]! / slices).toBeLessThan(0.97);
    }
  });
});
