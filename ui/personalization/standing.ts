/** Where a policy stands, as a word with its tone. */
import type { DefinitionState } from '../../contracts/definitionState.ts';
import type { Judgement, Tone } from '../format/judgements.ts';
import { words } from '../words/personalization.ts';

const tones: Record<DefinitionState, Tone> = {
  draft: 'none',
  running: 'good',
  paused: 'attention',
  stopped: 'none',
  archived: 'none',
};

export function stateOf(state: DefinitionState): Judgement {
  return { tone: tones[state], word: words.states[state] };
}
