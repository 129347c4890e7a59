/**
 * Kinds that a campus cannot be made to show within weeks, simulated day by day at the level of their rules: how soon after its beginning
 * a problem passes the level at which a card is shown, and how often the rule speaks by chance where there is none.
 *
 * Problems that the campus does show are planted in `benchmarks/insights/plantedProblems.ts`.
 */
import { describe, expect, test } from 'vitest';
import type { Facts } from '../../../control/insights/facts.ts';
import type { FairnessFacts } from '../../../control/insights/gather/modelFacts.ts';
import type { InsightKind } from '../../../control/insights/insightKind.ts';
import { alertNoise } from '../../../control/insights/kinds/alert-noise.ts';
import { calibrationSlipped } from '../../../control/insights/kinds/calibration-slipped.ts';
import { championBehindShadow } from '../../../control/insights/kinds/champion-behind-shadow.ts';
import { contextAddsNothing } from '../../../control/insights/kinds/context-adds-nothing.ts';
import { explorationCostly } from '../../../control/insights/kinds/exploration-costly.ts';
import { fairnessGapWidened } from '../../../control/insights/kinds/fairness-gap-widened.ts';
import { labelCoverageFalling } from '../../../control/insights/kinds/label-coverage-falling.ts';
import { labelDelayGrowing } from '../../../control/insights/kinds/label-delay-growing.ts';
import { noveltyDecay } from '../../../control/insights/kinds/novelty-decay.ts';
import { performanceDrop } from '../../../control/insights/kinds/performance-drop.ts';
import { performanceDropEstimated } from '../../../control/insights/kinds/performance-drop-estimated.ts';
import { policyBehindControl } from '../../../control/insights/kinds/policy-behind-control.ts';
import { rangeBreak } from '../../../control/insights/kinds/range-break.ts';
import { retrainingWouldHelp } from '../../../control/insights/kinds/retraining-would-help.ts';
import { segmentHarmed } from '../../../control/insights/kinds/segment-harmed.ts';
import { staleModel } from '../../../control/insights/kinds/stale-model.ts';
import { winnerForSegmentOnly } from '../../../control/insights/kinds/winner-for-segment-only.ts';
import { normal, type RandomState, randomState, uniform } from '../../../stats/random.ts';
import {
  clusteredDifference,
  clusteredMean,
  clusterSumsOf,
} from '../../../stats/sequential/clusteredSequence.ts';
import {
  columnOf,
  dailyFigure,
  dayAt,
  dayMs,
  factsOf,
  lifeOf,
  modelDays,
  modelOf,
} from '../../support/dailyFacts.ts';
import {
  binaryArms,
  experimentFacts,
  hourMs,
  now,
  periodsOf,
  policyFacts,
  factsOf as quietFactsOf,
  quietOperations,
  watchFacts,
} from '../../support/insightFacts.ts';

/** What a day with 40 tests shows once an engine has run for months; in its first weeks it is three times as much. */
const shownAt = 1e-5;

interface Simulated {
  readonly kind: InsightKind;
  /** What begins, for the list. */
  readonly problem: string;
  /** Day on which it begins, and days within which it must be shown: the longest window of the rule, or two weeks where it has none. */
  readonly from: number;
  readonly within: number;
  /** Runs without a problem; p-values of their last day at most 0.05. */
  readonly quietRuns: number;
  /** Days before it can be judged at all. */
  readonly firstDay?: number;
  /** A world, and its facts at the end of so many days. @param size 1 with the problem, 0 without */
  world(random: RandomState, size: 0 | 1): (days: number) => Facts;
}

const [from, all] = [28, 42] as const;

/** The share of `count` that is so, close to a binomial, and quick. */
function drawn(random: RandomState, count: number, share: number): number {
  const spread = Math.sqrt(count * share * (1 - share));
  return Math.min(count, Math.max(0, Math.round(count * share + spread * normal(random))));
}

/** Four groups that grow by so many units a day in each arm. @param shifts effects by group, in the end added up to that of all */
function segmentsWorld(random: RandomState, shifts: readonly number[]) {
  const perDay = 60;
  const groups = shifts.map((shift) => {
    const sums = [0, 0];
    return Array.from({ length: 21 }, () => {
      sums[0]! += drawn(random, perDay, 0.45);
      sums[1]! += drawn(random, perDay, 0.45 + shift);
      return [...sums];
    });
  });
  return (days: number): Facts => {
    const units = perDay * days;
    const solved = groups.map((group) => group[days - 1]!);
    const armsOf = (sums: readonly number[], of: number) =>
      binaryArms(
        [of, of],
        sums.map((sum) => sum / of),
      );
    const whole = [0, 1].map((arm) => solved.reduce((sum, group) => sum + group[arm]!, 0));
    const segments = Object.fromEntries(
      solved.map((sums, group) => [`grade=${group + 6}`, armsOf(sums, units)]),
    );
    const arms = armsOf(whole, units * groups.length);
    return quietFactsOf({ experiments: [experimentFacts({ arms, segments })] });
  };
}

