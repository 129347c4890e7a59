import { expect, test } from 'vitest';
import { run } from '../../../benchmarks/learner.ts';

test('20,000 real answers are predicted better than by the rate of the item so far', async (context) => {
  const figures = await run({ full: false });
  context.skip(figures['data'] === 'simulated', 'ASSISTments 2017 is not in ../shared/data');
  expect(figures['rows']).toBe(20_000);
  expect(Number(figures['auc'])).toBeGreaterThan(Number(figures['baseline_auc']) + 0.05);
  expect(Number(figures['ece'])).toBeLessThan(0.05);
  expect(Math.abs(Number(figures['auc']) - Number(figures['auc_from_bins']))).toBeLessThan(5e-4);
});
