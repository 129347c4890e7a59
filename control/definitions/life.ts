/** The life of a definition: drafted, started, paused and resumed, stopped, put away. */
import type { DefinitionState } from '../../contracts/definitionState.ts';

export const moveNames = ['start', 'pause', 'resume', 'stop', 'archive'] as const;
export type MoveName = (typeof moveNames)[number];

const moves: Record<
  MoveName,
  { readonly from: readonly DefinitionState[]; readonly to: DefinitionState }
> = {
  start: { from: ['draft'], to: 'running' },
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  stop: { from: ['running', 'paused'], to: 'stopped' },
  archive: { from: ['draft', 'stopped'], to: 'archived' },
};

export type MovedState =
  | { readonly to: DefinitionState }
  /** Why it cannot be moved so. */
  | { readonly sentence: string };

/** @param what is moved: "An experiment" */
export function movedState(what: string, state: DefinitionState, move: MoveName): MovedState {
  const { from, to } = moves[move];
  if (from.includes(state)) return { to };
  const possible = moveNames.filter((name) => moves[name].from.includes(state));
  const instead = possible.length === 0 ? 'Make a copy.' : `Possible is: ${possible.join(', ')}.`;
  return { sentence: `${what} that is ${state} cannot be moved by "${move}". ${instead}` };
}
