/** Effects by the asymptotic confidence sequence, as other platforms show them: the difference and the relative lift. */
import type { EffectInterval } from '../../contracts/experimentResult.ts';
import {
  sequenceMultiplier,
  sequenceWidth,
  usualBestUnits,
} from '../../stats/sequential/asymptoticSequence.ts';
import { normalTail } from '../../stats/special/normal.ts';
import type { Estimate } from '../../stats/testing/estimate.ts';
import { fiellerLift } from '../../stats/testing/fieller.ts';
import { relativeLift } from '../../stats/testing/relativeLift.ts';

/** With fewer units in an arm the approximation is too far from true. */
export const armUnitsLeast = 50;
/** A control within so many standard errors of 0 takes Fieller's interval. */
const fiellerWithin = 5;

export interface ArmOfSequence extends Estimate {
  readonly units: number;
}

export const unknownEffect: EffectInterval = { estimate: null, low: null, high: null };

/** A figure that exists, or null. */
export function figureOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** @returns with nulls for what is not finite */
export function effectOf(estimate: number, low: number, high: number): EffectInterval {
  return { estimate: figureOrNull(estimate), low: figureOrNull(low), high: figureOrNull(high) };
}

/** Half the width of the sequence in standard errors; NaN while an arm has too few units. */
export function multiplierOf(control: ArmOfSequence, treatment: ArmOfSequence, alpha: number) {
  if (Math.min(control.units, treatment.units) < armUnitsLeast) return Number.NaN;
  return sequenceMultiplier(
    control.units + treatment.units,
    alpha,
    sequenceWidth(usualBestUnits, alpha),
  );
}

/** The difference of the arms. @param multiplier of its standard error */
export function differenceEffect(
  control: Estimate,
  treatment: Estimate,
  multiplier: number,
): EffectInterval {
  const effect = treatment.estimate - control.estimate;
  const error = Math.sqrt(control.variance + treatment.variance);
  // Outcomes that do not vary at all say that there are too few, not that nothing is uncertain.
  const half = error > 0 ? multiplier * error : Number.NaN;
  return effectOf(effect, effect - half, effect + half);
}

/** The difference by the size of the control's figure; by Fieller's method where the latter may be 0. */
export function liftEffect(
  control: Estimate,
  treatment: Estimate,
  multiplier: number,
): EffectInterval {
  const { estimate, variance } = relativeLift(treatment, control);
  if (!Number.isFinite(estimate)) return unknownEffect;
  const error = Math.sqrt(variance);
  if (!(error > 0 && multiplier < Infinity)) return effectOf(estimate, Number.NaN, Number.NaN);
  if (Math.abs(control.estimate) >= fiellerWithin * Math.sqrt(control.variance)) {
    return effectOf(estimate, estimate - multiplier * error, estimate + multiplier * error);
  }
  const level = 2 * normalTail(multiplier);
  // So many standard errors that no interval has an end.
  if (level === 0) return effectOf(estimate, Number.NaN, Number.NaN);
  const { kind, lower, upper } = fiellerLift(
    { ...treatment, freedom: Infinity },
    { ...control, freedom: Infinity },
    level,
  );
  return kind === 'bounded'
    ? effectOf(estimate, lower, upper)
    : effectOf(estimate, Number.NaN, Number.NaN);
}
