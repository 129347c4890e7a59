/**
 * A grid for numbers of any size, so that sums over a log become integer counts: steps of 1/1024, growing with the number.
 *
 * Above 1/16 a step is between 1/128 and 1/64 of the number's size; −1, 0 and 1 are on the grid, as are all integers up to 128
 * and all powers of two. A number is rounded to one of its two neighbours at random with its mean kept, see `roundToGrid`: no
 * bound of the numbers is needed, and no expectation of a linear function of them changes.
 */

/** Steps of the finest part, to the unit. */
const perUnit = 1_024;
/** Steps in each doubling; the first two doublings' worth are equally fine. */
const perOctave = 64;
/** The place of 0: places are from 1 to 2 × `zeroPlace`, for numbers up to 2⁵⁰ in size. */
export const zeroPlace = 4_096;
const largest = 2 ** 50;

/**
 * @param value at most 2⁵⁰ in size
 * @param draw  uniform in [0, 1), independent of everything the number depends on
 * @returns place on the grid, an integer above 0 that rises with the number
 * @throws RangeError when the value is larger, or not a number
 *
 * @example
 * coarsePlace(1, 0.9); // = 4416: 1 is on the grid
 * coarseValue(coarsePlace(100.25, 0.2)); // = 101, as for a quarter of all draws
 */
export function coarsePlace(value: number, draw: number): number {
  const size = Math.abs(value) * perUnit;
  if (!(size <= largest * perUnit)) {
    throw new RangeError(`value: expected at most ${largest} in size, got ${value}`);
  }
  let octave = 0;
  let step = 1;
  while (size >= 2 * perOctave * step) {
    step *= 2;
    octave += 1;
  }
  const scaled = size / step;
  const below = Math.floor(scaled);
  const place = octave * perOctave + below + (draw < scaled - below ? 1 : 0);
  return value < 0 ? zeroPlace - place : zeroPlace + place;
}

/** The number at a place. */
export function coarseValue(place: number): number {
  const from = Math.abs(place - zeroPlace);
  const octave = Math.max(0, Math.floor(from / perOctave) - 1);
  const size = ((from - octave * perOctave) * 2 ** octave) / perUnit;
  return place < zeroPlace ? -size : size;
}

/** The smallest number on the grid that is at least `value`, ≥ 0. */
export function coarseCeiling(value: number): number {
  // A draw below every fraction goes up, and a number on the grid stays.
  return coarseValue(coarsePlace(value, 0));
}
