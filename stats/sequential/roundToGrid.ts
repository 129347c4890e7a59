/**
 * Rounds a number to one of its two neighbours on a grid at random, so that its mean stays what it was.
 *
 * With it real outcomes become integer counts while every expectation of a linear function of them is kept exactly; the
 * variance grows by f (1 − f) steps², at most a quarter, where f is the part beyond the lower neighbour.
 *
 * Source: Croci et al. 2022, "Stochastic rounding: implementation, error analysis and applications".
 */

/**
 * @param value in [0, 1]
 * @param bins  grid points 0, 1 / (bins − 1), …, 1; integer ≥ 2
 * @param draw  uniform in [0, 1), independent of everything that the outcome is compared with
 * @returns index of the grid point, 0 … bins − 1
 * @throws RangeError when value is outside [0, 1] or bins below 2
 *
 * @example
 * roundToGrid(0.3, 11, 0.999); // 3: grid points stay themselves
 * roundToGrid(0.25, 2, 0.2); // 1, as for a quarter of all draws
 */
export function roundToGrid(value: number, bins: number, draw: number): number {
  if (!(value >= 0 && value <= 1)) {
    throw new RangeError(`value: expected in [0, 1], got ${value}`);
  }
  if (!(Number.isSafeInteger(bins) && bins >= 2)) {
    throw new RangeError(`bins: expected an integer from 2, got ${bins}`);
  }
  const scaled = value * (bins - 1);
  const nearest = Math.round(scaled);
  // The product of a grid point may miss its integer by a rounding: it is not a neighbour's then.
  if (Math.abs(scaled - nearest) <= 2 * Number.EPSILON * bins) return nearest;
  const lower = Math.floor(scaled);
  return draw < scaled - lower ? lower + 1 : lower;
}
