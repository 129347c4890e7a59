/**
 * An example of every registered statistic: parameters, rows that it takes, and what the pure functions say of the same rows
 * without states, merges or batches.
 */
import type { StatisticRow } from '../../../contracts/statistic.ts';
import { flatLine } from '../../../models/anomaly/flatLine.ts';
import { halfSpaceTrees } from '../../../models/anomaly/halfSpaceTrees.ts';
import { holtWinters } from '../../../models/anomaly/holtWinters.ts';
import { randomCutForest } from '../../../models/anomaly/randomCutForest.ts';
import {
  type Expectation,
  type SeasonalExpectationParameters,
  seasonalExpectation,
} from '../../../models/anomaly/seasonalExpectation.ts';
import {
  type SeriesDetectorParameters,
  seriesDetector,
} from '../../../models/anomaly/seriesDetector.ts';
import { silence } from '../../../models/anomaly/silence.ts';
import { type Parameters, parametersOf, type Spec } from '../../../models/spec.ts';
import { adjustedMean, fitAdjustment } from '../../../stats/adjustment/cuped.ts';
import { betaPosterior } from '../../../stats/bayes/betaPosterior.ts';
import {
  credibleDifference,
  expectedLoss,
  probabilityToBeBest,
} from '../../../stats/bayes/comparison.ts';
import { normalPosterior } from '../../../stats/bayes/normalPosterior.ts';
import { designEffect } from '../../../stats/cluster/designEffect.ts';
import { intraclassCorrelation } from '../../../stats/cluster/intraclassCorrelation.ts';
import { adwin } from '../../../stats/drift/adwin.ts';
import { binAt } from '../../../stats/drift/bins.ts';
import { ddm } from '../../../stats/drift/ddm.ts';
import type { DriftDetector, DriftMarks } from '../../../stats/drift/detector.ts';
import { eddm } from '../../../stats/drift/eddm.ts';
import { hddmA } from '../../../stats/drift/hddmA.ts';
import { hddmW } from '../../../stats/drift/hddmW.ts';
import { jensenShannon } from '../../../stats/drift/jensenShannon.ts';
import { kswin } from '../../../stats/drift/kswin.ts';
import { pageHinkley } from '../../../stats/drift/pageHinkley.ts';
import { populationStability } from '../../../stats/drift/populationStability.ts';
import { prewhitened } from '../../../stats/drift/prewhitened.ts';
import { wasserstein } from '../../../stats/drift/wasserstein.ts';
import type { CrossMoments } from '../../../stats/exact/crossMoments.ts';
import { fitGeneralizedPareto, tailQuantile } from '../../../stats/extremes/generalizedPareto.ts';
import { binOf, binValue, quantileOf } from '../../../stats/quantileSketch.ts';
import { normal, type RandomState, uniform } from '../../../stats/random.ts';
import { rankAuc } from '../../../stats/rankAuc.ts';
import { quantileInterval } from '../../../stats/sequential/anytimeQuantile.ts';
import {
  lnSequenceEvidence,
  sequenceMultiplier,
  sequenceWidth,
} from '../../../stats/sequential/asymptoticSequence.ts';
import { betPortfolio } from '../../../stats/sequential/betPortfolio.ts';
import { bettingSequence } from '../../../stats/sequential/bettingSequence.ts';
import type { DesignGroup } from '../../../stats/sequential/designCounts.ts';
import { designEvidence } from '../../../stats/sequential/designMixture.ts';
import { empiricalBernstein } from '../../../stats/sequential/empiricalBernstein.ts';
import {
  gammaExponentialBound,
  lnGammaExponentialMixture,
} from '../../../stats/sequential/gammaExponentialMixture.ts';
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
import { lnSampleRatio } from '../../../stats/sequential/sampleRatio.ts';
import { normalTwoSided } from '../../../stats/special/normal.ts';
import { differenceScoreInterval } from '../../../stats/testing/differenceOfProportions.ts';
import { difference, type Estimate } from '../../../stats/testing/estimate.ts';
import { fiellerLift } from '../../../stats/testing/fieller.ts';
import { ratioEstimate } from '../../../stats/testing/ratioMetric.ts';
import { ratioScoreInterval } from '../../../stats/testing/ratioOfProportions.ts';
import { wilson } from '../../../stats/wilson.ts';

