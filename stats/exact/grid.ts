/**
 * The grid on which outcomes become integers, so that their sums are exact.
 *
 * An outcome counts as its nearest multiple of the quantum: it moves by half a quantum at most. Declare a quantum well
 * below the noise: at a tenth of the standard deviation the variance grows by less than 0.1 %.
 */
import { integerMax } from './exactSum.ts';

export interface Grid {
  /** Grid steps in one unit of the outcome: 1 / quantum, above 0. A power of ten for decimals, of two for exact fractions. */
  readonly perUnit: number;
}

/** Whole numbers: counts, and 0 or 1. */
export const wholeNumbers: Grid = { perUnit: 1 };

/**
 * @returns the outcome in grid steps, an integer
 * @throws RangeError when it is not finite or more than 2³² steps from 0
 *
 * @example
 * toGrid(0.126, { perUnit: 100 }); // = 13
 */
export function toGrid(outcome: number, { perUnit }: Grid): number {
  const steps = Math.round(outcome * perUnit);
  if (!(steps <= integerMax && steps >= -integerMax)) {
    throw new RangeError(
      `outcome: expected at most ${integerMax / perUnit} in size, got ${outcome}`,
    );
  }
  return steps;
}

/** @throws RangeError when perUnit is not above 0 */
export function checkGrid({ perUnit }: Grid): void {
  if (!(perUnit > 0 && perUnit < Infinity)) {
    throw new RangeError(`perUnit: expected above 0, got ${perUnit}`);
  }
}
