/**
 * A metric whose units come in clusters, compared by the exact sequential t-test on one number a cluster: the mean of its
 * members, or its ratio.
 *
 * Stages of a ramp have means of their own in the regression, so that a drifting baseline does not pass for an effect.
 * Exact for Gaussian numbers that do not depend on when it is looked: a cluster enters once, whole (`gatherClusters`). The
 * prior is sharpest at the planned number of clusters (`clusterPrecision`), and as fixed before the data as the rest.
 */
import type { OutcomeScale } from '../../models/measure/outcomeScale.ts';
import { lnOneSidedRightHaarT } from '../../stats/sequential/oneSidedRightHaarT.ts';
import { lnRightHaarT, rightHaarRadius } from '../../stats/sequential/rightHaarT.ts';
import type { Estimate } from '../../stats/testing/estimate.ts';
import { type Compared, noEvidence } from './compared.ts';
import type { GatheredCluster } from './gatherClusters.ts';
import type { PreparedMetric, PreparedPair } from './preparedExperiment.ts';
import {
  type ArmOfSequence,
  differenceEffect,
  effectOf,
  figureOrNull,
  liftEffect,
  multiplierOf,
  unknownEffect,
} from './sequenceEffect.ts';

/** Of the normal distribution: the quantile of 80 %. */
const power80 = 0.8416212335729143;

/** A cluster as it is compared. */
export interface ClusterFigure {
  readonly stage: number;
  readonly figure: number;
}

/** One number of each cluster with a denominator, in the order given: the last bits depend on it. */
export function clusterFigures(
  clusters: readonly GatheredCluster[],
  { numeratorPerUnit, denominatorPerUnit }: OutcomeScale,
): ClusterFigure[] {
  return clusters.flatMap(({ stage, sums }) => {
    const [numerator = 0n, denominator = 0n] = sums;
    if (denominator === 0n) return [];
    const figure =
      Number(numerator) / numeratorPerUnit / (Number(denominator) / denominatorPerUnit);
    return [{ stage, figure }];
  });
}

/** Mean of the clusters' numbers. */
export function clusterArm(figures: readonly { readonly figure: number }[]): ArmOfSequence {
  const units = figures.length;
  const mean = figures.reduce((sum, { figure }) => sum + figure, 0) / units;
  const squares = figures.reduce((sum, { figure }) => sum + (figure - mean) ** 2, 0);
  return { units, estimate: mean, variance: squares / (units - 1) / units, freedom: units - 1 };
}

interface Regression {
  readonly effect: number;
  readonly freedom: number;
  /** Σ over stages of n_t n_c / (n_t + n_c). */
  readonly information: number;
  /** Residual standard deviation. */
  readonly deviation: number;
}

/** Least squares of the clusters' numbers on the arm and the stage. */
function regress(
  control: readonly ClusterFigure[],
  treatment: readonly ClusterFigure[],
  stages: Iterable<number>,
): Regression {
  let information = 0;
  let weighted = 0;
  let squares = 0;
  let freedom = -1;
  const differences: { readonly pairs: number; readonly difference: number }[] = [];
  for (const stage of stages) {
    const arms = [control, treatment].map((arm) => arm.filter((each) => each.stage === stage));
    const [without, with_] = arms.map(clusterArm) as [ArmOfSequence, ArmOfSequence];
    const units = without.units + with_.units;
    if (units === 0) continue;
    freedom += units - 1;
    for (const { variance, units: own } of [without, with_]) {
      if (own > 1) squares += variance * own * (own - 1);
    }
    if (without.units === 0 || with_.units === 0) continue;
    const pairs = (without.units * with_.units) / units;
    const difference = with_.estimate - without.estimate;
    differences.push({ pairs, difference });
    information += pairs;
    weighted += pairs * difference;
  }
  const effect = weighted / information;
  for (const { pairs, difference } of differences) squares += pairs * (difference - effect) ** 2;
  return { effect, freedom, information, deviation: Math.sqrt(squares / freedom) };
}

/**
 * @param variant key of the treatment
 * @param alpha   level of the intervals
 */
export function compareClusters(
  variant: string,
  control: readonly GatheredCluster[],
  treatment: readonly GatheredCluster[],
  { scale }: Pick<PreparedMetric, 'scale'>,
  pair: Pick<PreparedPair, 'probabilities' | 'precision'>,
  alpha: number,
): Compared {
  const figures = [clusterFigures(control, scale), clusterFigures(treatment, scale)] as const;
  return compareFigures(variant, figures, pair, alpha);
}

/** The same of the clusters' numbers themselves. @param arms control, treatment */
export function compareFigures(
  variant: string,
  arms: readonly [control: readonly ClusterFigure[], treatment: readonly ClusterFigure[]],
  { probabilities, precision }: Pick<PreparedPair, 'probabilities' | 'precision'>,
  alpha: number,
): Compared {
  const inPair = (each: readonly ClusterFigure[]) =>
    each.filter(({ stage }) => probabilities.has(stage));
  const figures = [inPair(arms[0]), inPair(arms[1])] as const;
  const design = regress(
    ...figures,
    [...probabilities.keys()].sort((a, b) => a - b),
  );
  const { effect, information, freedom, deviation } = design;
  const known = { variant, method: 'clusters', pairs: information, deviation } as const;
  if (!(freedom > 0 && information > 0 && deviation > 0)) {
    return {
      ...known,
      effect: { ...unknownEffect, estimate: figureOrNull(effect) },
      asymptotic: unknownEffect,
      relative: unknownEffect,
      lnE: noEvidence,
    };
  }
  const error = deviation / Math.sqrt(information);
  const t = effect / error;
  const radius = rightHaarRadius(design, precision, alpha);
  const summaries = figures.map(clusterArm) as [ArmOfSequence, ArmOfSequence];
  const normal = (arm: Estimate) => ({ ...arm, freedom: Infinity });
  return {
    ...known,
    effect: effectOf(effect, effect - radius * error, effect + radius * error),
    asymptotic: differenceEffect(...summaries, multiplierOf(...summaries, alpha)),
    relative: liftEffect(normal(summaries[0]), normal(summaries[1]), radius),
    lnE: {
      either: lnRightHaarT(t, design, precision),
      higher: lnOneSidedRightHaarT(t, design, precision),
      lower: lnOneSidedRightHaarT(-t, design, precision),
    },
    detectable: (radius + power80) * error,
  };
}
