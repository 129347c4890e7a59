/** Flat lines as a streaming statistic: runs of one value that are longer than the past lets expect; see `flatLine`. */
import { z } from 'zod';
import { defineStatistic } from '../../../contracts/statistic.ts';
import { value } from '../../../stats/streaming/roles.ts';
import { type FlatLineState, flatLine } from '../flatLine.ts';

interface FlatSeriesState {
  /** Values seen. */
  count: number;
  alarms: number;
  /** The run goes on and was counted. */
  isFlat: boolean;
  readonly own: FlatLineState;
}

export const flatSeries = defineStatistic<FlatSeriesState>()({
  name: 'flat-line',
  summary: 'Runs of one value that are longer than those before let expect.',
  source: 'our own, 2026',
  merges: 'never',
  roles: { value },
  parameters: z.object({}),
  figures: {
    count: { unit: 'rows', summary: 'values seen' },
    alarms: { unit: 'runs', summary: 'that were too long, each counted once, when it became so' },
    isFlat: { unit: '', summary: '1 while such a run goes on, else 0' },
    run: { unit: 'values', summary: 'equal to the last one, in a row' },
    runMax: {
      unit: 'values',
      summary: 'from which on a run is too long; NaN while little is known',
    },
  },
  create: () => ({
    initial: () => ({ count: 0, alarms: 0, isFlat: false, own: flatLine.initial() }),

    step(state, row) {
      flatLine.step(state.own, row.value);
      state.count += 1;
      const isFlat = state.own.run >= flatLine.runMax(state.own);
      if (isFlat && !state.isFlat) state.alarms += 1;
      state.isFlat = isFlat;
    },

    read({ count, alarms, isFlat, own }) {
      const runMax = flatLine.runMax(own);
      return {
        ...{ count, alarms, run: own.run },
        isFlat: isFlat ? 1 : 0,
        runMax: Number.isFinite(runMax) ? runMax : NaN,
      };
    },
  }),
});
