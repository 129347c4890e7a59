/**
 * What is believed of one arm: a continuous distribution that comparisons read by quadrature.
 *
 * Each kind of outcome makes one: `betaPosterior` from successes, `normalPosterior` from means.
 */
export interface Posterior {
  readonly mean: number;
  readonly deviation: number;
  density(x: number): number;
  /** P(X ≤ x). */
  cdf(x: number): number;
  /** P(X > x), accurate where it is small. */
  tail(x: number): number;
  /** The x with P(X ≤ x) = p, p in (0, 1). */
  quantile(p: number): number;
}
