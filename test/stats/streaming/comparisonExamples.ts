/** Examples of the statistics that compare arms once, by fixed designs or by beliefs. */
import type { StatisticRow } from '../../../contracts/statistic.ts';
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
import type { CrossMoments } from '../../../stats/exact/crossMoments.ts';
import { normal, type RandomState, uniform } from '../../../stats/random.ts';
import { lnSampleRatio } from '../../../stats/sequential/sampleRatio.ts';
import { difference } from '../../../stats/testing/estimate.ts';
import { fiellerLift } from '../../../stats/testing/fieller.ts';
import { ratioEstimate } from '../../../stats/testing/ratioMetric.ts';
import {
  arm,
  armOf,
  type Example,
  mean,
  meanEstimate,
  numbersOf,
  sequence,
  sum,
  withArm,
} from './example.ts';

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

const binary = (random: RandomState) => {
  const variant = arm(random);
  return { variant, value: uniform(random) < (variant === 'treatment' ? 0.5 : 0.3) ? 1 : 0 };
};

export const comparisonExamples: Readonly<Record<string, Example>> = {
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
};
