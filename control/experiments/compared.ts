/** A variant against the control in one metric, before it is weighed against the others. */
import type { Comparison } from '../../contracts/experimentResult.ts';
import { emptyMemo, type SumsMemo } from '../../stats/sequential/sumGroups.ts';

export interface Compared
  extends Pick<Comparison, 'variant' | 'method' | 'effect' | 'asymptotic' | 'relative' | 'lnE'> {
  /** Information: Σ n_t n_c / (n_t + n_c) in expectation, of scored units. */
  readonly pairs: number;
  /** Standard deviation of a unit's outcome, or of its linear part; NaN where it is not known. */
  readonly deviation: number;
  /** Smallest effect found with 80 % by now where the method says it itself; else it follows from the two above. */
  readonly detectable?: number;
}

/** Natural logarithms of e-values against "no effect", "not higher" and "not lower". */
export type LnE = Comparison['lnE'];

/** Evidence of nothing. */
export const noEvidence: LnE = { either: 0, higher: 0, lower: 0 };

/**
 * What the evaluations of one comparison leave to the next; it changes speed only.
 *
 * One of its own for the evidence and for the interval: they are not computed equally often.
 */
export interface ComparisonMemo {
  readonly wealth: SumsMemo;
  readonly interval: SumsMemo;
}

export const emptyComparisonMemo = (): ComparisonMemo => ({
  wealth: emptyMemo(),
  interval: emptyMemo(),
});
