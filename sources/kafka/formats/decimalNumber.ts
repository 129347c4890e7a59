/**
 * The number that is nearest to a decimal of Avro.
 *
 * @param unscaled two's complement, most significant byte first; no byte is 0
 * @param scale    digits behind the point; negative for zeros before it
 *
 * @example
 * decimalNumber(Uint8Array.of(0x04, 0xd2), 2); // 12.34
 */
export function decimalNumber(unscaled: Uint8Array, scale: number): number {
  let digits = 0n;
  for (const byte of unscaled) digits = (digits << 8n) | BigInt(byte);
  digits = BigInt.asIntN(8 * unscaled.length, digits);
  // As text: a division would round a second time.
  return Number(`${digits}e${-scale}`);
}
