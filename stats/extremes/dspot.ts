/**
 * DSPOT: SPOT on the distance of a value from the mean of the last ordinary ones, for a stream whose level moves slowly.
 *
 * Source: Siffer, Fouque, Termier & Largouët 2017, algorithm 3. Our own: after `drift` alarms in a row the level has moved for
 * good, and the mean begins anew with the next values; the tails stay.
 */
import { type Side, type SpotOptions, type SpotState, spot } from './spot.ts';

export interface DspotOptions extends SpotOptions {
  /** Ordinary values whose mean is taken off. */
  readonly drift: number;
}

export interface DspotState {
  /** The last ordinary values, as a ring: value i at i modulo the length. */
  recent: Float64Array;
  /** Ordinary values since the mean began. */
  count: number;
  /** Of those in the ring. */
  sum: number;
  /** Alarms since the last ordinary value. */
  alarmsInRow: number;
  tails: SpotState;
}

export function dspot({ drift, ...options }: DspotOptions) {
  const inner = spot(options);

  function take(state: DspotState, x: number): void {
    const at = state.count % drift;
    if (state.count >= drift) state.sum -= state.recent[at]!;
    state.recent[at] = x;
    state.sum += x;
    state.count += 1;
    // Summed anew once a round, so that roundings do not gather.
    if (at === drift - 1) state.sum = state.recent.reduce((sum, value) => sum + value, 0);
  }

  return {
    initial: (): DspotState => ({
      recent: new Float64Array(drift),
      count: 0,
      sum: 0,
      alarmsInRow: 0,
      tails: inner.initial(),
    }),

    /** @throws RangeError when x is not finite */
    step(state: DspotState, x: number): Side {
      if (!Number.isFinite(x)) throw new RangeError(`x: expected a finite number, got ${x}`);
      const side = state.count < drift ? 0 : inner.step(state.tails, x - state.sum / drift);
      if (side === 0) {
        take(state, x);
        state.alarmsInRow = 0;
      } else {
        state.alarmsInRow += 1;
        if (state.alarmsInRow >= drift) {
          state.count = 0;
          state.sum = 0;
          state.alarmsInRow = 0;
        }
      }
      return side;
    },

    /** The limits of the next value; infinite while they are not known. */
    limits(state: DspotState) {
      if (state.count < drift) return { lower: -Infinity, upper: Infinity };
      const mean = state.sum / drift;
      const { lower, upper } = inner.limits(state.tails);
      return { lower: mean + lower, upper: mean + upper };
    },
  };
}
