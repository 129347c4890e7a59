/**
 * Distributions and densities of normals together, fast: from a table and a few terms of Taylor's series.
 *
 * Absolute error below 2e-13 of either; 0 or 1 beyond {@link normalReach}. For integrals that need many values; where tails
 * matter relatively, use `normal.ts`.
 */
import { normalCdf, normalDensity } from './normal.ts';

/** Beyond it the distribution is taken for 0 or 1: P(Z > 8.5) = 9.5e-18. */
export const normalReach = 8.5;
const perUnit = 32;
const size = 2 * normalReach * perUnit + 1;

const place = (i: number): number => i / perUnit - normalReach;
const tabledCdfs = Float64Array.from({ length: size }, (_, i) => normalCdf(place(i)));
const tabledDensities = Float64Array.from({ length: size }, (_, i) => normalDensity(place(i)));

/**
 * Distribution and density of several normals at one point; nothing is allocated.
 *
 * @param means     of each
 * @param inverses  1 / standard deviation of each
 * @param cdfs      takes Φ((x − mean) inverse)
 * @param densities takes φ((x − mean) inverse) × inverse
 *
 * @example
 * const [cdf, density] = [new Float64Array(1), new Float64Array(1)];
 * normalsAt(0, Float64Array.of(0), Float64Array.of(1), 1, cdf, density); // 0.5, 0.3989…
 */
export function normalsAt(
  x: number,
  means: Float64Array,
  inverses: Float64Array,
  count: number,
  cdfs: Float64Array,
  densities: Float64Array,
): void {
  for (let k = 0; k < count; k += 1) {
    const inverse = inverses[k]!;
    const z = (x - means[k]!) * inverse;
    if (!(z > -normalReach && z < normalReach)) {
      cdfs[k] = z > 0 ? 1 : 0;
      densities[k] = 0;
      continue;
    }
    // The nearest place: what is added is positive, so cutting is rounding.
    const i = ((z + normalReach) * perUnit + 0.5) | 0;
    const a = i / perUnit - normalReach;
    const d = z - a; // at most 1/64
    const density = tabledDensities[i]!;
    const square = a * a;
    // Φ⁽ⁿ⁺¹⁾ = (−1)ⁿ He_n φ, n = 0 … 4: what is left is below d⁶ / 720 × 6.
    const high = (a * (square - 3)) / 24 - (d * (square * (square - 6) + 3)) / 120;
    const series = 1 - d * (0.5 * a - d * ((square - 1) / 6 - d * high));
    cdfs[k] = tabledCdfs[i]! + density * d * series;
    // φ(a + d) = φ(a) e^t, |t| ≤ 0.14, and where t is large φ is small.
    const t = -d * (a + 0.5 * d);
    const third = 1 + t * (0.25 + t * (0.05 + t / 120));
    densities[k] = inverse * density * (1 + t * (1 + t * (0.5 + (t / 6) * third)));
  }
}
