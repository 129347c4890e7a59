/**
 * A ratio or a quantile, compared by rank: exact evidence that there is an effect by betting on labels; how large it is, by
 * the asymptotic sequence of the ratio, or by the anytime-valid sequence of the quantile.
 */
import type { EffectInterval } from '../../contracts/experimentResult.ts';
import { quantileDifferenceInterval } from '../../stats/sequential/anytimeQuantile.ts';
import { usualBestUnits } from '../../stats/sequential/asymptoticSequence.ts';
import { designEvidence } from '../../stats/sequential/designMixture.ts';
import { labelWealth } from '../../stats/sequential/labelBetting.ts';
import { predictGroups } from '../../stats/sequential/predictGroups.ts';
import { quickWealth } from '../../stats/sequential/quickWealth.ts';
import { type Histogram, woodruffQuantile } from '../../stats/testing/woodruffQuantile.ts';
import type { ArmEstimate } from './armEstimate.ts';
import { armsOf, type CountedArm, engineBets, pooledDeviation } from './compareByDesign.ts';
import type { Compared, ComparisonMemo, LnE } from './compared.ts';
import { designGroups, pairsOf } from './designGroups.ts';
import type { OutcomeCell } from './experimentCounts.ts';
import type { PreparedMetric, PreparedPair } from './preparedExperiment.ts';
import { rankCounts, rankHistograms } from './rankHistogram.ts';
import {
  type ArmOfSequence,
  differenceEffect,
  effectOf,
  liftEffect,
  multiplierOf,
  unknownEffect,
} from './sequenceEffect.ts';

const wealthOf = quickWealth(labelWealth);
/** Of the comparison that is computed. */
const wealth = new Float64Array(2 * engineBets.effects.length);

/**
 * The evidence alone.
 *
 * @param memo of the same comparison before
 */
export function labelEvidenceOf(
  control: readonly OutcomeCell[],
  treatment: readonly OutcomeCell[],
  { scale, belief }: PreparedMetric,
  { probabilities }: PreparedPair,
  memo?: ComparisonMemo,
): LnE {
  const groups = designGroups(control, treatment, probabilities, scale.bins);
  wealthOf(predictGroups(groups, belief), engineBets, memo?.wealth, wealth);
  return designEvidence(wealth, engineBets);
}

/**
 * @param variant key of the treatment
 * @param alpha   level of the intervals
 * @param memo    of the same comparison before
 */
export function compareByLabels(
  variant: string,
  control: CountedArm,
  treatment: CountedArm,
  prepared: PreparedMetric,
  pair: PreparedPair,
  alpha: number,
  memo?: ComparisonMemo,
): Compared {
  const { probabilities } = pair;
  const compared = new Set(probabilities.keys());
  const inPair = (cells: readonly OutcomeCell[]) =>
    cells.filter(({ stage }) => compared.has(stage));
  const arms = armsOf(control, treatment, pair);
  const effects =
    prepared.metric.kind === 'quantile'
      ? quantileEffects(inPair(control.cells), inPair(treatment.cells), prepared, alpha)
      : ratioEffects(arms, alpha);
  return {
    variant,
    method: 'label-betting',
    ...effects,
    lnE: labelEvidenceOf(control.cells, treatment.cells, prepared, pair, memo),
    pairs: pairsOf([...control.moments, ...treatment.moments], probabilities),
    deviation: prepared.metric.kind === 'quantile' ? Number.NaN : pooledDeviation(...arms),
  };
}

type Effects = Pick<Compared, 'effect' | 'asymptotic' | 'relative'>;

function ratioEffects(arms: readonly [ArmEstimate, ArmEstimate], alpha: number): Effects {
  const multiplier = multiplierOf(...arms, alpha);
  const effect = differenceEffect(...arms, multiplier);
  return { effect, asymptotic: effect, relative: liftEffect(...arms, multiplier) };
}

function quantileEffects(
  control: readonly OutcomeCell[],
  treatment: readonly OutcomeCell[],
  { metric, scale }: PreparedMetric,
  alpha: number,
): Effects {
  const share = metric.level!;
  const histograms = rankHistograms([rankCounts(control), rankCounts(treatment)]);
  const arms = histograms?.map((histogram) => quantileArm(histogram, share));
  const [first, second] = arms ?? [];
  if (first === undefined || second === undefined) {
    return { effect: unknownEffect, asymptotic: unknownEffect, relative: unknownEffect };
  }
  const multiplier = multiplierOf(first, second, alpha);
  return {
    effect: anytimeEffect(histograms!, second.estimate - first.estimate, {
      ...{ share, alpha },
      ...{ least: scale.least, largest: scale.largest },
    }),
    asymptotic: differenceEffect(first, second, multiplier),
    relative: liftEffect(first, second, multiplier),
  };
}

/** The quantile of an arm; its variance is Woodruff's, from the interval of one look at 5 %. */
function quantileArm(histogram: Histogram, share: number): ArmOfSequence | undefined {
  let units = 0;
  for (let bin = 0; bin < histogram.counts.length; bin += 1) units += histogram.counts[bin]!;
  if (units === 0) return undefined;
  return { ...woodruffQuantile(histogram, { share, alpha: 0.05 }), units };
}

/** The quantile of both arms; undefined where an arm has no units in stages of the pair. */
export function quantileArms(
  control: readonly OutcomeCell[],
  treatment: readonly OutcomeCell[],
  { metric }: PreparedMetric,
  { probabilities }: PreparedPair,
): readonly [control: ArmOfSequence, treatment: ArmOfSequence] | undefined {
  const counted = [control, treatment].map((cells) =>
    rankCounts(cells.filter(({ stage }) => probabilities.has(stage))),
  );
  const [first, second] =
    rankHistograms(counted)?.map((each) => quantileArm(each, metric.level!)) ?? [];
  return first && second && [first, second];
}

interface AnytimeOptions {
  readonly share: number;
  readonly alpha: number;
  /** Bounds of the outcome; infinite where it has none. */
  readonly least: number;
  readonly largest: number;
}

function anytimeEffect(
  [control, treatment]: readonly Histogram[],
  estimate: number,
  { share, alpha, least, largest }: AnytimeOptions,
): EffectInterval {
  // The quantile may lie beyond everything that has been seen.
  const edges = Array.from(control!.edges);
  edges[0] = Math.min(least, edges[0]!);
  edges[edges.length - 1] = Math.max(largest, edges.at(-1)!);
  const { lower, upper } = quantileDifferenceInterval(control!.counts, treatment!.counts, edges, {
    probability: share,
    alpha,
    bestCount: usualBestUnits / 2,
  });
  return effectOf(estimate, lower, upper);
}

/** The quantile of one arm, from all its cells; NaN without units. */
export function armQuantile(cells: readonly OutcomeCell[], share: number): number {
  const [histogram] = rankHistograms([rankCounts(cells)]) ?? [];
  return histogram === undefined
    ? Number.NaN
    : (quantileArm(histogram, share)?.estimate ?? Number.NaN);
}
