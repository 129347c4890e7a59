/** A variant against the control in one metric, before it is weighed against the others. */
import type { Comparison } from '../../contracts/experimentResult.ts';

export interface Compared
  extends Pick<Comparison, 'variant' | 'method' | 'effect' | 'asymptotic' | 'relative' | 'lnE'> {
  /** Information: Σ n_t n_c / (n_t + n_c) in expectation, of scored units. */
  readonly pairs: number;
  /** Standard deviation of a unit's outcome, or of its linear part; NaN where it is not known. */
  readonly deviation: number;
  /** Smallest effect found with 80 % by now where the method says it itself; else it follows from the two above. */
  readonly detectable?: number;
}

/** Evidence of nothing. */
export const noEvidence = { either: 0, higher: 0, lower: 0 };
