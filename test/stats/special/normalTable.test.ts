import { expect, test } from 'vitest';
import { normalCdf, normalDensity } from '../../../stats/special/normal.ts';
import { normalsAt } from '../../../stats/special/normalTable.ts';

test('distribution and density are within 2e-13 of those to full precision', () => {
  const zero = new Float64Array(1);
  const one = Float64Array.of(1);
  const cdf = new Float64Array(1);
  const density = new Float64Array(1);
  let worst = 0;
  for (let i = 0; i <= 200_000; i += 1) {
    const z = -10 + i * 1e-4 + 3e-7;
    normalsAt(z, zero, one, 1, cdf, density);
    worst = Math.max(
      worst,
      Math.abs(cdf[0]! - normalCdf(z)),
      Math.abs(density[0]! - normalDensity(z)),
    );
  }
  expect(worst).toBeLessThan(2e-13);
  for (const [z, beyond] of [
    [Infinity, 1],
    [-Infinity, 0],
    [NaN, 0],
  ] as const) {
    normalsAt(z, zero, one, 1, cdf, density);
    expect([cdf[0], density[0]]).toEqual([beyond, 0]);
  }
  normalsAt(3, Float64Array.of(1), Float64Array.of(4), 1, cdf, density);
  expect(cdf[0]).toBeCloseTo(normalCdf(8), 13);
  expect(density[0]).toBeCloseTo(4 * normalDensity(8), 13);
});
