/**
 * Decides when new data is worth asking for: when something was committed, not too often, and once more when it has
 * settled.
 *
 * Some rows become readable after the commit that the stream tells of: those of small tables with the next checkpoint
 * (2 s), the notes on epochs up to 2 s after that.
 */

export interface GateState {
  /** `committed` of the tick that let the last refresh through; undefined before the first tick. */
  readonly committed: number | undefined;
  readonly refreshedAt: number;
  /** `committed` of the last tick, and since when it is that. */
  readonly newest: number | undefined;
  readonly changedAt: number;
  /** `alertsChangedAt` of the last tick. */
  readonly alertsChangedAt: number | undefined;
  /** `insightsChangedAt` of the last tick. */
  readonly insightsChangedAt: number | undefined;
}

/** Least time between two refreshes, ms. */
export const refreshMs = 2_000;

/** Everything is readable so long after the last commit, and no answer from before is given again (`api/sparing.ts`), ms. */
export const settledMs = 6_000;

export const initialGate: GateState = {
  committed: undefined,
  refreshedAt: -Infinity,
  newest: undefined,
  changedAt: -Infinity,
  alertsChangedAt: undefined,
  insightsChangedAt: undefined,
};

/**
 * A change that comes too early is not lost: `committed` is remembered only when a refresh goes through. An alert changes
 * without a commit as well, when somebody answers it or time has passed: then what is about alerts is asked for by itself.
 * Recommendations change without a commit alone.
 *
 * @param at                this computer's clock, ms
 * @param alertsChangedAt   when an alert changed last, ms; undefined: never
 * @param insightsChangedAt the same of recommendations
 */
export function advanceGate(
  state: GateState,
  committed: number,
  at: number,
  alertsChangedAt?: number,
  insightsChangedAt?: number,
): {
  readonly state: GateState;
  readonly refresh: boolean;
  readonly alerts: boolean;
  readonly insights: boolean;
} {
  const changedAt = committed === state.newest ? state.changedAt : at;
  const seen = { ...state, newest: committed, changedAt, alertsChangedAt, insightsChangedAt };
  // What was asked for before the first tick is as new as that.
  const isFirst = state.newest === undefined;
  const alerts = !isFirst && alertsChangedAt !== state.alertsChangedAt;
  const insights = !isFirst && insightsChangedAt !== state.insightsChangedAt;
  const due = committed !== state.committed && at - state.refreshedAt >= refreshMs;
  const settledAt = changedAt + settledMs;
  const settled = at >= settledAt && state.refreshedAt < settledAt;
  if (!due && !settled) return { state: seen, refresh: false, alerts, insights };
  return { state: { ...seen, committed, refreshedAt: at }, refresh: true, alerts, insights };
}
