/** What was just done, with the way back. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Permission } from '../../contracts/access.ts';
import { RemoveIcon } from '../parts/Icons.tsx';
import { Needs } from '../parts/Needs.tsx';
import { undo as words } from '../words/definitions.ts';
import { Refusal } from './Refusal.tsx';

export interface Undoable {
  readonly sentence: string;
  /** Takes it back, from whatever is newest by then; absent: there is no way back. */
  undo?(): Promise<unknown>;
}

interface Props {
  done: Undoable | undefined;
  onDone(done: undefined): void;
  /** What is asked for anew afterwards. */
  queryKeys: readonly string[];
  nameOf(field: string): string | undefined;
  /** By default the permission to operate. */
  needs?: Permission;
}

export function UndoBar({ done, onDone, queryKeys, nameOf, needs = 'operate' }: Props) {
  const queries = useQueryClient();
  const back = useMutation({
    mutationFn: async ({ undo }: Undoable) => undo?.(),
    onSuccess: () => onDone(undefined),
    onSettled: () =>
      Promise.all(queryKeys.map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
  return (
    <div className="undo-bar" role="status">
      {done !== undefined && (
        <>
          <div className="undo">
            <span>{done.sentence}</span>
            <span className="actions">
              {done.undo !== undefined && (
                <Needs permission={needs}>
                  <button
                    type="button"
                    className="button small"
                    disabled={back.isPending}
                    onClick={() => back.mutate(done)}
                  >
                    {words.undo}
                  </button>
                </Needs>
              )}
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
          {back.isError && <Refusal error={back.error} nameOf={nameOf} />}
        </>
      )}
    </div>
  );
}
