import { expect, test } from 'vitest';
import { beliefOf, rankBelief } from '../../../control/experiments/beliefOf.ts';
import { evaluateExperiment } from '../../../control/experiments/evaluate.ts';
import { outcomeScale } from '../../../models/measure/outcomeScale.ts';
import { randomState, uniform } from '../../../stats/random.ts';
import { vagueBelief } from '../../../stats/sequential/predictGroups.ts';
import { CountedUnits } from '../../support/countedUnits.ts';
import { makeMetric, makeRunning } from '../../support/experiments.ts';

const solved = makeMetric();
const minutes = makeMetric({
  ...{ key: 'minutes', kind: 'continuous', cap: [0, 60] },
  measure: { of: 'value', field: 'value' },
});
const median = makeMetric({ key: 'median', kind: 'quantile', level: 0.5 });

test('is the baseline on the scale from 0 to 1', () => {
  const scale = outcomeScale(minutes);
  expect(beliefOf(scale, { mean: 15, deviation: 6, units: 100 })).toEqual({
    ...{ mean: 0.25, deviation: 0.1, weight: 100 },
  });
  // Without a deviation: the largest that a mean of a quarter allows.
  expect(beliefOf(scale, { mean: 15, units: 40 })).toEqual({
    ...{ mean: 0.25, deviation: Math.sqrt(0.25 * 0.75), weight: 40 },
  });
  expect(beliefOf(scale, { mean: -9, units: 1 })).toMatchObject({ mean: 0, deviation: 0.001 });
  // Of a yes or no it follows from the mean.
  expect(beliefOf(outcomeScale(solved), { mean: 0.2, deviation: 3, units: 100 })).toEqual({
    ...{ mean: 0.2, deviation: 0.4, weight: 100 },
  });
});

test('knows nothing without a baseline, and of ranks', () => {
  expect(beliefOf(outcomeScale(solved), undefined)).toBe(vagueBelief);
  expect(beliefOf(outcomeScale(median), { mean: 5, units: 10 })).toBe(rankBelief);
});

function evidence(baseline: { mean: number } | undefined, effect: number, seed: number): number {
  const use = { metric: 'solved', role: 'primary' as const, ...(baseline ? { baseline } : {}) };
  const record = {
    revision: 1,
    experiment: makeRunning({ metrics: [use] }),
    metrics: [solved],
  };
  const random = randomState(seed);
  const counts = new CountedUnits(record);
  for (let i = 0; i < 200; i += 1) {
    const variant = Number(uniform(random) < 0.5);
    const rate = 0.05 + effect * variant;
    counts.add({ variant, outcomes: { solved: Number(uniform(random) < rate) } });
  }
  return evaluateExperiment(record, counts.read(), 0).metrics[0]!.comparisons[0]!.lnE.either;
}

test('a true baseline makes the evidence of the first units count for more', () => {
  const runs = 30;
  const mean = (baseline: { mean: number } | undefined) => {
    let sum = 0;
    for (let seed = 0; seed < runs; seed += 1) sum += evidence(baseline, 0.08, seed) / runs;
    return sum;
  };
  expect(mean({ mean: 0.05 })).toBeGreaterThan(mean(undefined) + 0.3);
});

// The promise: E e = 1 without an effect, whatever is believed.
test.each([undefined, { mean: 0.05 }, { mean: 0.7 }])(
  '%o: errs no more than promised',
  (belief) => {
    const runs = 150;
    let erred = 0;
    const values: number[] = [];
    for (let seed = 0; seed < runs; seed += 1) {
      const lnE = evidence(belief, 0, 1_000 + seed);
      values.push(Math.exp(lnE));
      if (lnE >= Math.log(20)) erred += 1;
    }
    expect(erred / runs).toBeLessThan(0.05);
    const mean = values.reduce((sum, e) => sum + e, 0) / runs;
    const squares = values.reduce((sum, e) => sum + (e - mean) ** 2, 0);
    expect(Math.abs(mean - 1)).toBeLessThan((4 * Math.sqrt(squares)) / runs);
  },
);
