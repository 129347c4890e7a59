/**
 * A metric that has stopped: nothing came for longer than the series' own past lets expect.
 *
 * The longest gap is remembered with decay, so that a series that has become quicker is watched more closely. A clock that jumps
 * back teaches nothing; one that jumps ahead, or an outage, teaches a gap of at most what was strange.
 */
export interface SilenceState {
  /** Time of the last value, ms since 1970; NaN before the first. */
  lastMs: number;
  /** Gaps seen. */
  gaps: number;
  /** Decayed mean of the gaps, and the longest of them, ms. */
  meanMs: number;
  longestMs: number;
}

/** Gaps that must have been seen before any is strange. */
const gapsMin = 10;
/** Gaps that mean and longest remember. */
const memory = 1_000;

export const silence = {
  initial: (): SilenceState => ({ lastMs: NaN, gaps: 0, meanMs: 0, longestMs: 0 }),

  /** @throws RangeError when the time is not finite */
  step(state: SilenceState, timeMs: number): void {
    if (!Number.isFinite(timeMs)) {
      throw new RangeError(`timeMs: expected a finite number, got ${timeMs}`);
    }
    const gap = Math.min(timeMs - state.lastMs, silence.gapMaxMs(state));
    state.lastMs = timeMs;
    if (!(gap > 0)) return;
    state.gaps += 1;
    state.meanMs += (gap - state.meanMs) / Math.min(memory, state.gaps);
    state.longestMs = Math.max(gap, state.longestMs - (state.longestMs - state.meanMs) / memory);
  },

  /** A longer gap is strange; Infinity while too few were seen. */
  gapMaxMs: ({ gaps, meanMs, longestMs }: SilenceState): number =>
    gaps < gapsMin ? Infinity : Math.max(2 * longestMs, 3 * meanMs),

  /** Whether at `nowMs` the metric has been silent for too long. */
  isSilent: (state: SilenceState, nowMs: number): boolean =>
    nowMs - state.lastMs > silence.gapMaxMs(state),
};
