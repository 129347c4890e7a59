/**
 * How far days are from each other when nothing drifts, and the distance that another such day seldom exceeds.
 *
 * Rows of one user resemble each other, and those of one day: a day is fewer independent rows than it has, so that the critical
 * values of `populationStability` for independent rows are exceeded all the time. What does not depend on it is how far each day of
 * a reference is from the others. If the deviations of shares of days are normal and alike, the distance of another day over the
 * mean distance of those is about F with f and (k − 1) f degrees of freedom, where f = (tr Σ)² / tr Σ² says in how many
 * independent directions the k days differ.
 *
 * Source: Box 1954, theorem 3.1 (f); Brunner, Dette & Munk 1997 (F with estimated degrees); Bai & Saranadasa 1996 (unbiased traces).
 * Own: distances of each day from the others together as the variance.
 */
import { fisherFTail, fisherFUpper } from '../special/fisherF.ts';
import { pairSums } from './bins.ts';
import { populationStability } from './populationStability.ts';

export interface DayToDay {
  /** Days that were compared, ≥ {@link referenceDaysMin}. */
  readonly days: number;
  /** PSI of each day from all others together. */
  readonly distances: readonly number[];
  /** Their mean, and that of what independent rows would have made them. */
  readonly mean: number;
  readonly noise: number;
  /** Directions in which days differ, in [1, bins − 1]. */
  readonly freedom: number;
}

/** Fewer days say nothing of how days differ. */
export const referenceDaysMin = 3;

/**
 * @param days counts by bin of each day of the reference, each with rows
 * @throws RangeError when there are fewer days than {@link referenceDaysMin}, lengths differ or a count is negative
 */
export function dayToDay(days: readonly (readonly number[])[]): DayToDay {
  if (days.length < referenceDaysMin) {
    throw new RangeError(`days: expected ${referenceDaysMin} or more, got ${days.length}`);
  }
  const total = (days[0] ?? []).map((_, bin) => days.reduce((sum, day) => sum + day[bin]!, 0));
  const readings = days.map((current) => {
    const reference = total.map((count, bin) => count - current[bin]!);
    return populationStability({ reference, current });
  });
  const mean = (pick: (reading: (typeof readings)[number]) => number) =>
    readings.reduce((sum, reading) => sum + pick(reading), 0) / readings.length;
  const { bins } = pairSums({ reference: total, current: total });
  return {
    days: days.length,
    distances: readings.map(({ distance }) => distance),
    mean: mean(({ distance }) => distance),
    noise: mean(({ noise }) => noise),
    freedom: Math.min(Math.max(1, freedomOf(days, total)), Math.max(1, bins - 1)),
  };
}

/**
 * The PSI that another day exceeds with a probability of about alpha when nothing has drifted. A day of fewer rows than those of
 * the reference may be so much farther from it as chance makes it.
 *
 * @param noise of the day's distance, as of independent rows
 * @param alpha in (0, 1)
 */
export function dayToDayLimit(
  { days, mean, noise: usual, freedom }: DayToDay,
  noise: number,
  alpha: number,
): number {
  if (mean === 0) return 0;
  return mean * Math.max(1, noise / usual) * fisherFUpper(alpha, freedom, (days - 1) * freedom);
}

/**
 * Probability of a distance at least so large when nothing has drifted: that for which the distance is {@link dayToDayLimit}.
 *
 * @param distance PSI of the day, ≥ 0
 * @param noise    of that distance, as of independent rows
 */
export function dayToDayTail(
  { days, mean, noise: usual, freedom }: DayToDay,
  noise: number,
  distance: number,
): number {
  if (mean === 0) return distance > 0 ? 0 : 1;
  const x = distance / (mean * Math.max(1, noise / usual));
  return fisherFTail(x, freedom, (days - 1) * freedom);
}

/** f = (tr Σ)² / tr Σ² of the deviations of shares in units of √p, from the products of days with each other. */
function freedomOf(days: readonly (readonly number[])[], total: readonly number[]): number {
  const k = days.length;
  const all = total.reduce((sum, count) => sum + count, 0);
  const shares = days.map((day) => {
    const rows = day.reduce((sum, count) => sum + count, 0);
    return day.map((count, bin) =>
      total[bin] === 0 ? 0 : count / rows / Math.sqrt(total[bin]! / all),
    );
  });
  const deviations = shares.map((row) =>
    row.map((x, bin) => x - shares.reduce((sum, other) => sum + other[bin]!, 0) / k),
  );
  let trace = 0;
  let squares = 0;
  for (const [i, one] of deviations.entries()) {
    for (const [j, other] of deviations.entries()) {
      const product = one.reduce((sum, x, bin) => sum + x * other[bin]!, 0) / (k - 1);
      if (i === j) trace += product;
      squares += product * product;
    }
  }
  const nu = k - 1;
  const unit = (nu - 1) * (nu + 2);
  const traceOfSquare = (nu * nu * (squares - (trace * trace) / nu)) / unit;
  const squareOfTrace = (nu * (nu + 1) * (trace * trace - (2 * squares) / (nu + 1))) / unit;
  // By chance the estimate is not above 0 where days differ in very many directions.
  return traceOfSquare > 0 ? squareOfTrace / traceOfSquare : Infinity;
}
