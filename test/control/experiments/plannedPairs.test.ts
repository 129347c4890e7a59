/** The information that an experiment needs, between the effects for which the planner is asked. */
import { expect, test } from 'vitest';
import { engineBets } from '../../../control/experiments/compareByDesign.ts';
import { effectFor, pairsFor } from '../../../control/experiments/plannedPairs.ts';
import { designBasedBoundary } from '../../../stats/planning/designBasedBoundary.ts';
import { planCurve } from '../../../stats/planning/planCurve.ts';
import { unitsToPower } from '../../../stats/planning/readCurve.ts';

test.each([0.012, 0.05, 0.17, 0.6])('agrees with the planner: %d deviations', (size) => {
  const design = {
    metric: { kind: 'continuous', mean: 0, deviation: 1 },
    effect: { kind: 'absolute', size },
    traffic: [{ days: 1, unitsPerDay: 4 / size ** 2, treatmentShare: 0.5 }],
  } as const;
  const boundary = designBasedBoundary({ ...design, alpha: 0.05, portfolio: engineBets });
  const curve = planCurve({
    ...design,
    test: { kind: 'sequence', boundary },
    comparison: 'within stages',
    daysMax: 40,
    armUnitsFirst: 2,
  });
  const exact = unitsToPower(curve, 0.8) / 4;
  expect(pairsFor(size, 0.05) / exact).toBeGreaterThan(0.95);
  expect(pairsFor(size, 0.05) / exact).toBeLessThan(1.05);
});

test('the detectable effect is the one for which the information suffices', () => {
  for (const size of [0.01, 0.08, 0.5]) {
    expect(effectFor(pairsFor(size, 0.05), 0.05) / size).toBeCloseTo(1, 2);
  }
  expect(effectFor(0, 0.05)).toBeNaN();
});
