/**
 * Thresholds in float32: for a float32 x, x ≤ t exactly when x is at most the largest float32 that is at most t.
 *
 * Rounding to the nearest instead sends rows on the boundary the wrong way.
 */

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/**
 * @returns the largest float32 at most `value`; −Infinity where there is none
 *
 * @example
 * roundDown(0.1); // 0.09999999403953552; Math.fround(0.1) is 0.10000000149011612
 */
export function roundDown(value: number): number {
  const rounded = Math.fround(value);
  return rounded > value ? nextBelow(rounded) : rounded;
}

/** The largest float32 below one: x < t is x ≤ nextBelow(t). NaN and −Infinity stay as they are. */
export function nextBelow(value: number): number {
  if (value === -Infinity || Number.isNaN(value)) return value;
  float[0] = value;
  if (value === 0) bits[0] = 0x8000_0001 | 0;
  else bits[0]! += value > 0 ? -1 : 1;
  return float[0]!;
}
