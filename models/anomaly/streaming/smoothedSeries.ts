/** Holt–Winters as a streaming statistic: values that are far from what level, trend and season let expect; see `holtWinters`. */
import { z } from 'zod';
import { defineStatistic, unexpected } from '../../../contracts/statistic.ts';
import { positive, whole } from '../../../stats/streaming/parameters.ts';
import { value } from '../../../stats/streaming/roles.ts';
import { type HoltWintersState, holtWinters } from '../holtWinters.ts';
import { type ExpectedState, expectationFigures, expectedFold } from './expectedSeries.ts';

const rate = (otherwise: number, summary: string) => {
  const expected = 'in [0, 1]';
  return z.number(expected).min(0, expected).max(1, expected).default(otherwise).describe(summary);
};
/** Beyond it sums over a period overflow. */
const largest = 1e150;

export const smoothedSeries = defineStatistic<ExpectedState<HoltWintersState>>()({
  name: 'holt-winters',
  summary: 'Values of an even series that are far from level, trend and season.',
  source: 'Winters 1960',
  merges: 'never',
  roles: { value },
  parameters: z.object({
    period: whole(2, 2_048)
      .default(24)
      .describe('values of a season; a state has 8 bytes for each'),
    alpha: rate(0.3, 'smoothing of the level'),
    beta: rate(0.1, 'smoothing of the trend'),
    gamma: rate(0.1, 'smoothing of the season'),
    threshold: positive().default(6).describe('scales off from which a value is an alarm'),
  }),
  figures: expectationFigures,
  create({ threshold, ...parameters }) {
    const { initial, expect, step } = holtWinters.create(parameters);
    const fold = expectedFold<HoltWintersState, { readonly value: number }>(
      { initial, expect, step: (state, row) => step(state, row.value) },
      threshold,
    );
    return {
      ...fold,
      problem: (row) =>
        Math.abs(row.value) <= largest
          ? undefined
          : unexpected('value', 'at most 1e150', row.value),
    };
  },
});
