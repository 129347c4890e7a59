import { describe, expect, test } from 'vitest';
import { randomState, uniform } from '../../../stats/random.ts';
import { designCounts } from '../../../stats/sequential/designCounts.ts';
import { designEstimate } from '../../../stats/sequential/designEstimate.ts';

describe('designEstimate', () => {
  // Golden: by hand; √(.1 × .9 / 100 + .2 × .8 / 100) = .05.
  test('is the difference of means where all weights are equal', () => {
    const counts = Float64Array.of(90, 10, 0, 0, 80, 20, 0, 0);
    const estimate = designEstimate([{ period: 0, low: 0.5, high: 0.5, counts }]);
    expect(estimate.effect).toBeCloseTo(0.1, 15);
    expect(estimate.standardError).toBeCloseTo(0.05, 15);
    expect(estimate).toMatchObject({ controlUnits: 100, treatmentUnits: 100 });
  });

  test('is NaN while an arm is empty', () => {
    const counts = Float64Array.of(90, 10, 0, 0, 0, 0, 0, 0);
    const estimate = designEstimate([{ period: 0, low: 0.5, high: 0.5, counts }]);
    expect(estimate.effect).toBeNaN();
    expect(estimate.standardError).toBeNaN();
    expect(estimate.controlMean).toBeCloseTo(0.1, 15);
  });

  // The promise: units with high outcomes are treated more often, and the weights undo it; the standard error is true.
  test('is unbiased where treatment depends on what the outcome depends on', () => {
    const random = randomState(8);
    const runs = 300;
    let sum = 0;
    let squares = 0;
    let stated = 0;
    for (let run = 0; run < runs; run += 1) {
      const fold = designCounts({ bins: 2, adaptive: true });
      const state = fold.initial();
      for (let i = 0; i < 400; i += 1) {
        const able = uniform(random);
        const probability = 0.2 + 0.6 * able;
        const treated = uniform(random) < probability;
        const outcome = uniform(random) < 0.6 * able + (treated ? 0.2 : 0) ? 1 : 0;
        const weightDraw = uniform(random);
        fold.step(state, { period: 0, probability, treated, outcome, outcomeDraw: 0, weightDraw });
      }
      const { effect, standardError } = designEstimate(state.groups);
      sum += effect - 0.2;
      squares += (effect - 0.2) ** 2;
      stated += standardError ** 2;
    }
    expect(Math.abs(sum / runs)).toBeLessThan((4 * Math.sqrt(squares)) / runs);
    expect(Math.sqrt(squares / stated)).toBeGreaterThan(0.85);
    expect(Math.sqrt(squares / stated)).toBeLessThan(1.15);
  });
});
