import { expect, test } from 'vitest';
import { MetricFigures } from '../../../contracts/experimentApi.ts';
import { evaluateExperiment } from '../../../control/experiments/evaluate.ts';
import { measuresSame, metricFigures } from '../../../control/experiments/metricFigures.ts';
import { normal, randomState, uniform } from '../../../stats/random.ts';
import { CountedUnits } from '../../support/countedUnits.ts';
import { makeMetric, makeRunning } from '../../support/experiments.ts';

function shown(unit: 'user' | 'class', units: number) {
  const record = { revision: 1, experiment: makeRunning({ unit }), metrics: [makeMetric()] };
  const counts = new CountedUnits(record);
  const random = randomState(6);
  let rate = 0.4;
  for (let i = 0; i < units; i += 1) {
    const group = Math.floor(i / 20);
    // Classes differ with a deviation of 0.15: a share of 0.15² / (0.4 × 0.6), or 9 %, lies between them.
    if (unit === 'class' && i % 20 === 0) rate = 0.4 + 0.15 * normal(random);
    const variant = unit === 'class' ? group % 2 : Number(uniform(random) < 0.5);
    counts.add({
      variant,
      ...(unit === 'class' ? { cluster: `c${group}` } : {}),
      outcomes: { solved: Number(uniform(random) < rate + 0.2 * variant) },
    });
  }
  const result = evaluateExperiment(record, counts.read(), 7_000);
  return metricFigures(record.experiment, result, 'solved');
}

test('are those of the control', () => {
  const figures = MetricFigures.parse(shown('user', 4_000));
  expect(figures).toMatchObject({ experiment: 'hints', at: 7_000, unit: 'user', cluster: null });
  expect(figures.mean).toBeCloseTo(0.4, 1);
  expect(figures.deviation).toBeCloseTo(0.49, 2);
});

test('of classes have the deviation of their members, and how alike these are', () => {
  const figures = MetricFigures.parse(shown('class', 4_000));
  expect(figures.units).toBe(100);
  expect(figures.deviation).toBeCloseTo(0.49, 1);
  expect(figures.cluster).toMatchObject({ clusters: 200, size: 20, sizeVariation: 0 });
  expect(Math.abs(figures.cluster!.correlation - 0.09)).toBeLessThan(0.03);
});

test('are not given where little has been seen', () => {
  expect(shown('user', 60)).toBeUndefined();
  expect(shown('class', 200)).toBeUndefined();
});

test('another definition is another metric, another name is not', () => {
  const metric = makeMetric();
  expect(measuresSame(metric, { ...metric, name: 'Other', description: 'Said otherwise' })).toBe(
    true,
  );
  expect(measuresSame(metric, { ...metric, windowMs: 1_000 })).toBe(false);
});
