/** Text of others on a terminal: what would move the cursor, change colours or hide itself is shown by its number. */
export function printable(text: string): string {
  return text.replace(
    /[\p{C}\u2028\u2029]/gu,
    (unit) => `\\u{${unit.codePointAt(0)!.toString(16)}}`,
  );
}
