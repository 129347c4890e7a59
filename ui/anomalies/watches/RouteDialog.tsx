/** Makes or changes a route. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { AlertRoute } from '../../../contracts/watch.ts';
import type { DefinedRoute } from '../../../contracts/watchApi.ts';
import type { Undoable } from '../../definitions/UndoBar.tsx';
import { dialogs, routes as words } from '../../words/watchSettings.ts';
import { DefinitionDialog } from './DefinitionDialog.tsx';
import { blankRoute, type RouteDraft, routeDraft, routeOf } from './routeDraft.ts';

interface Props {
  /** null: a new one. */
  base: DefinedRoute | null;
  onDone(done: Undoable): void;
  onClose(): void;
}

const kinds = ['email', 'chat', 'webhook'] as const;

export function RouteDialog({ base, onDone, onClose }: Props) {
  const [draft, setDraft] = useState(base === null ? blankRoute : routeDraft(base.definition));
  const change = (part: Partial<RouteDraft>) => setDraft({ ...draft, ...part });
  return (
    <DefinitionDialog
      collection="routes"
      title={base === null ? words.titleNew : words.titleEdit(base.definition.name)}
      confirm={words.save}
      consequences={dialogs.effects.route}
      base={base}
      draft={draft}
      definition={routeOf(draft)}
      saved={dialogs.saved.route}
      onChange={change}
      onDone={onDone}
      onClose={onClose}
    >
      <div className="field-row">
        <NativeSelect
          label={words.kind}
          data={kinds.map((value) => ({ value, label: words.kinds[value] }))}
          value={draft.kind}
          onChange={({ currentTarget: { value } }) => change({ kind: value as RouteDraft['kind'] })}
        />
        <NativeSelect
          label={words.least}
          data={(['low', 'high'] as const).map((value) => ({
            value,
            label: words.leastNames[value],
          }))}
          value={draft.least}
          onChange={({ currentTarget: { value } }) =>
            change({ least: value as AlertRoute['least'] })
          }
        />
      </div>
      <ToFields draft={draft} onChange={change} />
      <label className="check">
        <input
          type="checkbox"
          checked={draft.isActive}
          onChange={({ currentTarget }) => change({ isActive: currentTarget.checked })}
        />
        {words.active}
      </label>
    </DefinitionDialog>
  );
}

interface FieldsProps {
  draft: RouteDraft;
  onChange(part: Partial<RouteDraft>): void;
}

function ToFields({ draft, onChange }: FieldsProps) {
  if (draft.kind === 'email') {
    return (
      <Textarea
        label={words.emails}
        description={words.emailsText}
        rows={2}
        value={draft.emails}
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => onChange({ emails: value })}
      />
    );
  }
  if (draft.kind === 'chat') {
    return (
      <TextInput
        label={words.urlVariable}
        description={words.urlVariableText}
        placeholder="CHAT_URL"
        value={draft.urlVariable}
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => onChange({ urlVariable: value })}
      />
    );
  }
  return (
    <>
      <TextInput
        label={words.url}
        description={words.urlText}
        type="url"
        placeholder="https://"
        value={draft.url}
        onChange={({ currentTarget: { value } }) => onChange({ url: value })}
      />
      <TextInput
        label={words.secretVariable}
        description={words.secretText}
        placeholder="ALERTS_SECRET"
        value={draft.secretVariable}
        spellCheck={false}
        onChange={({ currentTarget: { value } }) => onChange({ secretVariable: value })}
      />
    </>
  );
}
