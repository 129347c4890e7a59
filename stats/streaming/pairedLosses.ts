/** Two models on the same predictions, compared at any time; see `pairedDifference`. */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../contracts/statistic.ts';
import { logLoss } from '../logLoss.ts';
import { type PairedDifferenceState, pairedDifference } from '../sequential/pairedDifference.ts';
import { onGrid } from '../sumGrid.ts';
import { alpha } from './parameters.ts';
import { binaryProblem } from './successes.ts';

export interface PairedLossesState {
  /** Of squared errors, the model's less the other's. */
  difference: PairedDifferenceState;
  /** Sums of squared errors. */
  brier: number;
  brierAgainst: number;
  /** Sums, nats. */
  logLoss: number;
  logLossAgainst: number;
}

const probability = (summary: string) => ({ kind: 'number', summary }) as const;

export const pairedLosses = defineStatistic<PairedLossesState>()({
  name: 'paired-losses',
  summary: 'Whether a model predicts better than another, from predictions that both have made.',
  source: 'Choe & Ramdas 2023; Howard, Ramdas, McAuliffe & Sekhon 2021',
  merges: 'exactly',
  roles: {
    prediction: probability('probability of a one by the model; in [0, 1]'),
    against: probability('that of the one with which it is compared'),
    label: { kind: 'number', summary: 'what happened, 0 or 1', column: 'value' },
  },
  parameters: z.object({
    alpha,
    gainMin: z
      .number('in [0, 1)')
      .min(0, 'in [0, 1)')
      .lt(1, 'in [0, 1)')
      .default(0)
      .describe('Brier score by which the model must be better'),
  }),
  figures: {
    count: { unit: 'rows', summary: 'predictions' },
    sum: {
      unit: '',
      summary: "sum of the differences of squared errors, the model's less the other's",
    },
    squares: { unit: '', summary: 'sum of their squares' },
    mean: { unit: '', summary: "Brier score less the other's: below 0 it is better" },
    lower: { unit: '', summary: 'end of its interval, valid at all times together' },
    upper: { unit: '', summary: 'end of its interval' },
    lnBetter: { unit: 'nats', summary: 'evidence against "no better", by `gainMin`' },
    lnWorse: { unit: 'nats', summary: 'evidence against "no worse"' },
    brier: { unit: '', summary: 'mean squared error' },
    brierAgainst: { unit: '', summary: "the other's" },
    logLoss: { unit: 'nats', summary: 'mean' },
    logLossAgainst: { unit: 'nats', summary: "the other's" },
  },
  create(parameters) {
    const differences = pairedDifference(parameters);
    return {
      initial: () => ({
        difference: differences.initial(),
        brier: 0,
        brierAgainst: 0,
        logLoss: 0,
        logLossAgainst: 0,
      }),

      problem: ({ prediction, against, label }) =>
        probabilityProblem('prediction', prediction) ??
        probabilityProblem('against', against) ??
        binaryProblem('label', label),

      step(state, { prediction, against, label }) {
        const error = (prediction - label) ** 2;
        const errorAgainst = (against - label) ** 2;
        differences.step(state.difference, error - errorAgainst);
        state.brier += onGrid(error);
        state.brierAgainst += onGrid(errorAgainst);
        state.logLoss += onGrid(logLoss(label === 1 ? prediction : 1 - prediction));
        state.logLossAgainst += onGrid(logLoss(label === 1 ? against : 1 - against));
      },

      read({ difference, brier, brierAgainst, logLoss, logLossAgainst }) {
        const { count, sum, squares } = difference;
        return {
          ...{ count, sum, squares },
          ...differences.read(difference),
          brier: brier / count,
          brierAgainst: brierAgainst / count,
          logLoss: logLoss / count,
          logLossAgainst: logLossAgainst / count,
        };
      },

      merge(state, other) {
        differences.merge(state.difference, other.difference);
        state.brier += other.brier;
        state.brierAgainst += other.brierAgainst;
        state.logLoss += other.logLoss;
        state.logLossAgainst += other.logLossAgainst;
      },
    };
  },
});

function probabilityProblem(name: string, value: number): string | undefined {
  return value >= 0 && value <= 1 ? undefined : unexpected(name, 'in [0, 1]', value);
}
