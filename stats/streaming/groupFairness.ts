/** What a classifier does to two groups at a threshold, as a streaming statistic; see `fairnessCurve`. */
import { z } from 'zod';
import { groupMinDefault } from '../../contracts/groupMin.ts';
import { defineStatistic, type Figure, unexpected } from '../../contracts/statistic.ts';
import {
  compareGroups,
  type GroupComparison,
  type GroupRate,
  groupRates,
} from '../monitoring/fairnessCurve.ts';
import { type LabelledScoresState, labelledScores } from '../monitoring/labelledScores.ts';
import type { Scored } from '../prequential.ts';
import { alpha, share, whole } from './parameters.ts';
import { binaryProblem } from './successes.ts';

interface State {
  baseline: LabelledScoresState;
  compared: LabelledScoresState;
}

type RateFigure =
  | `${GroupRate}${'Baseline' | 'Compared'}`
  | `${GroupRate}${'Difference' | 'Ratio'}${'' | 'Lower' | 'Upper'}`;

const told: Readonly<Record<GroupRate, string>> = {
  selection: 'share that is selected',
  falseNegative: 'share of ones that are not selected',
  falsePositive: 'share of zeros that are selected',
};

const rateFigures = Object.fromEntries(
  groupRates.flatMap((rate): [string, Figure][] => [
    [`${rate}Baseline`, { unit: 'share', summary: `${told[rate]}, of the baseline` }],
    [`${rate}Compared`, { unit: 'share', summary: 'of the group that is compared' }],
    [`${rate}Difference`, { unit: 'share', summary: 'compared less baseline' }],
    [`${rate}DifferenceLower`, { unit: 'share', summary: 'end of its interval; −∞ if hidden' }],
    [`${rate}DifferenceUpper`, { unit: 'share', summary: 'its other end; ∞ if hidden' }],
    [`${rate}Ratio`, { unit: 'ratio', summary: 'compared by baseline' }],
    [`${rate}RatioLower`, { unit: 'ratio', summary: 'end of its interval; −∞ if hidden' }],
    [`${rate}RatioUpper`, { unit: 'ratio', summary: 'its other end; ∞ where it is open' }],
  ]),
) as unknown as Readonly<Record<RateFigure, Figure>>;

function rateFiguresOf({ rates }: GroupComparison) {
  return Object.fromEntries(
    groupRates.flatMap((rate) => {
      const { baseline, compared, difference, ratio } = rates[rate];
      return [
        [`${rate}Baseline`, baseline],
        [`${rate}Compared`, compared],
        [`${rate}Difference`, difference.estimate],
        [`${rate}DifferenceLower`, difference.lower],
        [`${rate}DifferenceUpper`, difference.upper],
        [`${rate}Ratio`, ratio.estimate],
        [`${rate}RatioLower`, ratio.lower],
        [`${rate}RatioUpper`, ratio.upper],
      ];
    }),
  ) as unknown as Record<RateFigure, number>;
}

const name = () => z.string('a text').min(1, 'a text');

export const groupFairness = defineStatistic<State>()({
  name: 'group-fairness',
  summary: 'How differently predictions treat two groups: selection, errors, ranking, calibration.',
  source: 'Hardt, Price & Srebro 2016; Gardner, Brooks & Baker 2019',
  merges: 'exactly',
  costly: true,
  roles: {
    prediction: { kind: 'number', summary: 'probability of a one, made before; in [0, 1]' },
    label: { kind: 'number', summary: 'what happened, 0 or 1', column: 'value' },
    group: { kind: 'text', summary: 'declared group of the person' },
  },
  parameters: z.object({
    baseline: name().describe('group that is compared with'),
    compared: name().describe('group that is compared'),
    threshold: share().default(0.5).describe('from which on a prediction selects'),
    floor: whole(1, 1_000_000)
      .default(groupMinDefault)
      .describe('rows below which a group, or a rate of so few, is not shown; one row a person'),
    alpha,
  }),
  figures: {
    baselineCount: { unit: 'rows', summary: 'of the baseline; NaN below the floor' },
    comparedCount: { unit: 'rows', summary: 'of the group compared; NaN below the floor' },
    ...rateFigures,
    baselineAuc: { unit: 'share', summary: 'area under the ROC curve of the baseline' },
    comparedAuc: { unit: 'share', summary: 'that of the group compared' },
    abroca: { unit: 'share', summary: 'absolute area between the two ROC curves' },
    abrocaP: { unit: 'probability', summary: 'of an area as large if the curves are the same' },
    baselineCalibrationError: {
      unit: 'probability',
      summary: 'expected calibration error of the baseline',
    },
    comparedCalibrationError: {
      unit: 'probability',
      summary: 'that of the group compared',
    },
  },
  create({ baseline, compared, threshold, ...options }) {
    if (baseline === compared) {
      throw new RangeError(unexpected('compared', 'another than baseline', compared));
    }
    const scratch: Scored = { probability: 0, label: 0 };
    return {
      initial: (): State => ({
        baseline: labelledScores.initial(),
        compared: labelledScores.initial(),
      }),

      problem({ prediction, label, group }) {
        if (!(prediction >= 0 && prediction <= 1)) {
          return unexpected('prediction', 'in [0, 1]', prediction);
        }
        if (group !== baseline && group !== compared) {
          return unexpected('group', `${baseline} or ${compared}`, group);
        }
        return binaryProblem('label', label);
      },

      step(state, { prediction, label, group }) {
        scratch.probability = prediction;
        scratch.label = label;
        labelledScores.step(group === baseline ? state.baseline : state.compared, scratch);
      },

      read(state) {
        const read = compareGroups(state.baseline, state.compared, threshold, options);
        const { rates, ...figures } = read;
        return { ...figures, ...rateFiguresOf(read) };
      },

      merge(state, other) {
        labelledScores.merge(state.baseline, other.baseline);
        labelledScores.merge(state.compared, other.compared);
      },
    };
  },
});
