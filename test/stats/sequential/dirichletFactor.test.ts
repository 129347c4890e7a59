import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lnDirichletFactor } from '../../../stats/sequential/dirichletFactor.ts';
import { expectRelative } from '../../support/relative.ts';

const design = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 5 });
const concentration = fc.double({ min: 0.1, max: 1e5, noNaN: true });

describe('dirichletFactor', () => {
  // Golden: Python's exact binomial; confseq 0.0.11, beta_binomial_log_mixture, two-sided, of 520 in 1000 at ½ and 380 in 400
  // at .9; its concentration is ρ / p (1 − p) − 1.
  test('agrees with closed form and reference implementation', () => {
    expectRelative(lnDirichletFactor([60, 40], [0.5, 0.5], 2), -0.09096487798123576, 1e-11);
    const twice = -2 * Math.log(0.05);
    const rest = twice + Math.log1p(twice);
    const half = lnDirichletFactor([520, 480], [0.5, 0.5], 500 / rest - 1);
    expectRelative(half, -0.6699804548403847, 1e-9);
    const tenth = lnDirichletFactor([380, 20], [0.9, 0.1], 1_000 / rest - 1);
    expectRelative(tenth, 4.3286120350580575, 1e-9);
  });

  // Validity itself: given any past, the next item multiplies the factor by 1 on average over its category.
  test('is a fair bet at every item', () => {
    const past = fc.array(fc.nat(1_000), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(design, past, concentration, (weights, all, c) => {
        const total = weights.reduce((sum, w) => sum + w, 0);
        const p = weights.map((w) => w / total);
        const counts = all.slice(0, p.length);
        const before = lnDirichletFactor(counts, p, c);
        let mean = 0;
        p.forEach((probability, k) => {
          const next = counts.map((count, i) => (i === k ? count + 1 : count));
          mean += probability * Math.exp(lnDirichletFactor(next, p, c) - before);
        });
        expect(Math.abs(mean - 1)).toBeLessThan(1e-9);
      }),
    );
  });
});
