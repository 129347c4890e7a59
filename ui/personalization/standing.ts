/** Where a policy stands, as a word with its tone. */
import type { PolicyState } from '../../contracts/policy.ts';
import type { Judgement, Tone } from '../format/judgements.ts';
import { words } from './words.ts';

const tones: Record<PolicyState, Tone> = {
  draft: 'none',
  running: 'good',
  paused: 'attention',
  stopped: 'none',
  archived: 'none',
};

export function stateOf(state: PolicyState): Judgement {
  return { tone: tones[state], word: words.states[state] };
}

/** Whether it decides, or will again. */
export function isLive({ state }: { readonly state: PolicyState }): boolean {
  return state === 'running' || state === 'paused';
}
