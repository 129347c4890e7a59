/** What becomes of predictions and of their labels, as a streaming statistic; see `labelOutcomes`. */
import { z } from 'zod';
import { defineStatistic, type Figure, unexpected } from '../../contracts/statistic.ts';
import {
  countLabelOutcomes,
  type LabelOutcome,
  type LabelOutcomesState,
  labelOutcomeNames,
  labelOutcomes as told,
} from '../monitoring/labelOutcomes.ts';
import { normalTwoSided } from '../special/normal.ts';
import { wilson } from '../wilson.ts';
import { alpha } from './parameters.ts';

const counts = Object.fromEntries(
  labelOutcomeNames.map((name): [string, Figure] => [name, { unit: 'rows', summary: told[name] }]),
) as unknown as Readonly<Record<LabelOutcome, Figure>>;

export const labelOutcomes = defineStatistic<LabelOutcomesState>()({
  name: 'label-outcomes',
  summary: 'What becomes of predictions and of their labels: joined, early, late, twice, unknown.',
  source: 'Wilson 1927',
  merges: 'exactly',
  roles: { outcome: { kind: 'text', summary: 'one of the counts below', column: 'outcome' } },
  parameters: z.object({ alpha }),
  figures: {
    ...counts,
    waiting: { unit: 'rows', summary: 'predictions that are followed and have no label yet' },
    coverage: { unit: 'share', summary: 'of the predictions that no longer wait: those labelled' },
    coverageLower: { unit: 'share', summary: 'end of its interval; 0 while all wait' },
    coverageUpper: { unit: 'share', summary: 'its other end; 1 while all wait' },
  },
  create: (parameters) => ({
    initial: countLabelOutcomes.initial,

    problem: ({ outcome }) =>
      Object.hasOwn(told, outcome)
        ? undefined
        : unexpected('outcome', `one of ${labelOutcomeNames.join(', ')}`, outcome),

    step: (state, { outcome }) => countLabelOutcomes.step(state, outcome as LabelOutcome),

    read(state) {
      const labelled = state.joined + state.early;
      const ended = labelled + state.unlabelled + state.evicted + state.erased;
      const { lower, upper } = wilson(labelled, ended, normalTwoSided(parameters.alpha));
      return {
        ...state,
        waiting: state.told - ended,
        coverage: labelled / ended, // 0 / 0 is NaN
        coverageLower: lower,
        coverageUpper: upper,
      };
    },

    merge: countLabelOutcomes.merge,
  }),
});
