/**
 * Bytes to be found again at some place, compared eight at a time.
 *
 * Eight bytes are compared as a double. Equal doubles have equal bits, but for ±0, whose bytes no JSON text has; equal bits
 * that are no number only compare as different, which costs a search.
 */
export interface Literal {
  /** Bytes, ≥ 4. */
  readonly length: number;
  /** The first and the last four bytes, which are all when there are fewer than eight. */
  readonly headWord: number;
  readonly tailWord: number;
  /** The first and the last eight bytes, which overlap when there are fewer than sixteen; NaN below eight. */
  readonly head: number;
  readonly tail: number;
  /** What lies between, eight by eight. */
  readonly middle: Float64Array;
}

/** @throws RangeError when there are fewer than four bytes */
export function literalAt(source: Uint8Array, start: number, end: number): Literal {
  const length = end - start;
  if (length < 4) throw new RangeError(`literal: expected at least 4 bytes, got ${length}`);
  const view = new DataView(source.buffer, source.byteOffset + start, length);
  const middle = Float64Array.from({ length: Math.max(0, Math.ceil(length / 8) - 2) }, (_, i) =>
    view.getFloat64(8 * i + 8, true),
  );
  return {
    length,
    headWord: view.getInt32(0, true),
    tailWord: view.getInt32(length - 4, true),
    head: length < 8 ? NaN : view.getFloat64(0, true),
    tail: length < 8 ? NaN : view.getFloat64(length - 8, true),
    middle,
  };
}

/** Whether the literal stands at `at` and ends at or before `end`. */
export function stands(literal: Literal, view: DataView, at: number, end: number): boolean {
  const { length } = literal;
  if (at + length > end) return false;
  if (length < 8) {
    return (
      view.getInt32(at, true) === literal.headWord &&
      view.getInt32(at + length - 4, true) === literal.tailWord
    );
  }
  return (
    view.getFloat64(at, true) === literal.head &&
    view.getFloat64(at + length - 8, true) === literal.tail &&
    (length <= 16 || middleStands(literal.middle, view, at + 8))
  );
}

function middleStands(middle: Float64Array, view: DataView, at: number): boolean {
  for (let i = 0; i < middle.length; i += 1) {
    if (view.getFloat64(at + 8 * i, true) !== middle[i]) return false;
  }
  return true;
}
