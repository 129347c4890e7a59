/** Makes or changes a definition with few fields: name and key, its own fields, the reason, and a way back to what it was. */

import { type ReactNode, useState } from 'react';
import { NameFields } from '../../definitions/NameFields.tsx';
import { ReasonDialog } from '../../definitions/ReasonDialog.tsx';
import type { Undoable } from '../../definitions/UndoBar.tsx';
import { Needs } from '../../parts/Needs.tsx';
import { fieldName, removal, dialogs as words } from '../../words/watchSettings.ts';
import { type Collection, writeDefinition } from './queries.ts';
import { RemoveDialog } from './RemoveDialog.tsx';

interface Named {
  readonly name: string;
  readonly key: string;
  readonly keyTyped: boolean;
}

interface Defined {
  readonly definition: { readonly key: string; readonly name: string };
  readonly revision: number;
}

interface Props<Draft extends Named> {
  collection: Exclude<Collection, 'watches'>;
  title: string;
  confirm: string;
  consequences: readonly string[];
  /** What is changed; null for a new one. */
  base: Defined | null;
  draft: Draft;
  /** What the draft says; undefined while something is missing. */
  definition: { readonly key: string; readonly name: string } | undefined;
  saved(name: string): string;
  onChange(part: Partial<Named>): void;
  onDone(done: Undoable): void;
  onClose(): void;
  children: ReactNode;
}

export function DefinitionDialog<Draft extends Named>(props: Props<Draft>) {
  const { collection, base, draft, definition, saved, onChange, onDone, onClose } = props;
  const [isRemoving, setRemoving] = useState(false);
  if (isRemoving && base !== null) {
    return <RemoveDialog collection={collection} base={base} onDone={onDone} onClose={onClose} />;
  }
  return (
    <ReasonDialog
      title={props.title}
      confirm={props.confirm}
      consequences={props.consequences}
      isReady={definition !== undefined}
      needs={collection === 'routes' ? 'administer' : 'operate'}
      queryKey={collection}
      nameOf={fieldName}
      run={(reason) => {
        if (definition === undefined) throw new RangeError(words.unfilled);
        const revision = base?.revision ?? 0;
        return writeDefinition(collection, definition.key, { definition, revision, reason });
      }}
      onDone={(written) => {
        const sentence = saved(draft.name);
        onDone({
          sentence,
          ...(base === null
            ? {}
            : {
                undo: () =>
                  writeDefinition(collection, base.definition.key, {
                    definition: base.definition,
                    revision: written.revision,
                    reason: words.undone(sentence),
                  }),
              }),
        });
      }}
      onClose={onClose}
    >
      <NameFields draft={draft} problems={[]} change={onChange} fixedKey={base !== null} />
      {props.children}
      {base !== null && (
        <Needs permission={collection === 'routes' ? 'administer' : 'operate'}>
          <button type="button" className="text-button" onClick={() => setRemoving(true)}>
            {removal.open}
          </button>
        </Needs>
      )}
      {definition === undefined && <p className="muted">{words.unfilled}</p>}
    </ReasonDialog>
  );
}
