/**
 * UTF-8 by bytes, exactly as a fatal `TextDecoder` judges it: no overlong form, no surrogate, nothing above U+10FFFF.
 *
 * Source: Unicode 16, table 3-7 (well-formed UTF-8 byte sequences).
 */

/** Position behind the character of two to four bytes that starts at `at`; −1 when it is not well-formed. */
export function skipCharacter(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0xc2 || lead > 0xf4 || at + 1 >= end) return -1;
  const second = bytes[at + 1]!;
  if (lead < 0xe0) return (second & 0xc0) === 0x80 ? at + 2 : -1;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return -1;
  const next = lead < 0xf0 ? at + 3 : at + 4;
  if (next > end) return -1;
  for (let i = at + 2; i < next; i += 1) if ((bytes[i]! & 0xc0) !== 0x80) return -1;
  return next;
}

/** Position of the first byte that is not well-formed UTF-8, `end` when all is. */
export function findMalformed(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    if (bytes[at]! < 0x80) {
      at += 1;
      continue;
    }
    const next = skipCharacter(bytes, at, end);
    if (next < 0) return at;
    at = next;
  }
  return end;
}
