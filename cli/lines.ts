/** Records as newline-delimited text. */

/** @param records bytes one behind the other, and where each ends; none contains a line break */
export function asLines(records: { bytes: Uint8Array; ends: Int32Array }): Uint8Array {
  const { bytes, ends } = records;
  const joined = new Uint8Array(bytes.length + ends.length);
  let start = 0;
  let at = 0;
  for (const end of ends) {
    joined.set(bytes.subarray(start, end), at);
    at += end - start;
    joined[at++] = 10;
    start = end;
  }
  return joined;
}
