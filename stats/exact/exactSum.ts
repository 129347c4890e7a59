/**
 * Sums of integers and of their products, exact up to 2^104: two limbs to a sum, in a Float64Array.
 *
 * A sum is high × 2⁵² + low, low in [0, 2⁵²): every integer has one such form, so that equal sums have equal bits whatever
 * the order and grouping in which they were added. Addends and factors are integers up to {@link integerMax} in size; with
 * 2⁴⁰ products of them the limbs still hold.
 *
 * Place `at` of an array of limbs is its sum number `at`: limbs 2 at (low) and 2 at + 1 (high).
 */

/** Largest size of an addend or a factor: 2³². */
export const integerMax = 2 ** 32;

const base = 2 ** 52;
const half = 2 ** 26;

/** Room for `count` sums, each 0. */
export function exactSums(count: number): Float64Array {
  return new Float64Array(2 * count);
}

/** Adds an integer of at most 2⁵² in size. */
export function addInteger(limbs: Float64Array, at: number, integer: number): void {
  const place = 2 * at;
  let low = limbs[place]! + integer;
  if (low >= base) {
    low -= base;
    limbs[place + 1]! += 1;
  } else if (low < 0) {
    low += base;
    limbs[place + 1]! -= 1;
  }
  limbs[place] = low;
}

/** The middle and high parts of a product whose factors do not both fit into 26 bits. */
function addWideProduct(limbs: Float64Array, at: number, a: number, b: number): void {
  const sign = a < 0 === b < 0 ? 1 : -1;
  const p = Math.abs(a);
  const q = Math.abs(b);
  const pHigh = Math.floor(p / half);
  const qHigh = Math.floor(q / half);
  const pLow = p - pHigh * half;
  const qLow = q - qHigh * half;
  const middle = pHigh * qLow + pLow * qHigh;
  const middleHigh = Math.floor(middle / half);
  addInteger(limbs, at, sign * (middle - middleHigh * half) * half);
  addInteger(limbs, at, sign * pLow * qLow);
  limbs[2 * at + 1]! += sign * (pHigh * qHigh + middleHigh);
}

/** Adds a × b for integers of at most {@link integerMax} in size. */
export function addProduct(limbs: Float64Array, at: number, a: number, b: number): void {
  const product = a * b;
  if (product <= base && product >= -base) addInteger(limbs, at, product);
  else addWideProduct(limbs, at, a, b);
}

/** Adds every sum of `other` to the sum at the same place. */
export function mergeSums(limbs: Float64Array, other: Float64Array): void {
  for (let at = 0; 2 * at < limbs.length; at += 1) {
    addInteger(limbs, at, other[2 * at]!);
    limbs[2 * at + 1]! += other[2 * at + 1]!;
  }
}

/** The sum, correctly rounded: both addends are exact, and there is one addition. */
export function readSum(limbs: Float64Array, at: number): number {
  return limbs[2 * at + 1]! * base + limbs[2 * at]!;
}

/** The sum itself. */
export function readExactly(limbs: Float64Array, at: number): bigint {
  return BigInt(limbs[2 * at + 1]!) * BigInt(base) + BigInt(limbs[2 * at]!);
}

/**
 * Sets a sum, as when it comes back from an Int128 column.
 *
 * @throws RangeError when the integer is above 2^104 in size
 */
export function writeExactly(limbs: Float64Array, at: number, integer: bigint): void {
  const low = BigInt.asUintN(52, integer);
  const high = (integer - low) / BigInt(base);
  if (high > BigInt(base) || high < -BigInt(base)) {
    throw new RangeError(`integer: expected at most 2^104 in size, got ${integer}`);
  }
  limbs[2 * at] = Number(low);
  limbs[2 * at + 1] = Number(high);
}
