/**
 * How long an experiment would take, before it exists: the power of the very test that will judge it, day by day.
 *
 * Users are judged by the design-based mixture, whole clusters by the right-Haar sequence; both are watched all the time.
 */
import type { PlanAnswer, PlanQuery } from '../../contracts/experimentApi.ts';
import { rightHaarBoundary } from '../../stats/planning/boundary.ts';
import { designBasedBoundary } from '../../stats/planning/designBasedBoundary.ts';
import { minimumDetectableEffect } from '../../stats/planning/minimumDetectableEffect.ts';
import { planCurve } from '../../stats/planning/planCurve.ts';
import type { PlannedDesign } from '../../stats/planning/plannedDesign.ts';
import {
  daysToPower,
  expectedDays,
  powerByDay,
  unitsToPower,
} from '../../stats/planning/readCurve.ts';
import { engineBets } from './compareByDesign.ts';

/** Power for which the smallest detectable effect is given. */
const detectablePower = 0.8;
/** Days for which it is searched for; between them it is read off the line through them, both axes logarithmic. */
const searchedDays = [1, 2, 4, 7, 14, 28, 56, 120, 240, 365];
const looksMax = 12;
/** The right-Haar prior counts for this share of the information that is planned for. */
const priorShare = 1 / 8;

/**
 * @returns a sentence when what is asked cannot be planned
 *
 * @example
 * planExperiment({ kind: 'binary', mean: 0.1, minimumEffect: 0.02, split: [0.5, 0.5], alpha: 0.05,
 *   unitsPerDay: 1000, daysMax: 90 }); // { days80: 15, … }
 */
export function planExperiment(query: PlanQuery): PlanAnswer | string {
  const problem = problemOf(query);
  if (problem !== undefined) return problem;
  const design = designOf(query);
  const curve = planCurve(design);
  const { daysMax } = query;
  const days = (power: number) => finite(daysToPower(curve, power));
  const detectable = detectableBy(design, daysMax);
  const units = unitsToPower(curve, detectablePower);
  return {
    days80: days(0.8),
    days90: days(0.9),
    // Were it cut off at the last day, it would be too short.
    daysExpected:
      powerByDay(curve, daysMax) >= 0.9 ? Number(expectedDays(curve, daysMax).toFixed(1)) : null,
    units80: Number.isFinite(units) ? Math.ceil(units) : null,
    curve: Array.from({ length: daysMax }, (_, i) => ({
      day: i + 1,
      power: powerByDay(curve, i + 1),
      detectable: detectable(i + 1),
    })),
  };
}

function designOf(query: PlanQuery): PlannedDesign {
  const { kind, mean, split, alpha, unitsPerDay, cluster, daysMax } = query;
  const [control, treatment] = split;
  const common = {
    metric:
      kind === 'binary'
        ? ({ kind, rate: mean } as const)
        : ({ kind, mean, deviation: query.deviation! } as const),
    effect: { kind: 'absolute', size: signOf(query) * query.minimumEffect } as const,
    traffic: [{ days: 1, unitsPerDay, treatmentShare: treatment / (control + treatment) }],
    daysMax,
    watched: 'continuously',
  } as const;
  if (cluster === undefined) {
    const { metric, effect, traffic } = common;
    const boundary = designBasedBoundary({
      alpha,
      portfolio: engineBets,
      metric,
      effect,
      traffic,
    });
    return { ...common, comparison: 'within stages', test: { kind: 'sequence', boundary } };
  }
  const { size, correlation } = cluster;
  const clustersMax = (unitsPerDay * daysMax) / size;
  const share = treatment / (control + treatment);
  const prior = Math.max(1, clustersMax * share * (1 - share) * priorShare);
  return {
    ...common,
    clusters: { clusterSize: size, correlation, sizeVariation: 0 },
    test: { kind: 'sequence', boundary: rightHaarBoundary(alpha, prior) },
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
function detectableBy(design: PlannedDesign, daysMax: number): (day: number) => number | null {
  const days = [...searchedDays.filter((day) => day < daysMax), daysMax];
  const knots = days
    .map((day) => ({ day, effect: detectableOn(design, day) }))
    .filter(({ effect }) => Number.isFinite(effect));
  return (day) => {
    const after = knots.findIndex((knot) => knot.day >= day);
    const right = knots[after];
    if (right === undefined) return null;
    if (right.day === day) return right.effect;
    const left = knots[after - 1];
    if (left === undefined) return null;
    const part = Math.log(day / left.day) / Math.log(right.day / left.day);
    return left.effect * (right.effect / left.effect) ** part;
  };
}

/** As if it were looked at some times only, evenly: hardly larger than with a look after every unit, and quick. */
function detectableOn(design: PlannedDesign, day: number): number {
  const [{ unitsPerDay, treatmentShare }] = design.traffic as [PlannedDesign['traffic'][number]];
  const looks = Math.min(looksMax, Math.max(1, day));
  const traffic = [{ days: 1, unitsPerDay: (unitsPerDay * day) / looks, treatmentShare }];
  const quick = { ...design, traffic, daysMax: looks, watched: 'daily' } as const;
  return Math.abs(minimumDetectableEffect(quick, looks, detectablePower));
}

function finite(days: number): number | null {
  return Number.isFinite(days) ? days : null;
}