/** 200 users more each day, of ten decisions each. */
function usersWorld(random: RandomState, mean: number) {
  const users = Array.from({ length: 200 * 21 }, () => ({
    ...{ size: 10, decisions: 10, earned: 10 * (mean + 0.2 * normal(random)) },
  }));
  return (days: number) => clusterSumsOf(users.slice(0, 200 * days));
}

const simulated: readonly Simulated[] = [
  {
    ...{ kind: performanceDrop, problem: 'loss rises by a tenth', from, within: 5, quietRuns: 100 },
    world(random, size) {
      const days = modelDays({ days: all, from, change: 0.1 * size, between: 0.015, random });
      return (end) => factsOf({ models: [modelOf({ days: days.slice(0, end) })] }, end);
    },
  },
  {
    ...{ kind: performanceDropEstimated, problem: 'expected loss rises by a tenth' },
    ...{ from, within: 5, quietRuns: 100 },
    world(random, size) {
      const change = { days: all, from, change: 0.1 * size, between: 0.012, random };
      const figures = dailyFigure(0.5, change);
      return (end) => {
        const expected = figures.slice(0, end).map((logLoss, day) => ({
          ...{ day: dayAt(day), count: 2_000, logLoss, lower: logLoss - 0.01 },
          ...{ upper: logLoss + 0.01, labelled: end - day <= 6 ? 200 : 1_900 },
        }));
        return factsOf({ models: [modelOf({ expected })] }, end);
      };
    },
  },
  {
    ...{ kind: calibrationSlipped, problem: 'chances ten points too high' },
    ...{ from, within: 4, quietRuns: 100 },
    world(random, size) {
      const figures = [0, 1, 2].map(() =>
        dailyFigure(0, { days: all, from, change: -0.1 * size, between: 0.01, random }),
      );
      const days = modelDays({ days: all, random }).map((day, i) => {
        const thirds = day.thirds!.map((sums, third) => ({
          ...sums,
          positives: sums.predicted + sums.count * figures[third]![i]!,
        }));
        const positives = thirds.reduce((sum, each) => sum + each.positives, 0);
        return { ...day, thirds, rate: positives / 4_000, predicted: 0.5 };
      });
      return (end) => factsOf({ models: [modelOf({ days: days.slice(0, end) })] }, end);
    },
  },
  {
    // Three days until labels have come, then two or five.
    ...{ kind: labelCoverageFalling, problem: 'every fifth label does not come' },
    ...{ from, within: 7, quietRuns: 100 },
    world(random, size) {
      const figures = dailyFigure(0.75, { days: all, from, change: -0.2 * size, random });
      return (end) => {
        const expected = figures.slice(0, end).map((share, day) => ({
          ...{ day: dayAt(day), count: 2_000, labelled: Math.round(2_000 * share) },
          ...{ logLoss: 0.5, lower: 0.48, upper: 0.52 },
        }));
        return factsOf({ models: [modelOf({ labelAgeMs: 3 * dayMs, expected })] }, end);
      };
    },
  },
  {
    ...{ kind: labelDelayGrowing, problem: 'every fourth label takes longer' },
    ...{ from, within: 5, quietRuns: 100 },
    world(random, size) {
      const change = { days: all, from, change: -0.25 * size, between: 0.02, random };
      const figures = dailyFigure(0.75, change);
      return (end) => {
        const days = figures.slice(0, end).map((share, day) => ({
          ...{ day: dayAt(day), count: 2_000, within: Math.round(2_000 * share) },
        }));
        return factsOf({ models: [modelOf({ promptness: { ageMs: dayMs, days } })] }, end);
      };
    },
  },
  {
    // From its first day on it grows old; it is asked about after two weeks.
    ...{ kind: staleModel, problem: 'loss rises by 0.005 nats a day' },
    ...{ from: 0, within: 28, quietRuns: 100 },
    world(random, size) {
      const days = modelDays({ days: all, between: 0.01, random }).map((day, i) => ({
        ...day,
        logLoss: day.logLoss + 0.005 * i * size,
      }));
      return (end) => {
        const model = modelOf({ days: days.slice(0, end), life: lifeOf() });
        return factsOf({ models: [model] }, end);
      };
    },
  },
  {
    ...{ kind: retrainingWouldHelp, problem: 'what serves is 0.05 nats behind' },
    ...{ from, within: 14, quietRuns: 100 },
    world(random, size) {
      // Where it is not behind by what counts: just at the border of 0.005.
      const change = { days: all, from, change: 0.045 * size, between: 0.004, random };
      const figures = dailyFigure(0.003, change);
      return (end) => {
        const behind = figures.slice(end - 14, end).map((difference, day) => ({
          ...{ day: dayAt(end - 14 + day), count: 3_000, difference, variance: 0.01 / 3_000 },
        }));
        return factsOf({ models: [modelOf({ life: lifeOf({ behind }) })] }, end);
      };
    },
  },
  {
    // A likelihood ratio of normal differences, 600 rows a day, watched daily.
    ...{ kind: championBehindShadow, problem: 'a version 0.01 better waits' },
    ...{ from: 0, within: 5, quietRuns: 400 },
    world(random, size) {
      let sum = 0;
      let largest = 0;
      const course = Array.from({ length: all }, () => {
        sum += 600 * 0.01 * size + Math.sqrt(600) * 0.1 * normal(random) - 600 * 0.005;
        largest = Math.max(largest, sum);
        return largest;
      });
      return (end) => {
        const paired = {
          ...{ count: 600 * end, mean: -0.01, lower: -0.02, upper: 0 },
          ...{ lnBetter: course[end - 1]!, lnWorse: 0 },
        };
        const release = {
          ...({ version: '1.5', against: '1.4', phase: 'shadow', paused: false } as const),
          ...{ awaits: 'canary' as const, share: 0, since: dayAt(0), paired },
        };
        return factsOf({ models: [modelOf({ life: lifeOf({ release }) })] }, end);
      };
    },
  },
  {
    // 400 labelled predictions a day in each group.
    ...{ kind: fairnessGapWidened, problem: 'a new version differs by 15 points between groups' },
    ...{ from: 0, within: 14, quietRuns: 400 },
    world(random, size) {
      const noise = Array.from({ length: 3 }, () => normal(random));
      const reading = (version: string, count: number, by: number, luck: readonly number[]) => {
        const error = Math.sqrt(0.5 / count);
        const rates = ['falseNegative', 'falsePositive', 'selection'] as const;
        return {
          ...{ version, baseline: 'day', compared: 'evening', count },
          gaps: rates.map((rate, i) => {
            const difference = (i === 0 ? by : 0) + error * luck[i]!;
            const half = 1.96 * error;
            return { rate, difference, lower: difference - half, upper: difference + half };
          }),
        } satisfies FairnessFacts;
      };
      const before = reading('6', 8_000, 0, [normal(random), normal(random), normal(random)]);
      return (end) => {
        const current = reading('7', 400 * end, 0.15 * size, noise);
        return factsOf({ models: [modelOf({ fairness: { before, now: current } })] }, end);
      };
    },
  },
  {
    ...{ kind: rangeBreak, problem: 'a tenth of the numbers leaves its range' },
    ...{ from, within: 2, quietRuns: 100 },
    world(random, size) {
      const change = { days: all, from, change: 0.1 * size, between: 0.004, random };
      const quality = dailyFigure(0.02, change).map((share, day) => ({
        ...{ day: dayAt(day), rows: 2_000, missing: 0 },
        outside: Math.round(2_000 * Math.max(0, share)),
      }));
      return (end) => {
        const given = { key: 'context_latency_ms', name: 'latency ms', kind: 'number' } as const;
        const column = columnOf({ ...given, isRead: false, quality: quality.slice(0, end) });
        return factsOf({ columns: [column] }, end);
      };
    },
  },
  {
    ...{ kind: winnerForSegmentOnly, problem: 'one group of four gains 25 points, two lose 10' },
    ...{ from: 0, within: 14, quietRuns: 50 },
    world: (random, size) =>
      segmentsWorld(
        random,
        [0.25, -0.1, -0.1, 0].map((by) => by * size),
      ),
  },
  {
    ...{ kind: segmentHarmed, problem: 'one group of four loses 20 points, the others gain 15' },
    ...{ from: 0, within: 14, quietRuns: 50 },
    world: (random, size) =>
      segmentsWorld(
        random,
        [-0.2, 0.15, 0.15, 0.15].map((by) => by * size),
      ),
  },
  {
    // Gone for those who enter from the fifth day on.
    ...{ kind: noveltyDecay, problem: 'an effect of 20 points is gone after five days' },
    ...{ from: 5, within: 9, firstDay: 7, quietRuns: 100 },
    world(random, size) {
      const seed = Math.floor(uniform(random) * 1e6);
      const startOf = (period: number) => (hourMs * (1.3 ** period - 1)) / 0.3;
      const effect = (period: number) => (startOf(period) < 5 * dayMs ? 0.2 : 0.2 * (1 - size));
      return (end) => {
        const periods = periodsOf(effect, { users: 1_000, seed, days: end });
        const lastExposureAt = now - 14 * dayMs + end * dayMs - hourMs;
        return quietFactsOf({
          experiments: [experimentFacts({ facts: { periods, lastExposureAt } })],
        });
      };
    },
  },
  {
    ...{ kind: contextAddsNothing, problem: 'a personal choice gains nothing' },
    ...{ from: 0, within: 14, quietRuns: 100 },
    world(random, size) {
      // 5 % of 0.45 count: without the problem the choice gains just that.
      const sums = usersWorld(random, 0.0225 - 0.0225 * size);
      return (end) =>
        quietFactsOf({
          policies: [
            policyFacts({ facts: { gains: [{ action: 'video', weight: 1, sums: sums(end) }] } }),
          ],
        });
    },
  },
  {
    ...{ kind: explorationCostly, problem: 'trying out costs a quarter of what is earned' },
    ...{ from: 0, within: 14, quietRuns: 100 },
    world(random, size) {
      const sums = usersWorld(random, 0.0225 + 0.09 * size);
      return (end) => {
        const { estimate, lower, upper } = clusteredMean(sums(end), 0.05);
        const exploration = { share: 0.2, cost: estimate, low: lower, high: upper };
        return quietFactsOf({ policies: [policyFacts({ report: { exploration } })] });
      };
    },
  },
  {
    ...{
      kind: policyBehindControl,
      problem: 'a learnt choice earns a quarter less than its control',
    },
    ...{ from: 0, within: 14, quietRuns: 100 },
    world(random, size) {
      const policy = usersWorld(random, 0.45 - 0.1 * size);
      const control = usersWorld(random, 0.45);
      return (end) => {
        const [own, others] = [policy(end), control(end)];
        const { estimate, lower, upper } = clusteredDifference(own, others, 0.05);
        const base = policyFacts();
        const difference = {
          ...{ decisions: own.decisions + others.decisions },
          ...{ mean: estimate, low: lower, high: upper },
        };
        const worth = { ...base.report.worth, difference };
        const users = { policy: 200 * end, control: 200 * end };
        return quietFactsOf({
          policies: [{ ...base, report: { ...base.report, worth, users } }],
        });
      };
    },
  },
  {
    // Three a day are judged.
    ...{ kind: alertNoise, problem: 'nine of ten alerts are false' },
    ...{ from: 0, within: 10, quietRuns: 400 },
    world(random, size) {
      const share = size === 1 ? 0.9 : 1 / 3;
      const wrong = Array.from({ length: 3 * all }, () => (uniform(random) < share ? 1 : 0));
      return (end) => {
        const sum = wrong.slice(0, 3 * end).reduce<number>((total, each) => total + each, 0);
        const called = { false: sum, true: 3 * end - sum };
        return quietFactsOf({ operations: quietOperations({ watches: [watchFacts({ called })] }) });
      };
    },
  },
];

