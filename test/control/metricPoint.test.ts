/** Points of a metric are what the summary of the same values reads, however the values were split. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metricPoint } from '../../control/metricPoint.ts';
import { summary } from '../../stats/summary.ts';

test('agrees with the summary that wrote the sums', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2 });
  fc.assert(
    fc.property(values, (some) => {
      const state = summary.initial();
      for (const value of some) summary.step(state, value);
      const read = summary.read(state);
      const point = metricPoint({ ...read, ...state.sketch });
      expect(point.mean).toBe(read.mean);
      expect(point.deviation).toBe(read.deviation);
      expect([point.p50, point.p90, point.p99]).toEqual([0.5, 0.9, 0.99].map(read.quantile));
    }),
    { seed: 3 },
  );
});

test('figures that there are too few values for are null', () => {
  const none = { count: 0, sum: 0, squares: 0, minimum: 0, maximum: 0, bins: [], counts: [] };
  expect(metricPoint(none)).toEqual({
    count: 0,
    sum: 0,
    mean: null,
    deviation: null,
    minimum: null,
    maximum: null,
    p50: null,
    p90: null,
    p99: null,
  });
  const one = { ...none, count: 1, sum: 2, squares: 4, minimum: 2, maximum: 2 };
  expect(metricPoint(one)).toMatchObject({ mean: 2, deviation: null });
});
