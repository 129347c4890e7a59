/**
 * Numbers of JSON from bytes, each as the double that `JSON.parse` gives.
 *
 * A significand below 2^53 and a power of ten up to 10^22 are both exact doubles, so one multiplication or division rounds
 * correctly; whatever is larger goes through `Number`.
 *
 * Source: Clinger 1990, "How to read floating point numbers accurately" (the fast path).
 */
const exactPowers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const significandMax = 2 ** 53;
const digitsMax = 16;

/**
 * Reads the number that starts at `start` into `target[index]`.
 *
 * @returns position behind it; −1 when the grammar of JSON does not allow what stands there
 */
export function readNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Float64Array,
  index: number,
): number {
  let at = start;
  const negative = bytes[at] === 0x2d;
  if (negative) at += 1;
  let significand = 0;
  /** Digits from the first that is not 0. */
  let digits = 0;
  let scale = 0;
  const whole = at;
  for (; at < end; at += 1) {
    const digit = bytes[at]! - 48;
    if (digit >>> 0 > 9) break;
    significand = significand * 10 + digit;
    if (significand !== 0) digits += 1;
  }
  if (at === whole || (at > whole + 1 && bytes[whole] === 48)) return -1;
  if (at < end && bytes[at] === 0x2e) {
    at += 1;
    const fraction = at;
    for (; at < end; at += 1) {
      const digit = bytes[at]! - 48;
      if (digit >>> 0 > 9) break;
      significand = significand * 10 + digit;
      if (significand !== 0) digits += 1;
    }
    if (at === fraction) return -1;
    scale = fraction - at;
  }
  if (at < end && (bytes[at]! | 0x20) === 0x65) {
    const mark = at;
    at = exponentEnd(bytes, at, end);
    if (at < 0) return -1;
    const exponent = bytes[mark + 1] === 0x2b ? mark + 2 : mark + 1;
    scale += at - exponent > 6 ? 1_000_000 : Number(ascii(bytes, exponent, at));
  }
  if (digits <= digitsMax && significand < significandMax && scale >= -22 && scale <= 22) {
    const size = scale < 0 ? significand / exactPowers[-scale]! : significand * exactPowers[scale]!;
    target[index] = negative ? -size : size;
  } else {
    target[index] = Number(ascii(bytes, start, at));
  }
  return at;
}

/** Position behind the number that starts at `start`, −1 when it is none. */
export function skipNumber(bytes: Uint8Array, start: number, end: number): number {
  const whole = bytes[start] === 0x2d ? start + 1 : start;
  let at = digitsEnd(bytes, whole, end);
  if (at === whole || (at > whole + 1 && bytes[whole] === 48)) return -1;
  if (at < end && bytes[at] === 0x2e) {
    const fraction = at + 1;
    at = digitsEnd(bytes, fraction, end);
    if (at === fraction) return -1;
  }
  return at < end && (bytes[at]! | 0x20) === 0x65 ? exponentEnd(bytes, at, end) : at;
}

/** Position behind the exponent whose `e` stands at `mark`, −1 when it has no digit. */
function exponentEnd(bytes: Uint8Array, mark: number, end: number): number {
  const sign = bytes[mark + 1];
  const first = sign === 0x2b || sign === 0x2d ? mark + 2 : mark + 1;
  const at = digitsEnd(bytes, first, end);
  return at === first ? -1 : at;
}

function digitsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at]! - 48) >>> 0 <= 9) at += 1;
  return at;
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at]!);
  return text;
}
