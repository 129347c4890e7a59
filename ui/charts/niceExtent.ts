/** Bounds of an axis at round figures, so that the first and last tick are the edges of the plot. */

export interface Extent {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

/** A step may be so much smaller than an even division would have it. */
const slack = 0.8;

/**
 * The closest round bounds around [low, high].
 *
 * @param parts about so many intervals between them, ≥ 1
 * @param unit  the interval is 1, 2 or 5 times a power of ten of this
 *
 * @example
 * niceExtent(-0.8, 3.4, 4); // { min: -1, max: 4, interval: 1 }
 */
export function niceExtent(low: number, high: number, parts: number, unit = 1): Extent {
  const span = high > low ? high - low : Math.abs(high) || unit;
  const rough = span / parts / unit;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5].find((step) => step * power >= rough * slack) ?? 10;
  const interval = factor * power * unit;
  const min = Math.floor(low / interval + 1e-9);
  const max = Math.max(min + 1, Math.ceil(high / interval - 1e-9));
  return { min: min * interval, max: max * interval, interval };
}

/**
 * Bounds of what a band settles to: those of its later part, so that the wide beginning of a confidence sequence does not
 * make a flat line of the rest.
 *
 * @param values of the points in order, null where there is none; cut off by the extent are at most those of the first part
 * @param always figures that must be seen
 */
export function settledBounds(
  values: readonly (readonly (number | null)[])[],
  always: readonly number[],
): readonly [low: number, high: number] {
  const known = values.filter((row) => row.some((value) => value !== null));
  const later = known.slice(Math.floor(known.length / 5));
  const figures = [...later.flat().filter((value) => value !== null), ...always];
  return figures.length === 0 ? [-1, 1] : [Math.min(...figures), Math.max(...figures)];
}
