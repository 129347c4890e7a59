/**
 * An integer of 64 bits for JSON: a number as long as a double holds it exactly, beyond 2^53 its digits as text.
 *
 * @example
 * exactInteger(42n); // 42
 */
export function exactInteger(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}
