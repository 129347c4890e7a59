/** Asks before a definition is removed; it can be put back. */
import { ReasonDialog } from '../../definitions/ReasonDialog.tsx';
import type { Undoable } from '../../definitions/UndoBar.tsx';
import { fieldName, removal as words } from '../../words/watchSettings.ts';
import { type Collection, removeDefinition, writeDefinition } from './queries.ts';

interface Props {
  collection: Collection;
  base: {
    readonly definition: { readonly key: string; readonly name: string };
    readonly revision: number;
  };
  onDone(done: Undoable): void;
  onClose(): void;
}

export function RemoveDialog({ collection, base, onDone, onClose }: Props) {
  const { definition, revision } = base;
  const { key, name } = definition;
  const sentence = words.done(name);
  return (
    <ReasonDialog
      title={words.title(name)}
      confirm={words.confirm}
      consequences={words.effects[collection]}
      danger
      needs={collection === 'routes' ? 'administer' : 'operate'}
      queryKey={collection}
      nameOf={fieldName}
      run={(reason) => removeDefinition(collection, key, { revision, reason })}
      onDone={(removed) =>
        onDone({
          sentence,
          undo: () =>
            writeDefinition(collection, key, {
              definition,
              ...{ revision: removed.revision, reason: words.undone(sentence) },
            }),
        })
      }
      onClose={onClose}
    />
  );
}
