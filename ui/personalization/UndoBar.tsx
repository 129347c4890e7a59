/** What was just switched, with the way back: the change is taken back from whatever is newest by then. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Refusal } from '../definitions/Refusal.tsx';
import { RemoveIcon } from '../parts/Icons.tsx';
import { type Change, withChange } from './changes.ts';
import { changePolicy, policyQuery } from './queries.ts';
import { fieldName, undo as words } from './words.ts';

export interface Done {
  readonly sentence: string;
  readonly inverse: Change;
}

interface Props {
  /** Key of the policy. */
  policy: string;
  done: Done | undefined;
  onDone(done: Done | undefined): void;
}

export function UndoBar({ policy: key, done, onDone }: Props) {
  const queries = useQueryClient();
  const back = useMutation({
    mutationFn: async ({ sentence, inverse }: Done) => {
      const { policy, revision } = await queries.fetchQuery({ ...policyQuery(key), staleTime: 0 });
      const reason = words.reason(sentence);
      return changePolicy(key, { policy: withChange(policy, inverse), revision, reason });
    },
    onSuccess: () => onDone(undefined),
    onSettled: () => queries.invalidateQueries({ queryKey: ['policies'] }),
  });
  return (
    <div className="undo-bar" role="status">
      {done !== undefined && (
        <>
          <div className="undo">
            <span>{done.sentence}</span>
            <span className="actions">
              <button
                type="button"
                className="button small"
                disabled={back.isPending}
                onClick={() => back.mutate(done)}
              >
                {words.undo}
              </button>
              <button
                type="button"
                className="button small"
                aria-label={words.dismiss}
                title={words.dismiss}
                onClick={() => onDone(undefined)}
              >
                <RemoveIcon />
              </button>
            </span>
          </div>
          {back.isError && <Refusal error={back.error} nameOf={fieldName} />}
        </>
      )}
    </div>
  );
}