export interface Example {
  readonly parameters: Readonly<Record<string, unknown>>;
  row(random: RandomState, index: number): StatisticRow;
  /** Some of the figures of the rows, from pure functions. */
  expected(rows: readonly StatisticRow[]): Readonly<Record<string, number>>;
}

const numbersOf = (rows: readonly StatisticRow[], role = 'value') =>
  rows.map((row) => row[role] as number);
const armOf = (rows: readonly StatisticRow[], variant: string) =>
  rows.filter((row) => row['variant'] === variant);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]) => sum(values) / values.length;

/** Two passes. */
function variance(values: readonly number[]): number {
  const centre = mean(values);
  return sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1);
}

function meanEstimate(values: readonly number[]): Estimate {
  return {
    estimate: mean(values),
    variance: variance(values) / values.length,
    freedom: values.length - 1,
  };
}

/** Two passes. */
function crossMoments(rows: readonly StatisticRow[], first: string, second: string): CrossMoments {
  const xs = numbersOf(rows, first);
  const ys = numbersOf(rows, second);
  const [x, y] = [mean(xs), mean(ys)];
  return {
    count: rows.length,
    means: Float64Array.of(x, y),
    products: Float64Array.of(
      sum(xs.map((each) => (each - x) ** 2)),
      sum(xs.map((each, i) => (each - x) * (ys[i]! - y))),
      sum(ys.map((each) => (each - y) ** 2)),
    ),
  };
}

function sequence({ estimate, variance }: Estimate, units: number) {
  const standardError = Math.sqrt(variance);
  const width = sequenceWidth(5_000, 0.05);
  const radius = standardError * sequenceMultiplier(units, 0.05, width);
  return {
    effect: estimate,
    standardError,
    lower: estimate - radius,
    upper: estimate + radius,
    lnE: lnSequenceEvidence({ effect: estimate, standardError, units }, width),
  };
}

const arm = (random: RandomState) => (uniform(random) < 0.4 ? 'treatment' : 'control');
const bounded = (random: RandomState) => ({ value: 10 * uniform(random) - 2 });
const withArm = (random: RandomState) => {
  const variant = arm(random);
  return { variant, value: 100 + normal(random) + (variant === 'treatment' ? 0.5 : 0) };
};
const binary = (random: RandomState) => {
  const variant = arm(random);
  return { variant, value: uniform(random) < (variant === 'treatment' ? 0.5 : 0.3) ? 1 : 0 };
};
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

/** What a detector reads after all rows; they end in a drift that it has seen. */
function detected<State extends DriftMarks>(
  detector: DriftDetector<State>,
  rows: readonly StatisticRow[],
) {
  const state = detector.initial();
  const times: number[] = [];
  for (const { value, time } of rows) {
    const { alarms } = state;
    detector.step(state, value as number);
    if (state.alarms > alarms) times.push(time as number);
  }
  return { ...detector.read(state), alarmMs: times.at(-1)!, sinceMs: times[0]! };
}

/** A level that rises at the hundredth row, and an error rate likewise. */
const risingLevel = (random: RandomState, index: number) => ({
  value: 50 + normal(random) + (index < 100 ? 0 : 8),
  time: 1_000 * index,
});
const risingErrors = (random: RandomState, index: number) => ({
  value: uniform(random) < (index < 100 ? 0.15 : 0.7) ? 1 : 0,
  time: 1_000 * index,
});

/** Counts of rows by bin, missing values last. */
function binned(rows: readonly StatisticRow[], edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 2).fill(0);
  for (const { value, missing } of rows) {
    counts[missing === 1 ? edges.length + 1 : binAt(edges, value as number)]! += 1;
  }
  return counts;
}

const histogram = { edges: [-1, 0, 1], reference: [300, 700, 700, 300, 20] };
const someMissing = (random: RandomState) => ({
  value: 0.3 + normal(random),
  missing: uniform(random) < 0.02 ? 1 : 0,
});

