/** Running mean of bounded values that may drift, as a streaming statistic; see `runningMeanSequence`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type RunningMeanState, runningMeanSequence } from '../sequential/runningMeanSequence.ts';
import { bounded } from './bounded.ts';
import { meanFigures } from './meanFigures.ts';
import { alpha, bounds, positive } from './parameters.ts';
import { value } from './roles.ts';

export const runningMean = defineStatistic<RunningMeanState>()({
  name: 'running-mean',
  summary: 'Average so far of bounded values whose mean drifts, with an interval at all times.',
  source: 'Howard, Ramdas, McAuliffe & Sekhon 2021, theorem 4',
  merges: 'never',
  costly: true,
  roles: { value },
  parameters: z.object({
    ...bounds,
    alpha,
    bestTime: positive()
      .default(250)
      .describe('variance × values at which the interval is tightest, in value²'),
  }),
  figures: meanFigures,
  create({ alpha, bestTime, ...parameters }) {
    const scale = bounded(parameters);
    const { lower: smallest, upper: largest } = parameters;
    const sequence = runningMeanSequence({ alpha, smallest, largest, bestTime });
    return {
      initial: sequence.initial,
      problem: (row) => scale.problem(row.value),
      step: (state, row) => sequence.step(state, row.value),
      read: (state) => ({
        count: state.count,
        mean: state.sum / state.count, // 0 / 0 is NaN
        ...sequence.read(state),
      }),
    };
  },
});
