/**
 * How long an experiment would take, before it exists: the power of the very test that will judge it, day by day.
 *
 * Users are judged by the design-based mixture, whole clusters by the right-Haar sequence; both are watched all the time, and
 * believe and plan what the experiment's definition will say.
 */
import type { PlanAnswer, PlanQuery } from '../../contracts/experimentApi.ts';
import { designEffectOfMeans } from '../../stats/cluster/designEffect.ts';
import { rightHaarBoundary } from '../../stats/planning/boundary.ts';
import { designBasedTest, type PlannedBelief } from '../../stats/planning/designBasedBoundary.ts';
import { planSteps } from '../../stats/planning/planCurve.ts';
import { armUnitsFirst, type PlannedDesign } from '../../stats/planning/plannedDesign.ts';
import { effectLimit, plannedArms } from '../../stats/planning/plannedMetric.ts';
import {
  daysToPower,
  expectedDays,
  powerByDay,
  unitsToPower,
} from '../../stats/planning/readCurve.ts';
import { vagueBelief } from '../../stats/sequential/predictGroups.ts';
import { plannedPrecision } from './clusterPrecision.ts';
import { engineBets } from './compareByDesign.ts';
import { unhurried } from './unhurried.ts';

/** Power for which the smallest detectable effect is given. */
const detectablePower = 0.8;
/** Step of the effects of which it is known how many units they need; between them both axes are logarithmic. */
const effectStep = Math.SQRT2;
/** Pairs × effect² in standard deviations lies near it. */
const usualProduct = 20;
/** Their looks: a coarser grid, from the part of the units before which next to nobody has stopped. */
const quickGrowth = 1.05;
const quickFrom = 1 / 150;
/** Units that a baseline counts as much as by default, see `Baseline`. */
const baselineUnits = 100;

/**
 * @returns a sentence when what is asked cannot be planned. It gives way to others while it computes
 *
 * @example
 * await planExperiment({ kind: 'binary', mean: 0.1, minimumEffect: 0.02, split: [0.5, 0.5], alpha: 0.05,
 *   unitsPerDay: 1000, daysMax: 90, baseline: true }); // { days80: 13, … }
 */
export async function planExperiment(query: PlanQuery): Promise<PlanAnswer | string> {
  return problemOf(query) ?? (await unhurried(answerTo(query)));
}

function* answerTo(query: PlanQuery): Generator<void, PlanAnswer> {
  const { daysMax, cluster } = query;
  const planned = cluster === undefined ? null : yield* plannedClusters(query, cluster);
  const design = designOf(query, planned);
  const curve = yield* planSteps(design);
  const days = (power: number) => finite(daysToPower(curve, power));
  const detectable = yield* detectableBy(query, planned);
  const units = unitsToPower(curve, detectablePower);
  return {
    days80: days(0.8),
    days90: days(0.9),
    // Were it cut off at the last day, it would be too short.
    daysExpected:
      powerByDay(curve, daysMax) >= 0.9 ? Number(expectedDays(curve, daysMax).toFixed(1)) : null,
    units80: Number.isFinite(units) ? Math.ceil(units) : null,
    plannedClusters: planned,
    designEffect: design.clusters === undefined ? null : designEffectOfMeans(design.clusters),
    curve: Array.from({ length: daysMax }, (_, i) => ({
      day: i + 1,
      power: powerByDay(curve, i + 1),
      detectable: detectable(i + 1),
    })),
  };
}

/** As many clusters as give 80 %, or all that come: the test that is the sharpest there needs a few less. */
function* plannedClusters(
  query: PlanQuery,
  { size, planned }: NonNullable<PlanQuery['cluster']>,
): Generator<void, number> {
  if (planned !== undefined) return planned;
  let clusters = Math.max(4, Math.ceil((query.unitsPerDay * query.daysMax) / size));
  for (let round = 0; round < 2; round += 1) {
    const curve = yield* planSteps({ ...designOf(query, clusters), gridGrowth: quickGrowth });
    const units = unitsToPower(curve, detectablePower);
    if (!Number.isFinite(units)) return clusters;
    clusters = Math.max(4, Math.ceil(units / size));
  }
  return clusters;
}

/** @param planned clusters in all; null where users are assigned */
function designOf(
  query: PlanQuery,
  planned: number | null,
  size: number = signOf(query) * query.minimumEffect,
): PlannedDesign {
  const { kind, mean, split, alpha, unitsPerDay, cluster, daysMax } = query;
  const [control, treatment] = split;
  const share = treatment / (control + treatment);
  const common = {
    metric:
      kind === 'binary'
        ? ({ kind, rate: mean } as const)
        : ({ kind, mean, deviation: query.deviation! } as const),
    effect: { kind: 'absolute', size } as const,
    traffic: [{ days: 1, unitsPerDay, treatmentShare: share }],
    daysMax,
    watched: 'continuously',
  } as const;
  if (cluster === undefined) {
    const { metric, effect, traffic } = common;
    const belief = beliefOf(query);
    const test = designBasedTest({
      ...{ alpha, portfolio: engineBets, metric, effect, traffic },
      ...(belief === undefined ? {} : { belief }),
      ...(query.cap === undefined ? {} : { cap: query.cap }),
    });
    return { ...common, comparison: 'within stages', test };
  }
  const { size: clusterSize, correlation, sizeVariation } = cluster;
  return {
    ...common,
    clusters: { clusterSize, correlation, sizeVariation },
    clustersCount: 'alike',
    test: {
      kind: 'sequence',
      boundary: rightHaarBoundary(alpha, plannedPrecision(planned!, share, alpha)),
    },
  };
}