function pOf({ kind }: Simulated, facts: Facts): number {
  return Math.min(1, ...kind.find(facts).map(({ pValue }) => pValue ?? 0));
}

describe.each(simulated)('$kind.kind: $problem', (each) => {
  const { from: begins, within, quietRuns, firstDay = 1, world } = each;

  test('is shown within its days, in three worlds', () => {
    const delays = [1, 2, 3].map((seed) => {
      const facts = world(randomState(seed), 1);
      for (let day = Math.max(firstDay, begins + 1); day <= begins + within; day += 1) {
        if (pOf(each, facts(day)) <= shownAt) return day - begins;
      }
      return Infinity;
    });
    if (process.env['SHOW'] !== undefined) console.log(each.kind.kind, delays, 'of', within);
    expect(Math.max(...delays)).toBeLessThanOrEqual(within);
  });

  test('by chance alone it speaks as rarely as it says', () => {
    const random = randomState(9);
    const last = begins + within;
    const values = Array.from({ length: quietRuns }, () => pOf(each, world(random, 0)(last)));
    const share = values.filter((p) => p <= 0.05).length / quietRuns;
    if (process.env['SHOW'] !== undefined) console.log(each.kind.kind, 'by chance', share);
    expect(share).toBeLessThanOrEqual(0.05 + 4 * Math.sqrt((0.05 * 0.95) / quietRuns));
    expect(Math.min(...values)).toBeGreaterThan(shownAt);
  });
});
