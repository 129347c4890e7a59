/** What can be done with a policy in its state, and what it brings about. */
import type { DefinitionState } from '../../contracts/definitionState.ts';
import type { Policy } from '../../contracts/policy.ts';
import { formatShare } from '../format/numbers.ts';
import { consequences as words } from '../words/policyChanges.ts';
import { nameOfAction } from './changes.ts';
import type { Move } from './queries.ts';

interface Possible {
  readonly move: Move;
  readonly look?: 'primary';
}

const possible: Record<DefinitionState, readonly Possible[]> = {
  draft: [{ move: 'archive' }, { move: 'start', look: 'primary' }],
  running: [{ move: 'pause' }, { move: 'stop' }],
  paused: [{ move: 'stop' }, { move: 'resume', look: 'primary' }],
  stopped: [{ move: 'archive' }],
  archived: [],
};

export function movesOf(state: DefinitionState): readonly Possible[] {
  return possible[state];
}

export function consequencesOf(policy: Policy, move: Move): readonly string[] {
  const { holdout, control, actions } = policy;
  const offered = actions.filter((action) => action.offered).length;
  switch (move) {
    case 'start':
      return [
        words.decides(offered),
        holdout === 0
          ? words.nobodyHeld
          : words.held(formatShare(holdout), controlWords(policy, control)),
        words.fixed,
      ];
    case 'pause':
      return [words.pausedDefault, words.stillLearns];
    case 'resume':
      return [words.resumed, words.learntStays];
    case 'stop':
      return [words.stopped, words.learntReadable, words.final];
    case 'archive':
      return [policy.state === 'draft' ? words.archivedDraft : words.archived];
  }
}

/** “Explanation in words”, or chance. */
export function controlWords(policy: Pick<Policy, 'actions'>, control: string | null): string {
  return control === null ? words.chance : words.action(nameOfAction(policy, control));
}
