/**
 * The effect was there for those who entered first, and is smaller for those who enter now.
 *
 * Every user is scored once, at the same age, so those who entered early and late are independent. Within each period of one stage
 * the arms are compared as they were assigned; periods are weighed by their pairs. Welch's test of the difference of both halves.
 *
 * Source: Chen, Liu & Xu 2019 (novelty told by when users enter); Welch 1947.
 */
import { isLive } from '../../../contracts/definitionState.ts';
import type { Evidence } from '../../../contracts/insight.ts';
import { difference, type Estimate } from '../../../stats/testing/estimate.ts';
import { fixedHorizon } from '../../../stats/testing/fixedHorizon.ts';
import { amount } from '../../experiments/effectWords.ts';
import type { ExperimentFacts, PeriodFacts } from '../gather/experiments.ts';
import type { Candidate, InsightKind } from '../insightKind.ts';
import {
  type Compared,
  countedUnits,
  effectUnit,
  experimentPage,
  experimentSubject,
  primaryComparisons,
  variantName,
} from '../parts/experimentCard.ts';
import { begun, dayMs, lookAction, reachOf, wholeDay } from '../parts/standing.ts';

const hourMs = 3_600_000;
/** Of `periodOf`: the first is an hour, each further one so much longer. */
const growth = 1.3;
const daysLeast = 7;
/** In each arm of each half. */
const unitsLeast = 100;
/** Of the early effect, what is left at most. */
const leftMost = 0.5;
const alpha = 0.05;

interface Half extends Estimate {
  /** Of the smaller arm. */
  readonly units: number;
}

interface Stratum extends Estimate {
  readonly period: number;
  readonly control: number;
  readonly treated: number;
}

export const noveltyDecay: InsightKind = {
  kind: 'novelty-decay',
  area: 'experiments',
  summary:
    'An effect fades: it was larger for those who entered early than for those who enter now.',
  test:
    'Once a day: users who entered in the second half of the time against those before, one-sided Welch test, users as units, times ' +
    `the number of variants. After ${daysLeast} days, ${unitsLeast} users in each arm of each half; at most ${leftMost} of the early ` +
    'effect is left.',
  find: (facts) =>
    (facts.experiments ?? []).flatMap((each): Candidate[] => {
      const { experiment, lastExposureAt } = each;
      const startAt = experiment.stages[0]?.startAt;
      const compared = primaryComparisons(each);
      if (!isLive(experiment) || experiment.hold !== null) return [];
      if (startAt === undefined || lastExposureAt === null || compared.length === 0) return [];
      const elapsed = lastExposureAt + hourMs - startAt;
      if (elapsed < daysLeast * dayMs) return [];
      const faded = compared.flatMap((one) => fadingOf(each, one, elapsed) ?? []);
      const [first] = faded;
      if (first === undefined) return [];
      const worst = faded.reduce((a, b) => (b.pValue < a.pValue ? b : a), first);
      return [
        {
          subject: experimentSubject(each),
          judgedAt: wholeDay(facts.eventTime),
          pValue: Math.min(1, worst.pValue * compared.length),
          tell: () => {
            const { early, late, one } = worst;
            const { metric } = one;
            const name = variantName(experiment, one.comparison.variant);
            return {
              changed: `The effect of ${name} in “${experiment.name}” fades.`,
              why: [
                `For users of the first half of the time ${name} ${moved(early, one)}; for those who entered later it ${moved(late, one)}.`,
                `${countedUnits(early.units + late.units, experiment)} of the smaller arm are compared, each scored at the same age after entering.`,
              ],
              ignored: `What is seen over all is more than what will be left of it: whoever ships ${name} is promised too much of “${metric.name}”.`,
              evidence: fadingEvidence(worst.strata, one, startAt),
              action: lookAction(
                'Let it run on, and read the effect of those who entered last',
                experimentPage(each.key),
              ),
              promise: null,
              since: begun(facts, startAt + elapsed / 2),
              impact: {
                value: 0.4,
                words: `Of an effect of ${amount(early.estimate, metric)} about ${amount(Math.max(0, late.estimate * goodOf(one)), metric)} would be left.`,
              },
              reach: reachOf(facts, each.result?.exposed ?? null),
            };
          },
        },
      ];
    }),
};

