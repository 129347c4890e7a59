/** What was just switched, with the way back: the change is taken back from whatever is newest by then. */
import { useQueryClient } from '@tanstack/react-query';
import { UndoBar as Bar } from '../definitions/UndoBar.tsx';
import { fieldName } from '../words/personalization.ts';
import { undo as words } from '../words/policyChanges.ts';
import { type Change, withChange } from './changes.ts';
import { changePolicy, policyQuery } from './queries.ts';

export interface Done {
  readonly sentence: string;
  readonly inverse: Change;
}

const queryKeys = ['policies'];

interface Props {
  /** Key of the policy. */
  policy: string;
  done: Done | undefined;
  onDone(done: Done | undefined): void;
}

export function UndoBar({ policy: key, done, onDone }: Props) {
  const queries = useQueryClient();
  const undoable = done && {
    sentence: done.sentence,
    async undo() {
      const { policy, revision } = await queries.fetchQuery({ ...policyQuery(key), staleTime: 0 });
      const reason = words.reason(done.sentence);
      return changePolicy(key, { policy: withChange(policy, done.inverse), revision, reason });
    },
  };
  return <Bar done={undoable} onDone={onDone} queryKeys={queryKeys} nameOf={fieldName} />;
}
