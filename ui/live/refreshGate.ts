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

/** What a tick says of changes. */
export interface Changes {
  readonly committed: number;
  /** How long ago the last commit was, ms; who comes back to an old one need not wait for it to settle. */
  readonly ageMs?: number;
  /** When an alert changed last, ms; absent: never. */
  readonly alertsChangedAt?: number | undefined;
  /** The same of recommendations. */
  readonly insightsChangedAt?: number | undefined;
}

export interface Passed {
  readonly state: GateState;
  /** All that is shown is worth asking for, or what is about alerts, or recommendations. */
  readonly refresh: boolean;
  /** Something was committed since the last tick: what is cheap, and shows just that, is worth asking for. */
  readonly moved: boolean;
  readonly alerts: boolean;
  readonly insights: boolean;
}

/**
 * The first tick lets nothing through. A change that comes too early is not lost: `committed` is remembered only when a
 * refresh goes through. An alert changes without a commit as well, when somebody answers it or time has passed: then what
 * is about alerts is asked for by itself.
 * Recommendations change without a commit alone.
 *
 * @param at this computer's clock, ms
 */
export function advanceGate(
  state: GateState,
  at: number,
  { committed, ageMs = 0, alertsChangedAt, insightsChangedAt }: Changes,
): Passed {
  const changedAt = committed === state.newest ? state.changedAt : at - Math.max(0, ageMs);
  const seen = { ...state, newest: committed, changedAt, alertsChangedAt, insightsChangedAt };
  if (state.newest === undefined) {
    // What is shown was asked for just before the first tick: it is as new as that, or asked for again when it has settled.
    const asked = { ...seen, committed, refreshedAt: at };
    return { state: asked, refresh: false, moved: false, alerts: false, insights: false };
  }
  const alerts = alertsChangedAt !== state.alertsChangedAt;
  const insights = insightsChangedAt !== state.insightsChangedAt;
  const moved = committed !== state.newest;
  const due = committed !== state.committed && at - state.refreshedAt >= refreshMs;
  const settledAt = changedAt + settledMs;
  const settled = at >= settledAt && state.refreshedAt < settledAt;
  if (!due && !settled) return { state: seen, refresh: false, moved, alerts, insights };
  return { state: { ...seen, committed, refreshedAt: at }, refresh: true, moved, alerts, insights };
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
