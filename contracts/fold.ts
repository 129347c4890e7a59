/** A computation over a stream as plain state and functions over it, so that any state can be copied and restored. */
export interface Fold<State, Input, Output> {
  initial(): State;
  /** Takes one input into the state, in place. */
  step(state: State, input: Input): void;
  read(state: State): Output;
  /** Adds `other` to `state`; there only when order does not matter. */
  merge?(state: State, other: State): void;
}
