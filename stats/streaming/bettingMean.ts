/** Mean of bounded values by betting as a streaming statistic: the tightest, but its state depends on order; see `bettingSequence`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type BettingState, bettingSequence } from '../sequential/bettingSequence.ts';
import { bounded } from './bounded.ts';
import { meanFigures } from './meanFigures.ts';
import { alpha, bounds, share, whole } from './parameters.ts';
import { value } from './roles.ts';

export const bettingMean = defineStatistic<BettingState>()({
  name: 'betting-sequence',
  summary: 'Constant mean of bounded values with the tightest interval that holds at all times.',
  source: 'Waudby-Smith & Ramdas 2024, theorem 3',
  merges: 'never',
  roles: { value },
  parameters: z.object({
    ...bounds,
    alpha,
    steps: whole(2, 10_000).default(200).describe('candidates: time and memory grow with them'),
    stake: share().default(0.5).describe('largest part of its wealth that a bet may lose'),
  }),
  figures: meanFigures,
  create({ alpha, steps, stake, ...parameters }) {
    const scale = bounded(parameters);
    const sequence = bettingSequence({ alpha, steps, stake });
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
