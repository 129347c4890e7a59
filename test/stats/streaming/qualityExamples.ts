/** Examples of the statistics of how well models predict, and of their labels. */
import type { StatisticRow } from '../../../contracts/statistic.ts';
import { binOf, binValue } from '../../../stats/quantileSketch.ts';
import { normal, uniform } from '../../../stats/random.ts';
import { rankAuc } from '../../../stats/rankAuc.ts';
import {
  gammaExponentialBound,
  lnGammaExponentialMixture,
} from '../../../stats/sequential/gammaExponentialMixture.ts';
import { mixtureWidth } from '../../../stats/sequential/normalMixture.ts';
import { normalTwoSided } from '../../../stats/special/normal.ts';
import { differenceScoreInterval } from '../../../stats/testing/differenceOfProportions.ts';
import { ratioScoreInterval } from '../../../stats/testing/ratioOfProportions.ts';
import { wilson } from '../../../stats/wilson.ts';
import { type Example, mean, numbersOf, sum, variance } from './example.ts';

export const qualityExamples: Readonly<Record<string, Example>> = {
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
};
