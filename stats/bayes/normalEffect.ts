/**
 * The effect between two arms whose estimates are normal, from normal priors on the control's mean and on the effect.
 *
 * Both priors are independent: what is believed of the baseline says nothing of the effect. Source: Gelman et al. 2013, 2.5.
 */
import { normalDensity, normalQuantile, normalTail } from '../special/normal.ts';
import type { Estimate } from '../testing/estimate.ts';
import { checkLevel, type EffectPosterior } from './effectPosterior.ts';
import { type NormalPrior, normalPosterior } from './normalPosterior.ts';

export interface NormalEffectPrior {
  readonly baseline?: NormalPrior;
  readonly effect?: NormalPrior;
}

/**
 * @param level of the interval, in (0, 1)
 * @throws RangeError when a variance is not above 0, or level is outside (0, 1)
 *
 * @example
 * const arm = (estimate: number) => ({ estimate, variance: 0.5, freedom: Infinity });
 * normalEffect(arm(1), arm(0)); // mean 1, P(effect > 0) = Φ(1) ≈ 0.8413
 */
export function normalEffect(
  treatment: Estimate,
  control: Estimate,
  { baseline, effect }: NormalEffectPrior = {},
  level = 0.95,
): EffectPosterior {
  checkLevel(level);
  const base = normalPosterior(control, baseline);
  const { mean, deviation } = normalPosterior(
    {
      estimate: treatment.estimate - base.mean,
      variance: treatment.variance + base.deviation * base.deviation,
      freedom: Infinity,
    },
    effect,
  );
  const z = mean / deviation;
  const half = deviation * normalQuantile((1 + level) / 2);
  const shared = deviation * normalDensity(z);
  return {
    mean,
    lower: mean - half,
    upper: mean + half,
    above: normalTail(-z),
    lossOfTreatment: Math.max(0, shared - mean * normalTail(z)),
    lossOfControl: Math.max(0, shared + mean * normalTail(-z)),
  };
}
