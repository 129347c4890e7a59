/**
 * Lambert's W: the w with w eʷ = z, on its two real branches.
 *
 * Source: Corless, Gonnet, Hare, Jeffrey & Knuth 1996, "On the Lambert W function" (4.22 series at the branch point, 4.19
 * asymptotics, 5.9 Halley's iteration).
 */

/** 1/e = head + tail to twice double precision: z + 1/e keeps its digits near the branch point. */
const inverseE = 0.36787944117144233;
const inverseETail = -1.2428753672788363e-17;

/** Series around the branch point in p = ±√(2 (e z + 1)). */
function nearBranch(p: number): number {
  const cube = 11 / 72 - p * (43 / 540 - p * (769 / 17280 - (p * 221) / 8505));
  return -1 + p * (1 - p * (1 / 3 - p * cube));
}

function halley(z: number, guess: number): number {
  let w = guess;
  for (let round = 0; round < 50; round += 1) {
    const power = Math.exp(w);
    const excess = w * power - z;
    const step = excess / (power * (w + 1) - (0.5 * (w + 2) * excess) / (w + 1));
    w -= step;
    if (!(Math.abs(step) > 2 * Number.EPSILON * Math.abs(w))) break;
  }
  return w;
}

/** Above the branch point by e z + 1; a rounding below it counts as on it. */
function aboveBranch(z: number): number {
  const above = Math.E * (z + inverseE + inverseETail);
  if (!(above > -1e-15)) throw new RangeError(`z: expected at least −1/e, got ${z}`);
  return Math.max(0, above);
}

/**
 * W₀(z) ≥ −1.
 *
 * @param z ≥ −1/e
 * @throws RangeError when z is below −1/e
 *
 * @example
 * lambertW0(1); // ≈ 0.5671432904097838
 */
export function lambertW0(z: number): number {
  if (z === 0 || z === Infinity) return z;
  const above = aboveBranch(z);
  const p = Math.sqrt(2 * above);
  if (p < 0.01) return nearBranch(p);
  if (z < 1) return halley(z, p < 1 ? nearBranch(p) : Math.log1p(z) * 0.8);
  // Iterated on w + ln w = ln z, which neither overflows nor cancels.
  const ln = Math.log(z);
  let w = z < 3 ? 0.567 + 0.24 * (z - 1) : ln - Math.log(ln) + Math.log(ln) / ln;
  for (let round = 0; round < 20; round += 1) {
    const step = (w * (ln - w - Math.log(w))) / (1 + w);
    w += step;
    if (Math.abs(step) <= 2 * Number.EPSILON * w) break;
  }
  return w;
}

/**
 * W₋₁(z) ≤ −1.
 *
 * @param z in [−1/e, 0)
 * @throws RangeError when z is outside its range
 *
 * @example
 * lambertWMinus1(-0.1); // ≈ -3.577152063957297
 */
export function lambertWMinus1(z: number): number {
  if (!(z < 0)) throw new RangeError(`z: expected below 0, got ${z}`);
  const above = aboveBranch(z);
  const p = Math.sqrt(2 * above);
  if (p < 0.01) return nearBranch(-p);
  if (p < 0.5) return halley(z, nearBranch(-p));
  // With v = −w: v − ln v = −ln(−z).
  const target = -Math.log(-z);
  let v = target + Math.log(target + Math.log(Math.max(target, 1)) + 0.5);
  for (let round = 0; round < 50; round += 1) {
    const step = (v * (target - v + Math.log(v))) / (v - 1);
    v += step;
    if (!(v > 1)) v = 1.0001;
    else if (Math.abs(step) <= 2 * Number.EPSILON * v) break;
  }
  return -v;
}