function goodOf({ metric: { direction } }: Pick<Compared, 'metric'>): 1 | -1 {
  return direction === 'increase' ? 1 : -1;
}

/** @returns undefined where the halves are too small to be compared; p is 1 where what is left is more than counts */
function fadingOf({ experiment, periods }: ExperimentFacts, one: Compared, elapsed: number) {
  const strata = strataOf(periods, experiment.control, one.comparison.variant);
  const isLate = ({ period }: Stratum) => startOf(period) >= elapsed / 2;
  const early = together(strata.filter((stratum) => !isLate(stratum)));
  const late = together(strata.filter(isLate));
  if (Math.min(early.units, late.units) < unitsLeast) return undefined;
  const good = goodOf(one);
  const { pValue } = fixedHorizon(difference(early, late), {
    alpha,
    alternative: good === 1 ? 'greater' : 'less',
  });
  const hasFaded =
    good * early.estimate > 0 && good * late.estimate <= leftMost * good * early.estimate;
  return { one, strata, early, late, pValue: hasFaded && pValue <= 1 ? pValue : 1 };
}

/** Treatment less control, in each period of each stage that has both. */
function strataOf(periods: readonly PeriodFacts[], control: string, treatment: string): Stratum[] {
  return periods.flatMap((treated) => {
    if (treated.variant !== treatment) return [];
    const usual = periods.find(
      ({ variant, stage, period }) =>
        variant === control && stage === treated.stage && period === treated.period,
    );
    if (usual === undefined || Math.min(usual.units, treated.units) < 2) return [];
    return [
      {
        period: treated.period,
        ...{ control: usual.units, treated: treated.units, freedom: Infinity },
        estimate: treated.mean - usual.mean,
        variance: treated.variance / treated.units + usual.variance / usual.units,
      },
    ];
  });
}

/** Each by its pairs n m / (n + m). */
function together(strata: readonly Stratum[]): Half {
  let [weights, estimate, variance, control, treated] = [0, 0, 0, 0, 0];
  for (const each of strata) {
    const weight = (each.control * each.treated) / (each.control + each.treated);
    weights += weight;
    estimate += weight * each.estimate;
    variance += weight * weight * each.variance;
    control += each.control;
    treated += each.treated;
  }
  return {
    estimate: estimate / weights,
    variance: variance / (weights * weights),
    freedom: Infinity,
    units: Math.min(control, treated),
  };
}

/** After the start of the experiment, ms. */
function startOf(period: number): number {
  return (hourMs * (growth ** period - 1)) / (growth - 1);
}

function moved({ estimate, variance }: Half, { metric }: Compared): string {
  const half = 1.96 * Math.sqrt(variance);
  const verb = estimate < 0 ? 'lowers' : 'raises';
  return `${verb} “${metric.name}” by ${amount(estimate, metric)} (give or take ${amount(half, metric)})`;
}

function fadingEvidence(
  strata: readonly Stratum[],
  { metric }: Compared,
  startAt: number,
): Evidence {
  const { scale, unit } = effectUnit(metric);
  const numbers = [...new Set(strata.map(({ period }) => period))].sort((a, b) => a - b);
  return {
    kind: 'course',
    caption: `Effect on “${metric.name}” by when users entered${unit === 'points' ? ', percentage points' : ''}`,
    unit,
    series: [
      {
        name: 'effect',
        points: numbers.map((period) => {
          const { estimate, variance } = together(strata.filter((each) => each.period === period));
          const half = 1.96 * Math.sqrt(variance);
          return {
            at: startAt + (startOf(period) + startOf(period + 1)) / 2,
            ...{ value: estimate * scale, lower: (estimate - half) * scale },
            upper: (estimate + half) * scale,
          };
        }),
      },
    ],
    reference: { name: 'no effect', value: 0 },
    marks: [],
  };
}
