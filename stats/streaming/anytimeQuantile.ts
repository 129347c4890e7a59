/** A quantile with its confidence sequence as a streaming statistic; see `quantileInterval`. */
import { z } from 'zod';
import { defineStatistic } from '../../contracts/statistic.ts';
import { quantileInterval } from '../sequential/anytimeQuantile.ts';
import { histogramQuantile } from '../testing/woodruffQuantile.ts';
import { bounded } from './bounded.ts';
import { alpha, finite, positive, share, whole } from './parameters.ts';
import { value } from './roles.ts';

interface State {
  /** Values by bin; the first and the last hold those outside the edges. */
  counts: Float64Array;
}

export const anytimeQuantile = defineStatistic<State>()({
  name: 'anytime-quantile',
  summary: 'A quantile with an interval that holds at all times, as fine as its bins.',
  source: 'Howard & Ramdas 2022',
  merges: 'exactly',
  costly: true,
  roles: { value },
  parameters: z.object({
    share: share().default(0.5).describe('of the values that lie below the quantile'),
    lower: finite().describe('edge of the lowest bin: what lies below is told apart no more'),
    upper: finite().describe('edge of the highest bin'),
    bins: whole(1, 10_000).default(256).describe('bins of one width between the edges'),
    alpha,
    bestCount: positive().default(1_000).describe('values at which the interval is tightest'),
  }),
  figures: {
    count: { unit: 'rows', summary: 'values seen' },
    quantile: { unit: 'value', summary: 'estimate; NaN where it lies outside the edges' },
    lower: { unit: 'value', summary: 'end of the interval; −∞ while it is open' },
    upper: { unit: 'value', summary: 'end of the interval; ∞ while it is open' },
  },
  create({ share, bins, alpha, bestCount, ...ends }) {
    const scale = bounded(ends);
    const edges = [
      -Infinity,
      ...Array.from({ length: bins + 1 }, (_, i) => scale.valueOf(i / bins)),
      Infinity,
    ];
    return {
      initial: (): State => ({ counts: new Float64Array(bins + 2) }),

      step({ counts }, row) {
        const place = Math.floor(scale.shareOf(row.value) * bins) + 1;
        counts[Math.min(bins + 1, Math.max(0, place))]! += 1;
      },

      read({ counts }) {
        const count = counts.reduce((sum, each) => sum + each, 0);
        const quantile = count > 0 ? histogramQuantile({ edges, counts }, share) : NaN;
        return {
          count,
          quantile: Number.isFinite(quantile) ? quantile : NaN,
          ...quantileInterval(counts, edges, { probability: share, alpha, bestCount }),
        };
      },

      merge(state, other) {
        for (let bin = 0; bin < state.counts.length; bin += 1) {
          state.counts[bin]! += other.counts[bin]!;
        }
      },
    };
  },
});
