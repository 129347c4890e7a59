/** Makes or changes a mute window. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DefinedMute, WatchStanding } from '../../../contracts/watchApi.ts';
import type { Undoable } from '../../definitions/UndoBar.tsx';
import { calendar, dialogs, mutes as words } from '../../words/watchSettings.ts';
import { DefinitionDialog } from './DefinitionDialog.tsx';
import { blankMute, type MuteDraft, muteDraft, muteOf } from './muteDraft.ts';
import { Ticks } from './Ticks.tsx';

interface Props {
  /** null: a new one. */
  base: DefinedMute | null;
  watches: readonly WatchStanding[];
  onDone(done: Undoable): void;
  onClose(): void;
}

const kinds = ['once', 'weekly', 'calendar'] as const;

export function MuteDialog({ base, watches, onDone, onClose }: Props) {
  const [draft, setDraft] = useState(() =>
    base === null ? blankMute(Date.now()) : muteDraft(base.definition, Date.now()),
  );
  const change = (part: Partial<MuteDraft>) => setDraft({ ...draft, ...part });
  return (
    <DefinitionDialog
      collection="mutes"
      title={base === null ? words.titleNew : words.titleEdit(base.definition.name)}
      confirm={words.save}
      consequences={dialogs.effects.mute}
      base={base}
      draft={draft}
      definition={muteOf(draft)}
      saved={dialogs.saved.mute}
      onChange={change}
      onDone={onDone}
      onClose={onClose}
    >
      <NativeSelect
        label={words.kind}
        data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
        value={draft.kind}
        onChange={({ currentTarget: { value } }) => change({ kind: value as MuteDraft['kind'] })}
      />
      <WhenFields draft={draft} onChange={change} />
      <Ticks
        title={words.watches}
        text={words.watchesText}
        choices={watches.map(({ watch: { definition } }) => ({
          value: definition.key,
          label: definition.name,
        }))}
        chosen={draft.watches}
        onChange={(chosen) => change({ watches: chosen })}
      />
    </DefinitionDialog>
  );
}

interface FieldsProps {
  draft: MuteDraft;
  onChange(part: Partial<MuteDraft>): void;
}

function WhenFields({ draft, onChange }: FieldsProps) {
  if (draft.kind === 'calendar') {
    return (
      <Ticks
        title={words.dayKinds}
        choices={Object.entries(calendar.kinds).map(([value, label]) => ({ value, label }))}
        chosen={draft.dayKinds}
        onChange={(chosen) => onChange({ dayKinds: chosen })}
      />
    );
  }
  if (draft.kind === 'weekly') {
    return (
      <>
        <Ticks
          title={words.days}
          choices={words.dayNames.map((label, i) => ({ value: String(i + 1), label }))}
          chosen={draft.days.map(String)}
          onChange={(chosen) => onChange({ days: chosen.map(Number) })}
        />
        <div className="field-row even">
          <TextInput
            type="time"
            label={words.fromClock}
            value={draft.fromClock}
            onChange={({ currentTarget: { value } }) => onChange({ fromClock: value })}
          />
          <TextInput
            type="time"
            label={words.toClock}
            description={words.toClockText}
            value={draft.toClock}
            onChange={({ currentTarget: { value } }) => onChange({ toClock: value })}
          />
        </div>
      </>
    );
  }
  return (
    <div className="field-row even">
      <TextInput
        type="datetime-local"
        label={words.from}
        value={draft.from}
        onChange={({ currentTarget: { value } }) => onChange({ from: value })}
      />
      <TextInput
        type="datetime-local"
        label={words.to}
        value={draft.to}
        onChange={({ currentTarget: { value } }) => onChange({ to: value })}
      />
    </div>
  );
}
