/** Decides when new data is worth asking for: only when something was committed, and not too often. */

export interface GateState {
  /** `committed` of the tick that let the last refresh through; undefined before the first tick. */
  readonly committed: number | undefined;
  readonly refreshedAt: number;
}

/** Least time between two refreshes, ms. */
export const refreshMs = 2_000;

export const initialGate: GateState = { committed: undefined, refreshedAt: -Infinity };

/**
 * A change that comes too early is not lost: `committed` is remembered only when a refresh goes through.
 *
 * @param at this computer's clock, ms
 */
export function advanceGate(
  state: GateState,
  committed: number,
  at: number,
): { readonly state: GateState; readonly refresh: boolean } {
  if (committed === state.committed || at - state.refreshedAt < refreshMs) {
    return { state, refresh: false };
  }
  return { state: { committed, refreshedAt: at }, refresh: true };
}
