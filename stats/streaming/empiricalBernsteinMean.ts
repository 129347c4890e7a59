/** Mean of bounded values by empirical Bernstein as a streaming statistic, O(1) a value; see `empiricalBernstein`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import {
  type EmpiricalBernsteinState,
  empiricalBernstein,
} from '../sequential/empiricalBernstein.ts';
import { bounded } from './bounded.ts';
import { meanFigures } from './meanFigures.ts';
import { alpha, bounds, share } from './parameters.ts';
import { value } from './roles.ts';

export const empiricalBernsteinMean = defineStatistic<EmpiricalBernsteinState>()({
  name: 'empirical-bernstein',
  summary:
    'Constant mean of bounded values with an interval in closed form that holds at all times.',
  source: 'Waudby-Smith & Ramdas 2024, theorem 2',
  merges: 'never',
  roles: { value },
  parameters: z.object({
    ...bounds,
    alpha,
    weightMax: share().default(0.5).describe('largest weight of a value'),
  }),
  figures: meanFigures,
  create({ alpha, weightMax, ...parameters }) {
    const scale = bounded(parameters);
    const sequence = empiricalBernstein({ alpha, weightMax });
    return {
      initial: sequence.initial,
      problem: (row) => scale.problem(row.value),
      step: (state, row) => sequence.step(state, scale.shareOf(row.value)),
      read(state) {
        const { lower, upper } = sequence.read(state);
        return {
          count: state.count,
          mean: scale.valueOf(state.sum / state.count),
          lower: scale.valueOf(lower),
          upper: scale.valueOf(upper),
        };
      },
    };
  },
});
