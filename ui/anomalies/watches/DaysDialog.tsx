/** Makes or changes days of the calendar. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DefinedDays } from '../../../contracts/watchApi.ts';
import type { Undoable } from '../../definitions/UndoBar.tsx';
import { dialogs, calendar as words } from '../../words/watchSettings.ts';
import { DefinitionDialog } from './DefinitionDialog.tsx';
import { blankDays, type DaysDraft, daysDraft, daysOf } from './daysDraft.ts';

interface Props {
  /** null: new ones. */
  base: DefinedDays | null;
  onDone(done: Undoable): void;
  onClose(): void;
}

const kinds = ['holiday', 'break', 'exams', 'event'] as const;

export function DaysDialog({ base, onDone, onClose }: Props) {
  const [draft, setDraft] = useState(base === null ? blankDays : daysDraft(base.definition));
  const change = (part: Partial<DaysDraft>) => setDraft({ ...draft, ...part });
  return (
    <DefinitionDialog
      collection="calendar"
      title={base === null ? words.titleNew : words.titleEdit(base.definition.name)}
      confirm={words.save}
      consequences={dialogs.effects.days}
      base={base}
      draft={draft}
      definition={daysOf(draft)}
      saved={dialogs.saved.days}
      onChange={change}
      onDone={onDone}
      onClose={onClose}
    >
      <NativeSelect
        label={words.kind}
        description={words.kindTexts[draft.kind]}
        data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        value={draft.kind}
        onChange={({ currentTarget: { value } }) => change({ kind: value as DaysDraft['kind'] })}
      />
      <div className="field-row even">
        <TextInput
          type="date"
          label={words.from}
          value={draft.from}
          onChange={({ currentTarget: { value } }) => change({ from: value })}
        />
        <TextInput
          type="date"
          label={words.to}
          description={words.toText}
          value={draft.to}
          onChange={({ currentTarget: { value } }) => change({ to: value })}
        />
      </div>
    </DefinitionDialog>
  );
}
