/** The standard error on which the interval of a worth stands: what a test of a single look needs. */
import {
  oneSidedSequenceMultiplier,
  sequenceWidth,
  usualBestUnits,
} from '../../../stats/sequential/asymptoticSequence.ts';

/** Error level of the intervals of a report, both sides together. */
export const worthAlpha = 0.05;

/**
 * Between users, in the unit of the reward; null where the worth has no interval.
 *
 * @param worth with an interval as `clusteredMean` makes it
 *
 * @example
 * worthError({ decisions: 5_000, low: 0.4, high: 0.46 }); // ≈ 0.00988: 0.03 by 3.035
 */
export function worthError({
  decisions,
  low,
  high,
}: {
  readonly decisions: number | null;
  readonly low: number | null;
  readonly high: number | null;
}): number | null {
  if (low === null || high === null || decisions === null || !(decisions > 0)) return null;
  const width = sequenceWidth(usualBestUnits, worthAlpha);
  return (high - low) / 2 / oneSidedSequenceMultiplier(decisions, worthAlpha / 2, width);
}
