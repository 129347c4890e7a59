/** Performance of a classifier before its labels are known, as a streaming statistic; see `estimatedPerformance`. */
import { z } from 'zod';
import { defineStatistic, type Figure, unexpected } from '../../contracts/statistic.ts';
import { type PerformanceName, performanceNames } from '../monitoring/binaryPerformance.ts';
import {
  type EstimatedPerformance,
  type EstimatedPerformanceState,
  estimatedPerformance as estimated,
  type WatchedPrediction,
} from '../monitoring/estimatedPerformance.ts';
import { addReference } from '../monitoring/referenceCounts.ts';
import { scoreBins } from '../scoreBins.ts';
import { alpha, share, whole } from './parameters.ts';
import { binaryProblem } from './successes.ts';

type PerformanceFigure =
  | PerformanceName
  | `${PerformanceName}Lower`
  | `${PerformanceName}Upper`
  | `${PerformanceName}Realised`;

const told: Readonly<Record<PerformanceName, Figure>> = {
  accuracy: { unit: 'share', summary: 'on the right side of the threshold' },
  precision: { unit: 'share', summary: 'of ones among the predicted ones' },
  recall: { unit: 'share', summary: 'of the ones that are predicted' },
  f1: { unit: 'share', summary: 'harmonic mean of precision and recall' },
  auc: { unit: 'share', summary: 'area under the ROC curve' },
  logLoss: { unit: 'nats', summary: 'mean' },
  brier: { unit: '', summary: 'mean squared error' },
};

const figures = Object.fromEntries(
  performanceNames.flatMap((name) => {
    const { unit, summary } = told[name];
    return [
      [name, { unit, summary: `expected: ${summary}` }],
      [`${name}Lower`, { unit, summary: 'end of the interval in which the realised one will lie' }],
      [`${name}Upper`, { unit, summary: 'its other end' }],
      [`${name}Realised`, { unit, summary: 'of the predictions whose labels have come' }],
    ];
  }),
) as unknown as Readonly<Record<PerformanceFigure, Figure>>;

function figuresOf({ estimates, realised }: EstimatedPerformance) {
  return Object.fromEntries(
    performanceNames.flatMap((name) => {
      const { estimate, lower, upper } = estimates[name];
      return [
        [name, estimate],
        [`${name}Lower`, lower],
        [`${name}Upper`, upper],
        [`${name}Realised`, realised[name]],
      ];
    }),
  ) as unknown as Record<PerformanceFigure, number>;
}

const listed = `lists of a score bin below ${scoreBins}, ones, and zeros`;
const labels = z.int(listed).min(0, listed).max(4_294_967_295, listed);
const referenceCounts = z
  .array(z.tuple([labels.max(scoreBins - 1, listed), labels, labels], listed), listed)
  .max(scoreBins, listed);

/** `reference` and `window` are the parts of a row. */
const parts = ['reference', 'window'];

export const estimatedPerformance = defineStatistic<EstimatedPerformanceState>()({
  name: 'estimated-performance',
  summary: 'How well probabilities will turn out to predict, before labels come, and after.',
  source: 'Garg et al. 2022; NannyML; Spiegelhalter 1986; Hosmer & Lemeshow 1980',
  merges: 'exactly',
  costly: true,
  roles: {
    prediction: { kind: 'number', summary: 'probability of a one, made before; in [0, 1]' },
    label: {
      kind: 'number',
      summary:
        'what happened, 0 or 1, or −1: a prediction without its label, which has its own row',
      column: 'value',
    },
    part: {
      kind: 'text',
      summary:
        '`window`, or `reference`: a labelled prediction of the time before, from which the meaning of scores is learnt',
      fallback: 'window',
    },
  },
  parameters: z.object({
    threshold: share().default(0.5).describe('from which on a prediction is that of a one'),
    alpha,
    supportMin: whole(1, 1_000_000)
      .default(30)
      .describe('labels of the reference within half a logit that a score needs for support'),
    reference: referenceCounts
      .default([])
      .describe('a reference kept with the model: score bin, ones and zeros of each'),
  }),
  figures: {
    count: { unit: 'rows', summary: 'predictions of the window' },
    labelled: { unit: 'rows', summary: 'those whose labels have come' },
    referenceLabels: {
      unit: 'rows',
      summary: 'labels of the reference; without any, scores are taken at their word',
    },
    isotonic: {
      unit: '',
      summary: '1 when scores are mapped, because that is better in every fold of the reference',
    },
    ...figures,
    consistencyP: {
      unit: 'probability',
      summary: 'of labels as far from the estimate, if it holds: a small one tells concept drift',
    },
    lossZ: {
      unit: '',
      summary: 'realised less expected log loss, in standard deviations: above 0 is worse',
    },
    unsupported: {
      unit: 'share',
      summary: 'of the predictions with scores that the reference has too few labels for',
    },
  },
  create({ reference, ...options }) {
    const scratch: WatchedPrediction = { part: 'window', probability: 0, label: 0 };
    return {
      initial: estimated.initial,

      problem({ prediction, label, part }) {
        if (!(prediction >= 0 && prediction <= 1)) {
          return unexpected('prediction', 'in [0, 1]', prediction);
        }
        if (!parts.includes(part)) return unexpected('part', 'reference or window', part);
        if (part === 'window' && label === -1) return undefined;
        const isBinary = binaryProblem('label', label) === undefined;
        const expected = part === 'window' ? '0, 1 or -1' : '0 or 1';
        return isBinary ? undefined : unexpected('label', expected, label);
      },

      step(state, { prediction, label, part }) {
        scratch.part = part === 'reference' ? 'reference' : label === -1 ? 'window' : 'realised';
        scratch.probability = prediction;
        scratch.label = label;
        estimated.step(state, scratch);
      },

      read(state) {
        const whole = estimated.initial();
        estimated.merge(whole, state);
        addReference(whole, reference);
        const read = estimated.read(whole)(options);
        const { count, labelled, referenceLabels, consistencyP, lossZ, unsupported } = read;
        return {
          count,
          labelled,
          referenceLabels,
          isotonic: read.isIsotonic ? 1 : 0,
          ...figuresOf(read),
          consistencyP,
          lossZ,
          unsupported,
        };
      },

      merge: estimated.merge,
    };
  },
});
