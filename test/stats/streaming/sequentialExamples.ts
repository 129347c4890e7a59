/** Examples of the statistics of one column, and of those that hold at all times. */
import type { StatisticRow } from '../../../contracts/statistic.ts';
import { binOf, quantileOf } from '../../../stats/quantileSketch.ts';
import { normal, type RandomState, uniform } from '../../../stats/random.ts';
import { quantileInterval } from '../../../stats/sequential/anytimeQuantile.ts';
import { betPortfolio } from '../../../stats/sequential/betPortfolio.ts';
import { bettingSequence } from '../../../stats/sequential/bettingSequence.ts';
import type { DesignGroup } from '../../../stats/sequential/designCounts.ts';
import { designEvidence } from '../../../stats/sequential/designMixture.ts';
import { empiricalBernstein } from '../../../stats/sequential/empiricalBernstein.ts';
import { labelWealth } from '../../../stats/sequential/labelBetting.ts';
import { logBin } from '../../../stats/sequential/logBin.ts';
import { lnMixtureSprt, mixtureSprtRadius } from '../../../stats/sequential/mixtureSprt.ts';
import {
  lnNormalMixture,
  mixtureWidth,
  normalMixtureBound,
} from '../../../stats/sequential/normalMixture.ts';
import { predictGroups } from '../../../stats/sequential/predictGroups.ts';
import { readDesign } from '../../../stats/sequential/readDesign.ts';
import { lnRightHaarT, rightHaarRadius } from '../../../stats/sequential/rightHaarT.ts';
import { runningMeanSequence } from '../../../stats/sequential/runningMeanSequence.ts';
import { normalTwoSided } from '../../../stats/special/normal.ts';
import { difference } from '../../../stats/testing/estimate.ts';
import { wilson } from '../../../stats/wilson.ts';
import {
  armOf,
  type Example,
  mean,
  meanEstimate,
  numbersOf,
  sequence,
  sum,
  variance,
  withArm,
} from './example.ts';

const bounded = (random: RandomState) => ({ value: 10 * uniform(random) - 2 });

const ends = { lower: -2, upper: 8 };

/** Probability of treatment in each stage. */
const ramp = [0.1, 0.3, 0.5];

function groupsOf(
  rows: readonly StatisticRow[],
  bins: number,
  place: (row: StatisticRow) => number,
) {
  const groups: DesignGroup[] = [];
  const stages = [...new Set(numbersOf(rows, 'stage'))].sort((a, b) => a - b);
  for (const period of stages) {
    const own = rows.filter((row) => row['stage'] === period);
    const low = ramp[period]!;
    const counts = new Float64Array(4 * bins);
    for (const row of own) {
      counts[(row['variant'] === 'treatment' ? 2 * bins : 0) + place(row)]! += 1;
    }
    groups.push({ period, low, high: low, counts });
  }
  return groups;
}

/** Probabilities as a ramp has them, logged for the unit's own variant. */
function staged(random: RandomState, index: number) {
  const stage = Math.floor(index / 20) % 3;
  const isTreated = uniform(random) < ramp[stage]!;
  return {
    stage,
    probability: isTreated ? ramp[stage]! : 1 - ramp[stage]!,
    variant: isTreated ? 'treatment' : 'control',
    unit: `unit-${index}`,
  };
}