export const examples: Readonly<Record<string, Example>> = {
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
  'cuped-difference': {
    parameters: {},
    row(random) {
      const before = normal(random);
      const row = withArm(random);
      return { ...row, value: row.value + 2 * before, covariate: before };
    },
    expected(rows) {
      const [control, treatment] = ['control', 'treatment'].map((variant) =>
        crossMoments(armOf(rows, variant), 'value', 'covariate'),
      );
      const fit = fitAdjustment([control!, treatment!]);
      const adjusted = difference(adjustedMean(treatment!, fit), adjustedMean(control!, fit));
      return { ...sequence(adjusted, rows.length), explained: fit.explained };
    },
  },
  'ratio-difference': {
    parameters: {},
    row(random) {
      const denominator = 1 + Math.floor(5 * uniform(random));
      const variant = arm(random);
      const rate = variant === 'treatment' ? 0.6 : 0.4;
      return { variant, denominator, numerator: denominator * rate + 0.3 * normal(random) };
    },
    expected(rows) {
      const [control, treatment] = ['control', 'treatment'].map((variant) =>
        ratioEstimate(crossMoments(armOf(rows, variant), 'numerator', 'denominator')),
      );
      const lifts = fiellerLift(treatment!, control!, 0.05);
      return {
        ...sequence(difference(treatment!, control!), rows.length),
        liftLower: lifts.lower,
        liftUpper: lifts.upper,
      };
    },
  },
  'beta-binomial': {
    parameters: { priorSuccesses: 3, priorFailures: 7, level: 0.9 },
    row: binary,
    expected(rows) {
      const [control, treatment] = ['control', 'treatment'].map((variant) => {
        const values = numbersOf(armOf(rows, variant));
        const prior = { successes: 3, failures: 7 };
        return betaPosterior({ successes: sum(values), count: values.length }, prior);
      });
      return {
        treatmentBest: probabilityToBeBest([control!, treatment!])[1]!,
        treatmentLoss: expectedLoss([control!, treatment!])[1]!,
        ...credibleDifference(treatment!, control!, 0.9),
      };
    },
  },
  'normal-comparison': {
    parameters: { priorMean: 100, priorVariance: 4 },
    row: withArm,
    expected(rows) {
      const [control, treatment] = ['control', 'treatment'].map((variant) =>
        normalPosterior(meanEstimate(numbersOf(armOf(rows, variant))), { mean: 100, variance: 4 }),
      );
      return {
        controlMean: control!.mean,
        treatmentBest: probabilityToBeBest([control!, treatment!])[1]!,
        ...credibleDifference(treatment!, control!, 0.95),
      };
    },
  },
  'sample-ratio': {
    parameters: { design: { a: 2, c: 1, b: 1 } },
    row: (random) => ({ variant: ['a', 'b', 'a', 'c', 'a'][Math.floor(5 * uniform(random))]! }),
    expected: (rows) => ({
      lnE: lnSampleRatio([
        { counts: ['a', 'b', 'c'].map((name) => armOf(rows, name).length), design: [2, 1, 1] },
      ]),
      units: rows.length,
    }),
  },
  'intraclass-correlation': {
    parameters: {},
    row(random) {
      const cluster = Math.floor(6 * uniform(random));
      return { cluster: `class-${cluster}`, value: 5 + cluster / 2 + normal(random) };
    },
    expected(rows) {
      const names = [...new Set(rows.map(({ cluster }) => cluster as string))];
      const members = names.map((name) =>
        numbersOf(rows.filter(({ cluster }) => cluster === name)),
      );
      const read = intraclassCorrelation({
        counts: members.map((values) => values.length),
        sums: members.map(sum),
        squares: members.map((values) => sum(values.map((value) => value * value))),
      });
      return { ...read, designEffect: designEffect(read) };
    },
  },
  'prediction-quality': {
    parameters: {},
    row(random) {
      const prediction = 1 / (1 + Math.exp(2 * normal(random)));
      return { prediction, label: uniform(random) < prediction ? 1 : 0 };
    },
    expected(rows) {
      const predictions = numbersOf(rows, 'prediction');
      const labels = numbersOf(rows, 'label');
      return {
        baseRate: mean(labels),
        auc: rankAuc(Float64Array.from(predictions), labels),
        brier: mean(predictions.map((p, i) => (p - labels[i]!) ** 2)),
        logLoss: mean(predictions.map((p, i) => -Math.log(labels[i] === 1 ? p : 1 - p))),
      };
    },
  },
  'estimated-performance': {
    // Few labels, whose rate is that of their bin: scores are taken at their word.
    parameters: { reference: [[256, 50, 50]], threshold: 0.5, alpha: 0.1 },
    row(random, index) {
      const prediction = 1 / (1 + Math.exp(2 * normal(random)));
      const label = uniform(random) < prediction ? 1 : 0;
      const isLabel = index % 4 === 3;
      return { prediction, label: isLabel ? label : -1, part: 'window' };
    },
    expected(rows) {
      const isMade = ({ label }: StatisticRow) => label === -1;
      const made = numbersOf(rows.filter(isMade), 'prediction');
      const come = rows.filter((row) => !isMade(row));
      const chosen = made.filter((p) => p >= 0.5);
      return {
        count: made.length,
        labelled: come.length,
        referenceLabels: 100,
        isotonic: 0,
        accuracy: mean(made.map((p) => Math.max(p, 1 - p))),
        precision: mean(chosen),
        recall: sum(chosen) / sum(made),
        accuracyRealised: mean(
          come.map(({ prediction, label }) =>
            Number(prediction) >= 0.5 === (label === 1) ? 1 : 0,
          ),
        ),
      };
    },
  },
  'classification-quality': {
    parameters: { threshold: 0.5, alpha: 0.1 },
    row(random) {
      const prediction = 1 / (1 + Math.exp(2 * normal(random)));
      const label = uniform(random) < prediction ? 1 : 0;
      return { prediction, label, previous: uniform(random) < 0.5 ? 1 : 0 };
    },
    expected(rows) {
      const isRight = ({ prediction, label }: StatisticRow) =>
        Number(prediction) >= 0.5 === (label === 1);
      const ones = rows.filter(({ label }) => label === 1);
      const hits = ones.filter(isRight).length;
      const { lower, upper } = wilson(hits, ones.length, normalTwoSided(0.1));
      const changed = rows.filter(({ previous, label }) => previous !== label).length;
      return {
        count: rows.length,
        accuracy: rows.filter(isRight).length / rows.length,
        recall: hits / ones.length,
        recallLower: lower,
        recallUpper: upper,
        temporalKappa: 1 - rows.filter((row) => !isRight(row)).length / changed,
      };
    },
  },
  'regression-quality': {
    parameters: { perUnit: 1_024, share: 0.8 },
    row(random) {
      const label = Math.round(1_024 * 5 * normal(random)) / 1_024;
      return { label, prediction: label + Math.round(1_024 * normal(random)) / 1_024 };
    },
    expected(rows) {
      const labels = numbersOf(rows, 'label');
      const errors = numbersOf(rows, 'prediction').map((p, i) => p - labels[i]!);
      const squares = sum(errors.map((error) => error ** 2));
      const centre = mean(labels);
      return {
        count: rows.length,
        bias: mean(errors),
        meanAbsoluteError: mean(errors.map(Math.abs)),
        rootMeanSquareError: Math.sqrt(squares / rows.length),
        explained: 1 - squares / sum(labels.map((label) => (label - centre) ** 2)),
      };
    },
  },
  'ranking-quality': {
    parameters: { cut: 4 },
    row: (random) => ({ rank: Math.floor(9 * uniform(random)), ordinal: 1, relevant: 1 }),
    expected(rows) {
      const ranks = numbersOf(rows, 'rank');
      const within = ranks.map((rank) => rank > 0 && rank <= 4);
      const share = (of: (rank: number) => number) =>
        mean(ranks.map((rank, i) => (within[i] ? of(rank) : 0)));
      return {
        requests: rows.length,
        hitRate: share(() => 1),
        ndcg: share((rank) => 1 / Math.log2(rank + 1)),
        averagePrecision: share((rank) => 1 / rank),
        reciprocalRank: mean(ranks.map((rank) => (rank > 0 ? 1 / rank : 0))),
      };
    },
  },
  'group-fairness': {
    parameters: { baseline: 'a', compared: 'b', alpha: 0.1 },
    row(random) {
      const group = uniform(random) < 0.6 ? 'a' : 'b';
      const prediction = 1 / (1 + Math.exp(2 * normal(random)));
      return { prediction, label: uniform(random) < prediction ? 1 : 0, group };
    },
    expected(rows) {
      const [a, b] = ['a', 'b'].map((name) => {
        const ones = rows.filter(({ group, label }) => group === name && label === 1);
        const missed = ones.filter(({ prediction }) => Number(prediction) < 0.5);
        return { successes: missed.length, count: ones.length };
      });
      const { lower, upper } = differenceScoreInterval(b!, a!, 0.1);
      const ratio = ratioScoreInterval(b!, a!, 0.1);
      return {
        baselineCount: rows.filter(({ group }) => group === 'a').length,
        falseNegativeCompared: b!.successes / b!.count,
        falseNegativeDifferenceLower: lower,
        falseNegativeDifferenceUpper: upper,
        falseNegativeRatioLower: ratio.lower,
        falseNegativeRatioUpper: ratio.upper,
      };
    },
  },
  'paired-losses': {
    parameters: { alpha: 0.1, gainMin: 0.001 },
    row(random) {
      const prediction = 1 / (1 + Math.exp(2 * normal(random)));
      const against = 1 / (1 + Math.exp(2 * normal(random)));
      return { prediction, against, label: uniform(random) < prediction ? 1 : 0 };
    },
    expected(rows) {
      const labels = numbersOf(rows, 'label');
      const [own, other] = (['prediction', 'against'] as const).map((role) => {
        const predictions = numbersOf(rows, role);
        return {
          briers: predictions.map((p, i) => (p - labels[i]!) ** 2),
          losses: predictions.map((p, i) => -Math.log(labels[i] === 1 ? p : 1 - p)),
        };
      });
      const differences = own!.briers.map((brier, i) => brier - other!.briers[i]!);
      const time = sum(differences.map((d) => d ** 2));
      const width = mixtureWidth(30, 0.1);
      const evidence = (total: number) => lnGammaExponentialMixture(total, time, width, 1);
      const radius = gammaExponentialBound(time, 0.05, width, 1) / rows.length;
      return {
        count: rows.length,
        sum: sum(differences),
        squares: time,
        mean: mean(differences),
        lower: mean(differences) - radius,
        upper: mean(differences) + radius,
        lnBetter: evidence(-sum(differences) - 0.001 * rows.length),
        lnWorse: evidence(sum(differences)),
        brier: mean(own!.briers),
        brierAgainst: mean(other!.briers),
        logLoss: mean(own!.losses),
        logLossAgainst: mean(other!.losses),
      };
    },
  },
  'prediction-losses': {
    parameters: { threshold: 0.4, alpha: 0.1 },
    row(random) {
      const prediction = 1 / (1 + Math.exp(2 * normal(random)));
      return { prediction, label: uniform(random) < prediction ? 1 : 0 };
    },
    expected(rows) {
      const predictions = numbersOf(rows, 'prediction');
      const labels = numbersOf(rows, 'label');
      const quantile = normalTwoSided(0.1);
      const errors = predictions.map((p, i) => p - labels[i]!);
      const briers = errors.map((error) => error ** 2);
      const losses = predictions.map((p, i) => -Math.log(labels[i] === 1 ? p : 1 - p));
      const radius = (values: readonly number[]) =>
        quantile * Math.sqrt(variance(values) / rows.length);
      const chosen = labels.filter((_, i) => predictions[i]! >= 0.4);
      const hits = sum(chosen);
      const ones = sum(labels);
      const right = labels.filter((label, i) => predictions[i]! >= 0.4 === (label === 1)).length;
      return {
        count: rows.length,
        baseRate: mean(labels),
        bias: mean(errors),
        biasLower: mean(errors) - radius(errors),
        accuracy: right / rows.length,
        accuracyLower: wilson(right, rows.length, quantile).lower,
        precision: hits / chosen.length,
        precisionUpper: wilson(hits, chosen.length, quantile).upper,
        recall: hits / ones,
        recallLower: wilson(hits, ones, quantile).lower,
        logLoss: mean(losses),
        logLossUpper: mean(losses) + radius(losses),
        brier: mean(briers),
        brierLower: mean(briers) - radius(briers),
      };
    },
  },
  'label-outcomes': {
    parameters: { alpha: 0.1 },
    row: (_, index) => ({
      outcome: index % 3 < 2 ? 'told' : index % 2 === 0 ? 'joined' : 'unlabelled',
    }),
    expected(rows) {
      const countOf = (outcome: string) => rows.filter((row) => row['outcome'] === outcome).length;
      const [joined, ended] = [countOf('joined'), countOf('joined') + countOf('unlabelled')];
      return {
        told: countOf('told'),
        waiting: countOf('told') - ended,
        coverage: joined / ended,
        coverageLower: wilson(joined, ended, normalTwoSided(0.1)).lower,
      };
    },
  },
  'label-delay': {
    // What waits is as old as the horizon: then the curve is the plain share.
    parameters: { horizonMs: 6_000_000 },
    row(random) {
      const age = Math.exp(14 + 1.5 * normal(random));
      return age < 6_000_000 ? { age, labelled: 1 } : { age: 6_000_000, labelled: 0 };
    },
    expected(rows) {
      const ages = numbersOf(
        rows.filter(({ labelled }) => labelled === 1),
        'age',
      ).toSorted((a, b) => a - b);
      const hour = binOf(3_600_000);
      return {
        count: rows.length,
        labelled: ages.length,
        within: ages.length / rows.length,
        withinHour: ages.filter((age) => binOf(age) <= hour).length / rows.length,
        p50: binValue(binOf(ages[Math.ceil(0.5 * rows.length) - 1]!)),
      };
    },
  },
  spot: {
    parameters: { calibration: 100, level: 0.8, risk: 1e-6 },
    row: (random) => ({ value: uniform(random) + uniform(random) + uniform(random) }),
    expected: (rows) => ({ ...limitsOf(numbersOf(rows), 100), count: rows.length }),
  },
  dspot: {
    parameters: { calibration: 100, level: 0.8, risk: 1e-6, drift: 20 },
    row: (random, index) => ({ value: index / 20 + normal(random) }),
    expected(rows) {
      const values = numbersOf(rows);
      const before = (i: number) => mean(values.slice(i - 20, i));
      const { lower, upper } = limitsOf(
        values.slice(20).map((x, i) => x - before(i + 20)),
        100,
      );
      const level = before(values.length);
      return { lower: level + lower, upper: level + upper, above: 0, below: 0 };
    },
  },
  'half-space-trees': {
    parameters: { trees: 3, depth: 4, window: 20 },
    row: (random) => pointRow(random),
    expected: (rows) =>
      scoresOf(rows, halfSpaceTrees, { features: 4, trees: 3, depth: 4, window: 20 }),
  },
  'random-cut-forest': {
    parameters: { trees: 3, sample: 20, shingle: 2 },
    row: (random) => pointRow(random),
    expected: (rows) =>
      scoresOf(rows, randomCutForest, {
        ...{ features: 4, trees: 3, sample: 20, shingle: 2, decay: 0.1 / 20 },
      }),
  },
  'series-anomalies': {
    parameters: { sample: 16, threshold: 2, refractory: 5 },
    row: (random, index) => ({ value: normal(random), time: 600_000 * index }),
    expected(rows) {
      const spec = seriesDetector();
      const given = { sample: 16, threshold: 2, refractory: 5 };
      const model = spec.create(parametersOf<SeriesDetectorParameters>(spec.parameters, given));
      const state = model.initial();
      const readings = rows.map(({ time, value }) =>
        model.step(state, time as number, value as number),
      );
      const { alarm: _, ...last } = readings.at(-1)!;
      return { ...last, count: 200, alarms: readings.filter(({ alarm }) => alarm).length };
    },
  },
  adwin: {
    parameters: { learning: 64, delta: 0.002 },
    row: risingLevel,
    expected: (rows) =>
      detected(prewhitened(adwin({ delta: 0.002, horizon: 2_048 }), { learning: 64 }), rows),
  },
  'page-hinkley': {
    parameters: { prewhiten: false, side: 'rise', tolerance: 0.5, threshold: 20 },
    row: risingLevel,
    expected: (rows) =>
      detected(pageHinkley({ side: 'rise', tolerance: 0.5, threshold: 20 }), rows),
  },
  kswin: {
    parameters: { learning: 32, window: 60, recent: 20 },
    row: risingLevel,
    expected: (rows) =>
      detected(prewhitened(kswin({ window: 60, recent: 20 }), { learning: 32 }), rows),
  },
  ddm: {
    parameters: { warmup: 10, warningAt: 1.5 },
    row: risingErrors,
    expected: (rows) => detected(ddm({ warmup: 10, warningAt: 1.5 }), rows),
  },
  eddm: {
    parameters: { warmup: 10 },
    row: risingErrors,
    expected: (rows) => detected(eddm({ warmup: 10 }), rows),
  },
  'hddm-a': {
    parameters: { side: 'either' },
    row: risingErrors,
    expected: (rows) => detected(hddmA({ side: 'either' }), rows),
  },
  'hddm-w': {
    parameters: { weight: 0.1 },
    row: risingErrors,
    expected: (rows) => detected(hddmW({ weight: 0.1 }), rows),
  },
  'population-stability': {
    parameters: histogram,
    row: someMissing,
    expected(rows) {
      const { edges, reference } = histogram;
      const current = binned(rows, edges);
      return { ...populationStability({ reference, current }), missing: current[4]! / rows.length };
    },
  },
  'jensen-shannon': {
    parameters: { ...histogram, alpha: 0.05 },
    row: someMissing,
    expected(rows) {
      const { edges, reference } = histogram;
      return { ...jensenShannon({ reference, current: binned(rows, edges) }, 0.05) };
    },
  },
  'number-profile': {
    parameters: { lower: -1, upper: 2 },
    row: (random) => ({ value: normal(random), missing: uniform(random) < 0.1 ? 1 : 0, times: 1 }),
    expected(rows) {
      const there = rows.filter((row) => row['missing'] === 0);
      const values = numbersOf(there);
      const sorted = [...values].sort((a, b) => a - b);
      return {
        rows: rows.length,
        count: there.length,
        missing: 1 - there.length / rows.length,
        notFinite: 0,
        below: values.filter((x) => x < -1).length / values.length,
        above: values.filter((x) => x > 2).length / values.length,
        minimum: sorted[0]!,
        maximum: sorted.at(-1)!,
        mean: mean(values.map((x) => binValue(binOf(x)))),
        p50: binValue(binOf(sorted[Math.floor(0.5 * (sorted.length - 1))]!)),
      };
    },
  },
  'text-profile': {
    parameters: { valuesMax: 8, reference: ['v0', 'v1', 'v2', 'v3', 'v4'] },
    row: (random, index) => ({
      value: `v${Math.floor(7 * uniform(random) ** 2)}`,
      missing: uniform(random) < 0.1 ? 1 : 0,
      times: 1 + (index % 3),
    }),
    expected(rows) {
      const there = rows.filter((row) => row['missing'] === 0);
      const counts = new Map<string, number>();
      for (const row of there) {
        const name = row['value'] as string;
        counts.set(name, (counts.get(name) ?? 0) + (row['times'] as number));
      }
      const count = sum([...counts.values()]);
      const all = sum(numbersOf(rows, 'times'));
      const top = Math.max(...counts.values()) / count;
      return {
        ...{ rows: all, count, missing: 1 - count / all, topShare: top, topShareMost: top },
        unseen: ((counts.get('v5') ?? 0) + (counts.get('v6') ?? 0)) / count,
      };
    },
  },
  silence: {
    parameters: {},
    row: (random, index) => ({
      time: 1e12 + 60_000 * index + 20_000 * uniform(random) + (index > 25 ? 1e7 : 0),
    }),
    expected(rows) {
      const times = numbersOf(rows, 'time');
      const state = silence.initial();
      let alarms = 0;
      for (const time of times) {
        if (silence.isSilent(state, time)) alarms += 1;
        silence.step(state, time);
      }
      return {
        count: rows.length,
        alarms,
        lastMs: times.at(-1)!,
        gapMaxMs: silence.gapMaxMs(state),
      };
    },
  },
  'flat-line': {
    parameters: {},
    row: (random, index) => ({ value: index % 150 > 60 ? 1 : normal(random) }),
    expected(rows) {
      const state = flatLine.initial();
      let alarms = 0;
      let wasFlat = false;
      for (const x of numbersOf(rows)) {
        flatLine.step(state, x);
        const isFlat = state.run >= flatLine.runMax(state);
        if (isFlat && !wasFlat) alarms += 1;
        wasFlat = isFlat;
      }
      return { count: rows.length, alarms, run: state.run };
    },
  },
  'holt-winters': {
    parameters: { period: 4, threshold: 3 },
    row: (random, index) => ({ value: (index % 4) + 0.2 * normal(random) }),
    expected(rows) {
      const model = holtWinters.create({ period: 4, alpha: 0.3, beta: 0.1, gamma: 0.1 });
      return expectedOf(rows, 3, {
        state: model.initial(),
        expect: (state) => model.expect(state),
        step: (state, row) => model.step(state, row['value'] as number),
      });
    },
  },
  'seasonal-expectation': {
    parameters: { threshold: 3 },
    row: (random, index) => ({ value: 5 + normal(random), time: 1e12 + 1_800_000 * index }),
    expected(rows) {
      const spec = seasonalExpectation();
      const model = spec.create(parametersOf<SeasonalExpectationParameters>(spec.parameters));
      return expectedOf(rows, 3, {
        state: model.initial(),
        expect: (state, row) => model.expect(state, row['time'] as number),
        step: (state, row) => model.step(state, row['time'] as number, row['value'] as number),
      });
    },
  },
  wasserstein: {
    parameters: { values: [-1, 0, 1], counts: [25, 50, 25] },
    row: (random) => ({ value: 0.5 + normal(random) }),
    expected(rows) {
      const bins = numbersOf(rows)
        .map(binOf)
        .sort((a, b) => a - b);
      const distinct = [...new Set(bins)];
      const current = {
        values: distinct.map(binValue),
        counts: distinct.map((bin) => bins.filter((each) => each === bin).length),
      };
      return { ...wasserstein({ values: [-1, 0, 1], counts: [25, 50, 25] }, current) };
    },
  },
};

