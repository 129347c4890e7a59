/**
 * What to believe of an effect: rates by beta distributions, all else by the normal distribution of the estimates.
 *
 * A belief is what the data and the prior say, whenever it is read; it promises no error level to who watches and stops.
 */
import type { EffectPrior } from '../../contracts/effectPrior.ts';
import type { BayesianReading } from '../../contracts/experimentResult.ts';
import { betaPosterior, betaPrior } from '../../stats/bayes/betaPosterior.ts';
import type { EffectPosterior } from '../../stats/bayes/effectPosterior.ts';
import { normalEffect } from '../../stats/bayes/normalEffect.ts';
import type { NormalPrior } from '../../stats/bayes/normalPosterior.ts';
import { rateEffect } from '../../stats/bayes/rateEffect.ts';
import type { Estimate } from '../../stats/testing/estimate.ts';
import { armsOf, type CountedArm, pooledDeviation } from './compareByDesign.ts';
import { quantileArms } from './compareByLabels.ts';
import type { PreparedMetric, PreparedPair } from './preparedExperiment.ts';
import { effectOf, figureOrNull } from './sequenceEffect.ts';

/** @returns null where outcomes do not vary yet, or an arm has none */
export function bayesianReading(
  control: CountedArm,
  treatment: CountedArm,
  prepared: PreparedMetric,
  pair: PreparedPair,
): BayesianReading | null {
  const { metric, prior = {} } = prepared;
  const method = metric.kind === 'binary' ? 'beta' : 'normal';
  const believed =
    method === 'beta'
      ? believedRates(control, treatment, prior, pair)
      : believedMeans(control, treatment, prepared, pair);
  if (believed === undefined) return null;
  const { mean, lower, upper, above, lossOfTreatment, lossOfControl } = believed;
  const isUpGood = metric.direction === 'increase';
  return {
    method,
    isInformed: prior.baseline !== undefined || prior.effect !== undefined,
    effect: effectOf(mean, lower, upper),
    better: figureOrNull(isUpGood ? above : 1 - above),
    loss: figureOrNull(isUpGood ? lossOfTreatment : lossOfControl),
  };
}

function effectPrior({ effect }: EffectPrior): NormalPrior | undefined {
  return effect && { mean: effect.mean, variance: effect.deviation ** 2 };
}

function believedRates(
  control: CountedArm,
  treatment: CountedArm,
  prior: EffectPrior,
  pair: PreparedPair,
): EffectPosterior | undefined {
  const arms = armsOf(control, treatment, pair);
  if (Math.min(arms[0].units, arms[1].units) < 1) return undefined;
  // Through stages with other weights a rate is a weighted mean, which fewer plain units would know as well.
  const isOne = new Set(pair.probabilities.values()).size === 1;
  const [before, after] = arms.map(({ units, estimate, variance }) => {
    const rate = Math.min(1, Math.max(0, estimate));
    const worth = isOne ? units : Math.min(units, (rate * (1 - rate)) / variance);
    const count = worth > 0 ? worth : units;
    return { successes: rate * count, count };
  });
  const { baseline } = prior;
  const known = baseline && betaPrior(inside(baseline.mean), baseline.units);
  const posterior = betaPosterior(before!, known);
  return rateEffect(betaPosterior(after!), posterior, effectPrior(prior));
}

/** A rate that is believed to be 0 or 1 is believed to be near it. */
function inside(rate: number): number {
  return Math.min(1 - 1e-6, Math.max(1e-6, rate));
}

function believedMeans(
  control: CountedArm,
  treatment: CountedArm,
  prepared: PreparedMetric,
  pair: PreparedPair,
): EffectPosterior | undefined {
  const { metric, prior = {} } = prepared;
  const { baseline } = prior;
  const means = armsOf(control, treatment, pair);
  const arms: readonly Estimate[] | undefined =
    metric.kind === 'quantile'
      ? quantileArms(control.cells, treatment.cells, prepared, pair)
      : means;
  const [before, after] = arms ?? [];
  if (!isKnown(before) || !isKnown(after)) return undefined;
  const deviation = pooledDeviation(...means);
  const effect = effectPrior(prior);
  return normalEffect(after, before, {
    ...(baseline && deviation > 0
      ? { baseline: { mean: baseline.mean, variance: deviation ** 2 / baseline.units } }
      : {}),
    ...(effect && { effect }),
  });
}

function isKnown(arm: Estimate | undefined): arm is Estimate {
  return arm !== undefined && Number.isFinite(arm.estimate) && arm.variance > 0;
}