/** What the bets will believe; undefined where it is not known because the bounds are not. */
function beliefOf({ kind, mean, deviation, cap, baseline }: PlanQuery): PlannedBelief | undefined {
  if (baseline) {
    const own = kind === 'binary' ? Math.sqrt(mean * (1 - mean)) : deviation!;
    return { mean, deviation: own, weight: baselineUnits };
  }
  const bounds = kind === 'binary' ? ([0, 1] as const) : cap;
  if (bounds === undefined) return undefined;
  const [least, largest] = bounds;
  const width = largest - least;
  return {
    mean: least + width * vagueBelief.mean,
    deviation: width * vagueBelief.deviation,
    weight: vagueBelief.weight,
  };
}

/** A rate near 1 can only fall by so much. */
function signOf({ kind, mean, minimumEffect }: PlanQuery): 1 | -1 {
  return kind === 'binary' && mean + minimumEffect >= 1 ? -1 : 1;
}

function problemOf(query: PlanQuery): string | undefined {
  const { kind, mean, deviation, minimumEffect, split, cap, cluster, unitsPerDay } = query;
  if (Math.abs(split[0] + split[1] - 1) > 1e-9) {
    return `split: expected two probabilities that add up to 1, got ${split.join(' and ')}`;
  }
  if (kind === 'binary') {
    if (!(mean > 0 && mean < 1)) return `mean: expected a share in (0, 1), got ${mean}`;
    if (mean + minimumEffect >= 1 && mean - minimumEffect <= 0) {
      return `minimumEffect: expected less than ${Math.max(mean, 1 - mean)}, got ${minimumEffect}: no share changes by so much`;
    }
    return undefined;
  }
  if (deviation === undefined) return 'deviation: expected one for a continuous metric, got none';
  if (cap !== undefined) {
    const [least, largest] = cap;
    if (!(least < largest)) return `cap: expected [least, largest], got ${least} and ${largest}`;
    if (mean < least || mean > largest) {
      return `mean: expected in [${least}, ${largest}], the cap, got ${mean}`;
    }
    if (minimumEffect >= largest - least) {
      return `minimumEffect: expected less than ${largest - least}, the width of the cap, got ${minimumEffect}`;
    }
  }
  if (cluster !== undefined && cluster.size > unitsPerDay * query.daysMax) {
    return `cluster.size: expected at most the ${unitsPerDay * query.daysMax} units of all days, got ${cluster.size}`;
  }
  return undefined;
}

/** The smallest effect by day; null where none is found. */
function* detectableBy(
  query: PlanQuery,
  planned: number | null,
): Generator<void, (day: number) => number | null> {
  const { unitsPerDay, daysMax } = query;
  const { metric, effect, clusters, traffic } = designOf(query, planned);
  const sign = Math.sign(effect.size);
  const limit = effectLimit(metric, effect) * 0.9999;
  const { controlVariance } = plannedArms(metric, effect);
  const [{ treatmentShare: share }] = traffic as [PlannedDesign['traffic'][number]];
  const inflation = clusters === undefined ? 1 : designEffectOfMeans(clusters);
  /** Units for an effect, roughly, and the effect for so many. */
  const product = (usualProduct * controlVariance * inflation) / (share * (1 - share));
  /** Units with which the effect is found with 80 %; Infinity when they are not there after twice the days. */
  function* unitsFor(size: number): Generator<void, number> {
    const design = designOf({ ...query, daysMax: 2 * daysMax }, planned, sign * size);
    const first = (quickFrom * product) / (size * size) / 2 / (clusters?.clusterSize ?? 1);
    const curve = yield* planSteps({
      ...design,
      gridGrowth: quickGrowth,
      daysMax: Math.min(2 * daysMax, (2.5 * product) / (size * size * unitsPerDay) + 1),
      armUnitsFirst: Math.max(armUnitsFirst(design), first),
    });
    return unitsToPower(curve, detectablePower);
  }
  const knots: { readonly units: number; readonly effect: number }[] = [];
  // From the smallest effect that could be found by the last day to the largest, or one that a day suffices for.
  let size = Math.min(limit, Math.sqrt(product / (unitsPerDay * daysMax)) / effectStep);
  for (let isEnough = false; !isEnough; size = Math.min(limit, size * effectStep)) {
    const units = yield* unitsFor(size);
    if (Number.isFinite(units)) knots.unshift({ units, effect: size });
    isEnough = size >= limit || units < unitsPerDay;
    // Where clusters are few no effect is large enough: beyond this one they are as good as found.
    isEnough ||= size > 100 * Math.sqrt(controlVariance);
  }
  return (day) => {
    const units = unitsPerDay * day;
    const after = knots.findIndex((knot) => knot.units >= units);
    const right = knots[after];
    const left = knots[after - 1];
    if (right === undefined || left === undefined) return null;
    const part = Math.log(units / left.units) / Math.log(right.units / left.units);
    return left.effect * (right.effect / left.effect) ** part;
  };
}

function finite(days: number): number | null {
  return Number.isFinite(days) ? days : null;
}
