/** A metric with bounds, compared by the design-based mixture: exact evidence and interval. */
import { betPortfolio } from '../../stats/sequential/betPortfolio.ts';
import { designEstimate } from '../../stats/sequential/designEstimate.ts';
import { designEvidence, designWealth } from '../../stats/sequential/designMixture.ts';
import {
  designSums,
  designSumsInterval,
  emptyDesignSums,
} from '../../stats/sequential/designSums.ts';
import { type PredictedGroup, predictGroups } from '../../stats/sequential/predictGroups.ts';
import { quickWealth } from '../../stats/sequential/quickWealth.ts';
import { type ArmEstimate, armEstimate, type StageMoments } from './armEstimate.ts';
import type { Compared, ComparisonMemo, LnE } from './compared.ts';
import { designGroups, pairsOf } from './designGroups.ts';
import type { OutcomeCell } from './experimentCounts.ts';
import type { PreparedMetric, PreparedPair } from './preparedExperiment.ts';
import {
  differenceEffect,
  effectOf,
  liftEffect,
  multiplierOf,
  unknownEffect,
} from './sequenceEffect.ts';

/** The bets of every experiment: fixed before any of them began. */
export const engineBets = betPortfolio();

/** What is counted of a variant in one metric. */
export interface CountedArm {
  readonly cells: readonly OutcomeCell[];
  readonly moments: readonly StageMoments[];
}

/** Both arms of a pair by their exact sums, weighed by stage. */
export function armsOf(
  control: CountedArm,
  treatment: CountedArm,
  { probabilities }: PreparedPair,
): readonly [control: ArmEstimate, treatment: ArmEstimate] {
  const weightOf = (sign: 1 | -1) => (stage: number) => {
    const probability = probabilities.get(stage);
    if (probability === undefined) return undefined;
    return 1 / (sign === 1 ? probability : 1 - probability);
  };
  return [armEstimate(control.moments, weightOf(-1)), armEstimate(treatment.moments, weightOf(1))];
}

/** Deviation of an outcome in both arms together. */
export function pooledDeviation(control: ArmEstimate, treatment: ArmEstimate): number {
  const freedom = control.units + treatment.units - 2;
  const squares =
    (control.units - 1) * control.deviation ** 2 + (treatment.units - 1) * treatment.deviation ** 2;
  return freedom > 0 ? Math.sqrt(squares / freedom) : Number.NaN;
}

const wealthOf = quickWealth(designWealth);
/** Both of the comparison that is computed. */
const wealth = new Float64Array(2 * engineBets.effects.length);
const sums = emptyDesignSums(engineBets);

/** Groups with their beliefs, and their wealth in `wealth`; both hold until the next comparison. */
function beliefsOf(
  control: readonly OutcomeCell[],
  treatment: readonly OutcomeCell[],
  { scale, belief }: PreparedMetric,
  { probabilities }: PreparedPair,
  memo: ComparisonMemo | undefined,
): PredictedGroup[] {
  const counted = designGroups(control, treatment, probabilities, scale.bins);
  const groups = predictGroups(counted, belief);
  wealthOf(groups, engineBets, memo?.wealth, wealth);
  return groups;
}

/**
 * The evidence alone.
 *
 * @param memo of the same comparison before
 */
export function designEvidenceOf(
  control: readonly OutcomeCell[],
  treatment: readonly OutcomeCell[],
  metric: PreparedMetric,
  pair: PreparedPair,
  memo?: ComparisonMemo,
): LnE {
  beliefsOf(control, treatment, metric, pair, memo);
  return designEvidence(wealth, engineBets);
}

/**
 * @param variant key of the treatment
 * @param alpha   level of the intervals
 * @param memo    of the same comparison before
 */
export function compareByDesign(
  variant: string,
  control: CountedArm,
  treatment: CountedArm,
  prepared: PreparedMetric,
  pair: PreparedPair,
  alpha: number,
  memo?: ComparisonMemo,
): Compared {
  const { least, largest } = prepared.scale;
  const width = largest - least;
  const groups = beliefsOf(control.cells, treatment.cells, prepared, pair, memo);
  designSums(groups, wealth, engineBets, memo?.interval, sums);
  const estimate = designEstimate(groups);
  const isBoth = estimate.controlUnits > 0 && estimate.treatmentUnits > 0;
  const { lower, upper } = designSumsInterval(sums, engineBets, estimate, alpha);
  const arms = armsOf(control, treatment, pair);
  const multiplier = multiplierOf(...arms, alpha);
  return {
    variant,
    method: 'design-based',
    effect: isBoth
      ? effectOf(width * estimate.effect, width * lower, width * upper)
      : unknownEffect,
    asymptotic: differenceEffect(...arms, multiplier),
    relative: liftEffect(...arms, multiplier),
    lnE: designEvidence(wealth, engineBets),
    pairs: pairsOf([...control.moments, ...treatment.moments], pair.probabilities),
    deviation: pooledDeviation(...arms),
  };
}
