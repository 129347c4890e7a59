/**
 * Group-sequential tests: bounds from a spending function at whatever looks were taken, and what to say after stopping.
 *
 * The bounds of later looks depend on the information of earlier ones only, so looks need not be planned; the largest
 * information must be. p-values, the median-unbiased estimate and its interval order the outcomes by stage.
 *
 * Source: Lan & DeMets 1983; Armitage, McPherson & Rowe 1969; Tsiatis, Rosner & Mehta 1984 and Jennison & Turnbull 2000,
 * 8.4–8.5 (stage-wise ordering).
 */
import type { Interval } from '../interval.ts';
import { bracketedRoot } from '../special/bracketedRoot.ts';
import { normalQuantileOfLnTail } from '../special/normal.ts';
import {
  allPaths,
  checkInformation,
  massAbove,
  massBelow,
  type Surviving,
  survive,
} from './gaussianRecursion.ts';
import type { Spending } from './spending.ts';

export interface GroupSequentialDesign {
  /** Information at each look so far, 1 / variance of the estimate, ascending. */
  readonly information: ArrayLike<number>;
  /** Information at which the test ends at the latest. */
  readonly informationMax: number;
  /** Of the error level of one side: half of the level of a two-sided test. */
  readonly spending: Spending;
  /** 2: stops at either bound, which lie symmetrically; 1: stops above only. */
  readonly sides: 1 | 2;
}

/**
 * Upper bound of Z at each look; Infinity where nothing may be spent yet.
 *
 * @throws RangeError when information does not ascend
 *
 * @example
 * spendingBounds({
 *   information: [0.2, 0.4, 0.6, 0.8, 1],
 *   informationMax: 1,
 *   spending: obrienFlemingSpending(0.025),
 *   sides: 2,
 * }); // ≈ 4.8769, 3.3569, 2.6803, 2.2898, 2.0310
 */
export function spendingBounds({
  information,
  informationMax,
  spending,
  sides,
}: GroupSequentialDesign): Float64Array {
  checkInformation(information);
  const looks = information.length;
  const bounds = new Float64Array(looks).fill(Infinity);
  let paths = allPaths;
  let spent = 0;
  for (let look = 0; look < looks; look += 1) {
    const here = information[look]!;
    const root = Math.sqrt(here);
    const allowed = spending(here / informationMax) - spent;
    if (allowed > 0) {
      // Without the looks before, the bound would be at most as low as this one.
      const highest = normalQuantileOfLnTail(Math.log(Math.min(0.5, allowed))) + 1e-9;
      const target = Math.log(allowed);
      bounds[look] = bracketedRoot(
        (z) => Math.log(massAbove(paths, here, z * root, 0)) - target,
        -highest - 1,
        highest,
        1e-12,
      );
      spent += allowed;
    }
    if (look + 1 < looks) {
      const upper = bounds[look]! * root;
      const lower = sides === 2 ? -upper : -Infinity;
      paths = survive(paths, here, lower, upper, 0, information[look + 1]!);
    }
  }
  return bounds;
}

export interface Stopped {
  /** Information at each look up to the one at which the test ended, ascending. */
  readonly information: ArrayLike<number>;
  /** Upper bounds of Z at these looks. */
  readonly bounds: ArrayLike<number>;
  readonly sides: 1 | 2;
  /** Z at the last of these looks. */
  readonly statistic: number;
}

/** P(an outcome at least as high as this one) by stage-wise ordering, when the effect is `drift`. */
export function stagewiseTail(
  { information, bounds, sides, statistic }: Stopped,
  drift: number,
): number {
  checkInformation(information);
  let paths: Surviving = allPaths;
  let sum = 0;
  const last = information.length - 1;
  for (let look = 0; look < last; look += 1) {
    const here = information[look]!;
    const upper = bounds[look]! * Math.sqrt(here);
    const lower = sides === 2 ? -upper : -Infinity;
    if (upper < Infinity) sum += massAbove(paths, here, upper, drift);
    paths = survive(paths, here, lower, upper, drift, information[look + 1]!);
  }
  const here = information[last]!;
  return sum + massAbove(paths, here, statistic * Math.sqrt(here), drift);
}

/** The mirror of {@link stagewiseTail}: P(an outcome at most as high). Both keep their digits when they are small. */
function stagewiseLowerTail({ information, bounds, sides, statistic }: Stopped): number {
  let paths: Surviving = allPaths;
  let sum = 0;
  const last = information.length - 1;
  for (let look = 0; look < last; look += 1) {
    const here = information[look]!;
    const upper = bounds[look]! * Math.sqrt(here);
    const lower = sides === 2 ? -upper : -Infinity;
    if (lower > -Infinity) sum += massBelow(paths, here, lower, 0);
    paths = survive(paths, here, lower, upper, 0, information[look + 1]!);
  }
  const here = information[last]!;
  return sum + massBelow(paths, here, statistic * Math.sqrt(here), 0);
}

export interface StagewiseResult extends Interval {
  /** Two-sided for a two-sided test. */
  readonly pValue: number;
  /** Median-unbiased: above the effect and below it equally often. */
  readonly estimate: number;
}

/**
 * What to report when the test has ended, by a bound or at its last look.
 *
 * @param alpha error level of the interval, in (0, 1)
 */
export function stagewiseResult(stopped: Stopped, alpha: number): StagewiseResult {
  const { information, statistic, sides } = stopped;
  const root = Math.sqrt(information[information.length - 1]!);
  const naive = statistic / root;
  const effectAt = (tail: number): number => {
    let reach = 4;
    const excess = (drift: number): number => stagewiseTail(stopped, drift) - tail;
    while (excess(naive - reach / root) > 0) reach *= 2;
    const low = naive - reach / root;
    reach = 4;
    while (excess(naive + reach / root) < 0) reach *= 2;
    return bracketedRoot(excess, low, naive + reach / root, 1e-10 / root);
  };
  const above = stagewiseTail(stopped, 0);
  return {
    pValue: sides === 2 ? Math.min(1, 2 * Math.min(above, stagewiseLowerTail(stopped))) : above,
    estimate: effectAt(0.5),
    lower: effectAt(alpha / 2),
    upper: effectAt(1 - alpha / 2),
  };
}
