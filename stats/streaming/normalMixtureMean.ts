/** Mean of bounded values by the normal mixture as a streaming statistic; see `normalMixtureBound`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { type CompensatedSumState, compensatedSum } from '../compensatedSum.ts';
import { lnNormalMixture, mixtureWidth, normalMixtureBound } from '../sequential/normalMixture.ts';
import { bounded } from './bounded.ts';
import { evidenceFigures, evidenceOf } from './evidenceFigures.ts';
import { alpha, bounds, finite, positive } from './parameters.ts';
import { value } from './roles.ts';

interface State {
  count: number;
  sum: CompensatedSumState;
}

export const normalMixtureMean = defineStatistic<State>()({
  name: 'normal-mixture',
  summary: 'Mean of bounded values with an interval that holds at all times; merges, but is wide.',
  source: 'Howard, Ramdas, McAuliffe & Sekhon 2021',
  merges: 'rounding',
  roles: { value },
  parameters: z.object({
    ...bounds,
    alpha,
    hypothesis: finite()
      .optional()
      .describe('mean that the evidence is against; middle by default'),
    bestCount: positive().default(1_000).describe('values at which the interval is tightest'),
  }),
  figures: {
    count: { unit: 'rows', summary: 'values seen' },
    mean: { unit: 'value', summary: 'arithmetic mean' },
    lower: { unit: 'value', summary: 'end of the interval; the bound without values' },
    upper: { unit: 'value', summary: 'end of the interval; the bound without values' },
    ...evidenceFigures,
  },
  create({ alpha, bestCount, ...parameters }) {
    const { lower, upper } = parameters;
    const scale = bounded(parameters);
    const { hypothesis = scale.valueOf(0.5) } = parameters;
    /** Of one value: increments in [a, b] are sub-Gaussian with (b − a)² / 4. */
    const factor = scale.width ** 2 / 4;
    const width = mixtureWidth(bestCount * factor, alpha);
    return {
      initial: (): State => ({ count: 0, sum: compensatedSum.initial() }),

      problem: (row) => scale.problem(row.value),

      step(state, row) {
        state.count += 1;
        compensatedSum.step(state.sum, row.value);
      },

      read(state) {
        const { count } = state;
        const sum = compensatedSum.read(state.sum);
        const time = count * factor;
        const mean = sum / count; // 0 / 0 is NaN
        const radius = normalMixtureBound(time, alpha, width) / count;
        return {
          count,
          mean,
          lower: count > 0 ? Math.max(lower, mean - radius) : lower,
          upper: count > 0 ? Math.min(upper, mean + radius) : upper,
          ...evidenceOf(lnNormalMixture(sum - count * hypothesis, time, width)),
        };
      },

      merge(state, other) {
        state.count += other.count;
        compensatedSum.merge(state.sum, other.sum);
      },
    };
  },
});