export const sequentialExamples: Readonly<Record<string, Example>> = {
  'mean-variance': {
    parameters: {},
    row: (random) => ({ value: 1e6 + normal(random) }),
    expected: (rows) => ({
      count: rows.length,
      mean: mean(numbersOf(rows)),
      variance: variance(numbersOf(rows)),
    }),
  },
  quantiles: {
    parameters: { share: 0.75 },
    row: (random) => ({ value: Math.exp(3 * normal(random)) * (uniform(random) < 0.2 ? -1 : 1) }),
    expected(rows) {
      const bins = numbersOf(rows)
        .map(binOf)
        .sort((a, b) => a - b);
      const ones = bins.map(() => 1);
      return { quantile: quantileOf(bins, ones, 0.75), p90: quantileOf(bins, ones, 0.9) };
    },
  },
  proportion: {
    parameters: { alpha: 0.1 },
    row: (random) => ({ value: uniform(random) < 0.3 ? 1 : 0 }),
    expected: (rows) => ({
      proportion: mean(numbersOf(rows)),
      ...wilson(sum(numbersOf(rows)), rows.length, normalTwoSided(0.1)),
    }),
  },
  'betting-sequence': {
    parameters: { ...ends, steps: 40 },
    row: bounded,
    expected(rows) {
      const fold = bettingSequence({ alpha: 0.05, steps: 40 });
      const state = fold.initial();
      for (const value of numbersOf(rows)) fold.step(state, (value + 2) / 10);
      const { lower, upper } = fold.read(state);
      return { lower: -2 + 10 * lower, upper: -2 + 10 * upper, mean: mean(numbersOf(rows)) };
    },
  },
  'empirical-bernstein': {
    parameters: { ...ends, weightMax: 0.4 },
    row: bounded,
    expected(rows) {
      const fold = empiricalBernstein({ alpha: 0.05, weightMax: 0.4 });
      const state = fold.initial();
      for (const value of numbersOf(rows)) fold.step(state, (value + 2) / 10);
      const { lower, upper } = fold.read(state);
      return { lower: -2 + 10 * lower, upper: -2 + 10 * upper, mean: mean(numbersOf(rows)) };
    },
  },
  'running-mean': {
    parameters: { ...ends, bestTime: 100 },
    row: bounded,
    expected(rows) {
      const fold = runningMeanSequence({ alpha: 0.05, smallest: -2, largest: 8, bestTime: 100 });
      const state = fold.initial();
      for (const value of numbersOf(rows)) fold.step(state, value);
      return { ...fold.read(state), mean: mean(numbersOf(rows)) };
    },
  },
  'normal-mixture': {
    parameters: { ...ends, hypothesis: 2, bestCount: 50 },
    row: bounded,
    expected(rows) {
      const time = rows.length * 25;
      const width = mixtureWidth(50 * 25, 0.05);
      const centre = mean(numbersOf(rows));
      const radius = normalMixtureBound(time, 0.05, width) / rows.length;
      return {
        lower: Math.max(-2, centre - radius),
        upper: Math.min(8, centre + radius),
        lnE: lnNormalMixture(sum(numbersOf(rows)) - 2 * rows.length, time, width),
      };
    },
  },
  'anytime-quantile': {
    parameters: { share: 0.4, lower: -1, upper: 5, bins: 12, bestCount: 60 },
    row: bounded,
    expected(rows) {
      const edges = [-Infinity, ...Array.from({ length: 13 }, (_, i) => -1 + i / 2), Infinity];
      const counts = edges.slice(1).map((end, i) => {
        const start = edges[i]!;
        return numbersOf(rows).filter((value) => value >= start && value < end).length;
      });
      return quantileInterval(counts, edges, { probability: 0.4, alpha: 0.05, bestCount: 60 }) as {
        lower: number;
        upper: number;
      } & Record<string, number>;
    },
  },
  'design-e-process': {
    // Values on the grid's points, so that nothing is rounded.
    parameters: { ...ends, bins: 11 },
    row(random, index) {
      const row = staged(random, index);
      const more = row.variant === 'treatment' ? 2 : 0;
      return { ...row, value: Math.floor(uniform(random) * 8) - 2 + more };
    },
    expected(rows) {
      const groups = groupsOf(rows, 11, ({ value }) => (value as number) + 2);
      const { estimate, evidence, interval } = readDesign(groups, { alpha: 0.05 });
      return {
        effect: 10 * estimate.effect,
        standardError: 10 * estimate.standardError,
        lower: 10 * interval.lower,
        upper: 10 * interval.upper,
        lnE: evidence.either,
        lnEHigher: evidence.higher,
        controlUnits: armOf(rows, 'control').length,
      };
    },
  },
  'label-betting': {
    parameters: { smallest: 0.01, largest: 1_000, bins: 20 },
    row(random, index) {
      const row = staged(random, index);
      return {
        ...row,
        value: Math.exp(2 * normal(random) + (row.variant === 'treatment' ? 2 : 0)),
      };
    },
    expected(rows) {
      const scale = { smallest: 0.01, largest: 1_000, bins: 20 };
      const groups = groupsOf(rows, 20, ({ value }) => logBin(value as number, scale));
      const predicted = predictGroups(groups, { mean: 0.5, deviation: 0.2, weight: 10 });
      const evidence = designEvidence(labelWealth(predicted, betPortfolio()), betPortfolio());
      return { lnE: evidence.either, lnEHigher: evidence.higher, lnELower: evidence.lower };
    },
  },
  'asymptotic-difference': {
    parameters: {},
    row: withArm,
    expected(rows) {
      const [control, treatment] = ['control', 'treatment'].map((variant) =>
        meanEstimate(numbersOf(armOf(rows, variant))),
      );
      return sequence(difference(treatment!, control!), rows.length);
    },
  },
  'mixture-sprt': {
    parameters: { priorVariance: 0.25 },
    row: withArm,
    expected(rows) {
      const [control, treatment] = ['control', 'treatment'].map((variant) =>
        meanEstimate(numbersOf(armOf(rows, variant))),
      );
      const { estimate, variance } = difference(treatment!, control!);
      const radius = mixtureSprtRadius(variance, 0.25, 0.05);
      return {
        lnE: lnMixtureSprt(estimate, variance, 0.25),
        lower: estimate - radius,
        upper: estimate + radius,
      };
    },
  },
  'right-haar-t': {
    parameters: { precision: 2 },
    row: withArm,
    expected(rows) {
      const [control, treatment] = ['control', 'treatment'].map((variant) =>
        numbersOf(armOf(rows, variant)),
      ) as [number[], number[]];
      const [n, m] = [control.length, treatment.length];
      const freedom = n + m - 2;
      const pooled = ((n - 1) * variance(control) + (m - 1) * variance(treatment)) / freedom;
      const standardError = Math.sqrt(pooled * (1 / n + 1 / m));
      const effect = mean(treatment) - mean(control);
      const design = { freedom, information: (n * m) / (n + m) };
      const radius = standardError * rightHaarRadius(design, 2, 0.05);
      return {
        standardError,
        lnE: lnRightHaarT(effect / standardError, design, 2),
        lower: effect - radius,
        upper: effect + radius,
      };
    },
  },
};
