/**
 * How many standard deviations a value is from the mean of those before it, both exponentially weighted: an ordinary mean at first.
 *
 * Source: Finch 2009, "Incremental calculation of weighted mean and variance".
 */
export interface DecayedScaleState {
  count: number;
  mean: number;
  variance: number;
}

/** Farther is as far: so that nothing is infinite. */
const farthest = 1_000;
/** Values before which nothing is told. */
const countMin = 10;

/** @param memory values that mean and variance remember */
export function decayedScale(memory: number) {
  return {
    initial: (): DecayedScaleState => ({ count: 0, mean: 0, variance: 0 }),

    /**
     * Takes x; returns its deviations from the mean before it, 0 for the first ten.
     *
     * @param floor smallest standard deviation to measure by, in the unit of the values: that of their rounding
     */
    step(state: DecayedScaleState, x: number, floor: number): number {
      const beyond = x - state.mean;
      const scale = Math.sqrt(state.variance + floor * floor);
      const isKnown = state.count >= countMin && scale > 0;
      state.count += 1;
      const rate = 1 / Math.min(memory, state.count);
      state.mean += rate * beyond;
      state.variance = (1 - rate) * (state.variance + rate * beyond * beyond);
      return isKnown ? Math.max(-farthest, Math.min(farthest, beyond / scale)) : 0;
    },
  };
}
