/** Asks before a policy is started, paused, resumed, stopped or put away. */
import type { PolicyDetail } from '../../contracts/policyApi.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { fieldName } from '../words/personalization.ts';
import { moves as words } from '../words/policyChanges.ts';
import { consequencesOf } from './moves.ts';
import { type Move, movePolicy } from './queries.ts';

interface Props {
  detail: PolicyDetail;
  move: Move;
  onClose(): void;
}

export function MoveDialog({ detail, move, onClose }: Props) {
  const { policy, problems } = detail;
  const isEntry = move === 'start' || move === 'resume';
  return (
    <ReasonDialog
      title={words.titles[move](policy.name)}
      confirm={words.confirm[move]}
      consequences={consequencesOf(policy, move)}
      blocking={isEntry ? problems.filter(({ severity }) => severity === 'problem') : []}
      danger={move === 'stop'}
      queryKey="policies"
      nameOf={fieldName}
      run={(reason) => movePolicy(policy.key, move, reason)}
      onClose={onClose}
    />
  );
}
