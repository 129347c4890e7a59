import { describe, expect, test } from 'vitest';
import { gaussLegendre, integrate, integrateByRule } from '../../../stats/special/gaussLegendre.ts';
import { expectRelative } from '../../support/relative.ts';

describe('gaussLegendre', () => {
  // Golden: Abramowitz & Stegun 1964, table 25.4, n = 5.
  test('has the tabulated nodes and weights', () => {
    const { nodes, weights } = gaussLegendre(5);
    expect(nodes[2]).toBe(0);
    expectRelative(nodes[3]!, 0.538469310105683, 1e-14);
    expectRelative(nodes[4]!, 0.906179845938664, 1e-14);
    expectRelative(weights[2]!, 0.568888888888889, 1e-14);
    expectRelative(weights[3]!, 0.478628670499366, 1e-14);
    expectRelative(weights[4]!, 0.236926885056189, 1e-14);
  });

  test('integrates polynomials up to twice its order exactly', () => {
    for (const order of [1, 2, 7, 20, 64]) {
      const rule = gaussLegendre(order);
      const degree = 2 * order - 2; // even, so that the integral is not zero by symmetry
      expectRelative(
        integrateByRule((x) => x ** degree, -1, 1, rule),
        2 / (degree + 1),
        1e-13,
      );
    }
    expect(() => gaussLegendre(0)).toThrow('order: expected an integer above 0, got 0');
  });

  test('integrates peaks and kinks to the tolerance', () => {
    expectRelative(integrate(Math.exp, 0, 1), Math.E - 1, 1e-15);
    const peak = integrate((x) => Math.exp(-0.5 * ((x - 0.37) / 1e-3) ** 2), 0.3, 0.4);
    expectRelative(peak, 1e-3 * Math.sqrt(2 * Math.PI), 1e-9);
    expect(Math.abs(integrate((x) => Math.abs(x - 1 / 3), 0, 1) - 5 / 18)).toBeLessThan(1e-11);
  });
});