const pointRow = (random: RandomState) => ({
  ...{ value: normal(random), second: normal(random), third: 5 * normal(random), fourth: 0 },
});

/** Limits by the law of all excesses, none of which was beyond them, as they were at the last of each side. */
function limitsOf(values: readonly number[], calibration: number) {
  const [upper, negated] = [values, values.map((x) => -x)].map((side) => {
    const sorted = side.slice(0, calibration).sort((a, b) => a - b);
    // The lower threshold is the mirror of the upper one.
    const at = 0.8 * calibration;
    const threshold = sorted[at]!;
    const excesses = side.map((x) => x - threshold).filter((excess) => excess > 0);
    const last = side.findLastIndex((x) => x > threshold) + 1;
    const law = fitGeneralizedPareto(excesses, excesses.length);
    return tailQuantile(threshold, law, (1e-6 * Math.max(last, calibration)) / excesses.length);
  });
  return { upper: upper!, lower: -negated! };
}

function scoresOf<Values extends Parameters, State>(
  rows: readonly StatisticRow[],
  spec: Spec<Values, { initial(): State; step(state: State, point: ArrayLike<number>): number }>,
  given: Partial<Values>,
) {
  const model = spec.create(parametersOf<Values>(spec.parameters, given));
  const state = model.initial();
  const scores = rows.map((row) =>
    model.step(
      state,
      ['value', 'second', 'third', 'fourth'].map((role) => row[role] as number),
    ),
  );
  return { count: rows.length, score: scores.at(-1)!, largest: Math.max(...scores) };
}

/** What an expecting model says of the last of the rows, and how often one was too far off. */
function expectedOf<State>(
  rows: readonly StatisticRow[],
  threshold: number,
  model: {
    readonly state: State;
    expect(state: State, row: StatisticRow): Expectation;
    step(state: State, row: StatisticRow): void;
  },
) {
  let last: Expectation = { expected: NaN, scale: NaN };
  let alarms = 0;
  for (const row of rows) {
    last = model.expect(model.state, row);
    if (Math.abs((row['value'] as number) - last.expected) >= threshold * last.scale) alarms += 1;
    model.step(model.state, row);
  }
  return { ...last, alarms, count: rows.length };
}
