/**
 * The test and the interval of one look, taken when the planned number of units is there.
 *
 * Its error level holds for that look alone: whoever looks repeatedly needs a confidence sequence or `groupSequential`.
 */
import type { Interval } from '../interval.ts';
import { studentTQuantile, studentTTail } from '../special/studentT.ts';
import type { Estimate } from './estimate.ts';

export type Alternative = 'two-sided' | 'greater' | 'less';

export interface FixedHorizonOptions {
  /** Error level, in (0, 1). */
  readonly alpha: number;
  /** Which effects count against the null; two-sided by default. */
  readonly alternative?: Alternative;
  /** The effect under the null; 0 by default. */
  readonly null?: number;
}

export interface FixedHorizonResult extends Interval {
  readonly estimate: number;
  readonly standardError: number;
  /** (estimate − null) / standard error. */
  readonly statistic: number;
  /** In [0, 1]; NaN without a variance. */
  readonly pValue: number;
}

/**
 * @throws RangeError when alpha is outside (0, 1)
 *
 * @example
 * fixedHorizon({ estimate: 0.5, variance: 0.04, freedom: Infinity }, { alpha: 0.05 });
 * // statistic 2.5, pValue ≈ 0.01242, lower ≈ 0.1080, upper ≈ 0.8920
 */
export function fixedHorizon(
  { estimate, variance, freedom }: Estimate,
  { alpha, alternative = 'two-sided', null: reference = 0 }: FixedHorizonOptions,
): FixedHorizonResult {
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha: expected in (0, 1), got ${alpha}`);
  const standardError = Math.sqrt(variance);
  if (!(freedom > 0) || Number.isNaN(standardError)) {
    return {
      estimate,
      standardError: NaN,
      statistic: NaN,
      pValue: NaN,
      lower: -Infinity,
      upper: Infinity,
    };
  }
  // Without spread an estimate that equals the null is no evidence against it.
  const statistic = estimate === reference ? 0 : (estimate - reference) / standardError;
  const twoSided = alternative === 'two-sided';
  const width = -studentTQuantile(twoSided ? alpha / 2 : alpha, freedom) * standardError;
  return {
    estimate,
    standardError,
    statistic,
    pValue: twoSided
      ? 2 * studentTTail(Math.abs(statistic), freedom)
      : studentTTail(alternative === 'greater' ? statistic : -statistic, freedom),
    lower: alternative === 'less' ? -Infinity : estimate - width,
    upper: alternative === 'greater' ? Infinity : estimate + width,
  };
}
