/**
 * What an estimator says of one arm or of a comparison: a number, its variance, and how well the variance is known.
 *
 * Every kind of metric gives one for each arm; differences, lifts, intervals and tests are made from these alone.
 */
export interface Estimate {
  readonly estimate: number;
  /** Of the estimate, the square of its standard error; NaN when there are too few units to know. */
  readonly variance: number;
  /** Degrees of freedom of the variance; Infinity where the normal distribution is used. */
  readonly freedom: number;
}

/**
 * Degrees of freedom of a sum of independent variances, each with its own.
 *
 * Source: Satterthwaite 1946; Welch 1947.
 */
export function satterthwaite(
  first: number,
  firstFreedom: number,
  second: number,
  secondFreedom: number,
): number {
  const total = first + second;
  // Shares, so that squares of tiny variances do not underflow.
  const a = first / total;
  const b = second / total;
  return total > 0 ? 1 / ((a * a) / firstFreedom + (b * b) / secondFreedom) : Infinity;
}

/** Treatment less control, for arms of independent units. */
export function difference(treatment: Estimate, control: Estimate): Estimate {
  return {
    estimate: treatment.estimate - control.estimate,
    variance: treatment.variance + control.variance,
    freedom: satterthwaite(
      treatment.variance,
      treatment.freedom,
      control.variance,
      control.freedom,
    ),
  };
}
