/**
 * A root of a continuous function between two points where it has different signs.
 *
 * Source: Brent 1973, "Algorithms for minimization without derivatives", chapter 4 (inverse quadratic interpolation,
 * secant and bisection).
 */

/**
 * @param f         continuous
 * @param from      one end; f has one sign here …
 * @param to        … and the other, or zero, here
 * @param tolerance absolute, of the root; besides it four roundings of the root itself
 * @throws RangeError when f has one sign, or is NaN, at both ends
 *
 * @example
 * bracketedRoot((x) => x * x - 2, 0, 2); // ≈ 1.4142135623730951
 */
export function bracketedRoot(
  f: (x: number) => number,
  from: number,
  to: number,
  tolerance = 0,
): number {
  let previous = from;
  let best = to;
  let atPrevious = f(previous);
  let atBest = f(best);
  if (atPrevious === 0) return previous;
  if (!(atPrevious * atBest <= 0) && !(Math.sign(atPrevious) === -Math.sign(atBest))) {
    throw new RangeError(
      `from, to: expected a change of sign, got f(${from}) = ${atPrevious}, f(${to}) = ${atBest}`,
    );
  }
  let opposite = previous;
  let atOpposite = atPrevious;
  let step = best - previous;
  let stepBefore = step;
  for (let round = 0; round < 500; round += 1) {
    if (atBest > 0 === atOpposite > 0) {
      opposite = previous;
      atOpposite = atPrevious;
      step = best - previous;
      stepBefore = step;
    }
    if (Math.abs(atOpposite) < Math.abs(atBest)) {
      previous = best;
      best = opposite;
      opposite = previous;
      atPrevious = atBest;
      atBest = atOpposite;
      atOpposite = atPrevious;
    }
    const resolution = 2 * Number.EPSILON * Math.abs(best) + 0.5 * tolerance;
    const half = 0.5 * (opposite - best);
    if (Math.abs(half) <= resolution || atBest === 0) return best;
    if (Math.abs(stepBefore) >= resolution && Math.abs(atPrevious) > Math.abs(atBest)) {
      const s = atBest / atPrevious;
      let p = 2 * half * s;
      let q = 1 - s;
      if (previous !== opposite) {
        const q0 = atPrevious / atOpposite;
        const r = atBest / atOpposite;
        p = s * (2 * half * q0 * (q0 - r) - (best - previous) * (r - 1));
        q = (q0 - 1) * (r - 1) * (s - 1);
      }
      if (p > 0) q = -q;
      else p = -p;
      const limit = Math.min(3 * half * q - Math.abs(resolution * q), Math.abs(stepBefore * q));
      stepBefore = 2 * p < limit ? step : half;
      step = 2 * p < limit ? p / q : half;
    } else {
      step = half;
      stepBefore = half;
    }
    previous = best;
    atPrevious = atBest;
    best += Math.abs(step) > resolution ? step : resolution * Math.sign(half);
    atBest = f(best);
  }
  return best;
}
