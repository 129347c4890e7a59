/** Asks before a release is paused, resumed, aborted or agreed to. */
import type { ModelLife } from '../../contracts/modelLifeApi.ts';
import type { Release } from '../../contracts/release.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { formatShare } from '../format/numbers.ts';
import { dialogs } from '../words/versions.ts';
import { moveRelease } from './queries.ts';

export type Move = 'pause' | 'resume' | 'abort' | 'approve';

const words = dialogs.moves;

interface Props {
  life: ModelLife;
  release: Release;
  move: Move;
  onClose(): void;
}

export function MoveDialog({ life, release, move, onClose }: Props) {
  const { title, confirm } = words[move];
  return (
    <ReasonDialog
      title={title(release.version)}
      confirm={confirm}
      consequences={move === 'approve' ? agreed(life, release) : words[move].effects}
      danger={move === 'abort'}
      queryKey="model-lives"
      nameOf={() => undefined}
      run={(reason) => moveRelease(life.model, { move, reason })}
      onClose={onClose}
    />
  );
}

function agreed({ plan }: ModelLife, { awaits }: Release): string[] {
  if (awaits === 'champion') return [words.approve.champion];
  return [words.approve.firstShare(formatShare(plan.release.canary[0]?.share ?? 0))];
}
