/** Quality from sums is the quality of the predictions, however they were split over windows and partitions. */
import { describe, expect, test } from 'vitest';
import { calibrationOf, type QualitySums, qualityOf } from '../../control/modelQuality.ts';
import { type PrequentialState, prequential, reliability } from '../../stats/prequential.ts';
import { randomState, uniform } from '../../stats/random.ts';

function sumsOf(state: PrequentialState): QualitySums {
  return {
    ...state,
    positivesByBin: [...state.positivesByBin],
    negativesByBin: [...state.negativesByBin],
    predictedByBin: [...state.predictedByBin],
  };
}

function statesOf(parts: number, each: number): PrequentialState[] {
  const random = randomState(5);
  return Array.from({ length: parts }, () => {
    const state = prequential.initial();
    for (let i = 0; i < each; i += 1) {
      const probability = uniform(random);
      prequential.step(state, { probability, label: uniform(random) < probability ? 1 : 0 });
    }
    return state;
  });
}

describe('quality', () => {
  test('reads as the fold that wrote the sums', () => {
    const [state] = statesOf(1, 1_000);
    expect(qualityOf(sumsOf(state!))).toEqual(prequential.read(state!));
  });

  test('without predictions is null, not NaN', () => {
    expect(qualityOf()).toEqual({
      count: 0,
      baseRate: null,
      auc: null,
      logLoss: null,
      brier: null,
      accuracy: null,
      calibrationError: null,
    });
  });

  test('of one class has no AUC', () => {
    const state = prequential.initial();
    prequential.step(state, { probability: 0.7, label: 1 });
    expect(qualityOf(sumsOf(state))).toMatchObject({ auc: null, accuracy: 1 });
  });
});

test('the reliability curve of parts is that of the whole', () => {
  const states = statesOf(4, 500);
  const curve = calibrationOf(states.map(sumsOf));
  const whole = prequential.initial();
  for (const state of states) prequential.merge(whole, state);
  expect(curve).toEqual(reliability(whole));
  expect(calibrationOf([])).toEqual([]);
});
