/** Keyboard commands as a small machine: `g` waits for its second letter. */

export type Command =
  | 'overview'
  | 'recommendations'
  | 'models'
  | 'experiments'
  | 'personalization'
  | 'anomalies'
  | 'drift'
  | 'retraining'
  | 'pipelines'
  | 'versions'
  | 'settings'
  | 'earlier'
  | 'later'
  | 'compare'
  | 'place'
  | 'table'
  | 'live'
  | 'help';

export interface KeyState {
  /** When `g` was pressed, ms; undefined when no second letter is awaited. */
  readonly goAt: number | undefined;
}

export const noKeys: KeyState = { goAt: undefined };

/** Time for the second letter, ms. */
export const goMs = 1_500;

const single: Record<string, Command> = {
  '[': 'earlier',
  ']': 'later',
  c: 'compare',
  w: 'place',
  t: 'table',
  l: 'live',
  '?': 'help',
};
const second: Record<string, Command> = {
  o: 'overview',
  r: 'recommendations',
  m: 'models',
  e: 'experiments',
  u: 'personalization',
  a: 'anomalies',
  d: 'drift',
  t: 'retraining',
  p: 'pipelines',
  v: 'versions',
  s: 'settings',
};

/** @param at ms, of any clock that does not go back */
export function advanceKeys(
  state: KeyState,
  key: string,
  at: number,
): { readonly state: KeyState; readonly command?: Command } {
  if (key === 'g') return { state: { goAt: at } };
  const awaited = state.goAt !== undefined && at - state.goAt <= goMs;
  const command = awaited ? second[key] : single[key];
  return command === undefined ? { state: noKeys } : { state: noKeys, command };
}
