/** Effect, interval and evidence of the asymptotic sequence, for every estimator with a standard error. */
import {
  lnSequenceEvidence,
  sequenceMultiplier,
  sequenceWidth,
} from '../sequential/asymptoticSequence.ts';
import type { Estimate } from '../testing/estimate.ts';
import { evidenceOf } from './evidenceFigures.ts';

/**
 * @param units of both arms
 * @returns NaN, and no evidence, while the variance is not known
 */
export function sequenceFigures(
  { estimate: effect, variance }: Estimate,
  units: number,
  { alpha, bestUnits }: { readonly alpha: number; readonly bestUnits: number },
) {
  const standardError = Math.sqrt(variance);
  const width = sequenceWidth(bestUnits, alpha);
  const radius = units > 0 ? standardError * sequenceMultiplier(units, alpha, width) : NaN;
  return {
    effect,
    standardError,
    lower: effect - radius,
    upper: effect + radius,
    ...evidenceOf(lnSequenceEvidence({ effect, standardError, units }, width)),
  };
}
