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
};

/**
 * A change that comes too early is not lost: `committed` is remembered only when a refresh goes through. An alert changes
 * without a commit as well, when somebody answers it or time has passed: then what is about alerts is asked for by itself.
 *
 * @param at              this computer's clock, ms
 * @param alertsChangedAt when an alert changed last, ms; undefined: never
 * @param ageMs           how long ago the last commit was; who comes back to an old one need not wait for it to settle
 */
export function advanceGate(
  state: GateState,
  committed: number,
  at: number,
  alertsChangedAt?: number,
  ageMs = 0,
): { readonly state: GateState; readonly refresh: boolean; readonly alerts: boolean } {
  const changedAt = committed === state.newest ? state.changedAt : at - Math.max(0, ageMs);
  const seen = { ...state, newest: committed, changedAt, alertsChangedAt };
  // What was asked for before the first tick is as new as that.
  const alerts = state.newest !== undefined && alertsChangedAt !== state.alertsChangedAt;
  const due = committed !== state.committed && at - state.refreshedAt >= refreshMs;
  const settledAt = changedAt + settledMs;
  const settled = at >= settledAt && state.refreshedAt < settledAt;
  if (!due && !settled) return { state: seen, refresh: false, alerts };
  return { state: { ...seen, committed, refreshedAt: at }, refresh: true, alerts };
}

/**
 * When to look again although nothing may be heard until then: a change came too early, or has not settled.
 *
 * @returns ms, of the clock of `at`; undefined: nothing is left to be asked for
 */
export function lookAgainAt(state: GateState): number | undefined {
  if (state.newest !== state.committed) return state.refreshedAt + refreshMs;
  const settledAt = state.changedAt + settledMs;
  return state.refreshedAt < settledAt ? settledAt : undefined;
}
