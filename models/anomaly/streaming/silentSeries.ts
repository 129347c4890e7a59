/** Silence as a streaming statistic: gaps of a series that were longer than its past let expect; see `silence`. */
import { z } from 'zod';
import { defineStatistic } from '../../../contracts/statistic.ts';
import { type SilenceState, silence } from '../silence.ts';

interface SilentSeriesState {
  /** Rows seen. */
  count: number;
  alarms: number;
  /** Of the last gap that was an alarm, ms; NaN before the first. */
  lastSilenceMs: number;
  readonly own: SilenceState;
}

export const silentSeries = defineStatistic<SilentSeriesState>()({
  name: 'silence',
  summary: 'Gaps between rows that are longer than those before let expect.',
  source: 'our own, 2026',
  merges: 'never',
  roles: { time: { kind: 'number', summary: 'ms since 1970', column: 'time' } },
  parameters: z.object({}),
  figures: {
    count: { unit: 'rows', summary: 'rows seen' },
    alarms: { unit: 'silences', summary: 'that have ended; of one that lasts `strangeFrom` tells' },
    lastSilenceMs: { unit: 'ms', summary: 'length of the last of them; NaN before the first' },
    lastMs: { unit: 'ms since 1970', summary: 'time of the last row; NaN before the first' },
    meanGapMs: { unit: 'ms', summary: 'usual gap; 0 before one was seen' },
    gapMaxMs: { unit: 'ms', summary: 'a longer gap is a silence; NaN while too few were seen' },
    strangeFrom: {
      unit: 'ms since 1970',
      summary: 'without another row it is silent from then on; NaN while too few were seen',
    },
  },
  create: () => ({
    initial: () => ({ count: 0, alarms: 0, lastSilenceMs: NaN, own: silence.initial() }),

    step(state, { time }) {
      const { own } = state;
      if (silence.isSilent(own, time)) {
        state.alarms += 1;
        state.lastSilenceMs = time - own.lastMs;
      }
      silence.step(own, time);
      state.count += 1;
    },

    read({ count, alarms, lastSilenceMs, own }) {
      const longest = silence.gapMaxMs(own);
      const gapMaxMs = Number.isFinite(longest) ? longest : NaN;
      const { lastMs, meanMs } = own;
      return {
        ...{ count, alarms, lastSilenceMs, lastMs, gapMaxMs },
        meanGapMs: meanMs,
        strangeFrom: lastMs + gapMaxMs,
      };
    },
  }),
});
