/**
 * A line that has become flat: the same value for longer than the series' own past lets expect.
 *
 * A series that is often constant, or always was, is not flat in this sense: the run must be twice as long as any before it, and
 * improbable by the share of values that repeated the one before.
 */
export interface FlatLineState {
  /** The last value (NaN before the first), and how many of it came in a row. */
  last: number;
  run: number;
  /** Of the runs that have ended: how many, their values, the longest. */
  runs: number;
  values: number;
  longest: number;
}

/** Probability, were values to repeat as they did, below which a run is strange. */
const risk = 1e-6;
/** Runs that must have ended before anything is strange. */
const runsMin = 20;

export const flatLine = {
  initial: (): FlatLineState => ({ last: NaN, run: 0, runs: 0, values: 0, longest: 0 }),

  /** @throws RangeError when the value is not finite */
  step(state: FlatLineState, x: number): void {
    if (!Number.isFinite(x)) throw new RangeError(`value: expected a finite number, got ${x}`);
    if (x === state.last) {
      state.run += 1;
      return;
    }
    if (state.run > 0) {
      state.runs += 1;
      state.values += state.run;
      state.longest = Math.max(state.longest, state.run);
    }
    state.last = x;
    state.run = 1;
  },

  /** Values in a row from which on the line is strangely flat; Infinity while too few runs have ended. */
  runMax({ runs, values, longest }: FlatLineState): number {
    if (runs < runsMin) return Infinity;
    const repeating = (values - runs + 1) / (values + 2);
    return Math.max(2 * longest, Math.log(risk) / Math.log(repeating)) + 1;
  },

  isFlat: (state: FlatLineState): boolean => state.run >= flatLine.runMax(state),
};
