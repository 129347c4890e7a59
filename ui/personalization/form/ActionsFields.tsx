/** The actions: what people can get, which of them is the control, and what is known of each. */
import { Textarea, TextInput } from '@mantine/core';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { keyFrom } from '../../definitions/typed.ts';
import { form as words } from '../../words/policyForm.ts';
import { type ActionDraft, newAction } from './draft.ts';
import type { PartProps } from './part.ts';

/** As the contract has it. */
const actionsMax = 200;

export function ActionsFields({ draft, problems, change, lose }: PartProps) {
  const { actions, control } = draft;
  const edit = (id: number, part: Partial<ActionDraft>) =>
    change({ actions: actions.map((each) => (each.id === id ? { ...each, ...part } : each)) });
  return (
    <FormPart title={words.actions} text={words.actionsText}>
      <ul className="form-rows">
        {actions.map((action, i) => (
          <li key={action.id} className="variant-row action-row">
            <TextInput
              label={words.action}
              aria-label={words.ofAction(words.action, i + 1)}
              value={action.name}
              maxLength={256}
              onChange={({ currentTarget: { value } }) =>
                edit(
                  action.id,
                  action.key === keyFrom(action.name) || /^action-\d+$/.test(action.key)
                    ? { name: value, key: keyFrom(value) || `action-${action.id}` }
                    : { name: value },
                )
              }
            />
            <TextInput
              label={words.key}
              aria-label={words.ofAction(words.key, i + 1)}
              value={action.key}
              maxLength={100}
              spellCheck={false}
              onChange={({ currentTarget: { value } }) => edit(action.id, { key: value })}
            />
            <label className="check">
              <input
                type="radio"
                name="control"
                checked={action.id === control}
                onChange={() => change({ control: action.id })}
              />
              {words.control}
            </label>
            <button
              type="button"
              className="button small"
              aria-label={words.removeAction(action.name || action.key)}
              onClick={() =>
                lose(
                  {
                    actions: actions.filter(({ id }) => id !== action.id),
                    ...(control === action.id ? { control: 0 } : {}),
                  },
                  words.removed(action.name || action.key),
                )
              }
            >
              {words.remove}
            </button>
            <details className="payload">
              <summary>{words.details(action.traits)}</summary>
              <div className="stack">
                <TextInput
                  label={words.actionTraits}
                  aria-label={words.ofAction(words.actionTraits, i + 1)}
                  description={words.actionTraitsText}
                  value={action.traits}
                  spellCheck={false}
                  onChange={({ currentTarget: { value } }) => edit(action.id, { traits: value })}
                />
                <div className="field-row">
                  <Textarea
                    label={words.payload}
                    aria-label={words.ofAction(words.payload, i + 1)}
                    description={words.payloadText}
                    className="code-field"
                    rows={2}
                    spellCheck={false}
                    value={action.payload}
                    onChange={({ currentTarget: { value } }) => edit(action.id, { payload: value })}
                  />
                  <Textarea
                    label={words.further}
                    aria-label={words.ofAction(words.further, i + 1)}
                    description={words.furtherText}
                    className="code-field"
                    rows={2}
                    spellCheck={false}
                    value={action.further}
                    onChange={({ currentTarget: { value } }) => edit(action.id, { further: value })}
                  />
                </div>
                <label className="check">
                  <input
                    type="checkbox"
                    checked={action.offered}
                    onChange={({ currentTarget: { checked } }) =>
                      edit(action.id, { offered: checked })
                    }
                  />
                  {words.offered}
                </label>
              </div>
            </details>
          </li>
        ))}
      </ul>
      <label className="check">
        <input
          type="radio"
          name="control"
          checked={!actions.some(({ id }) => id === control)}
          onChange={() => change({ control: 0 })}
        />
        {words.controlIsChance}
      </label>
      <div className="actions">
        <button
          type="button"
          className="button small"
          disabled={actions.length >= actionsMax}
          onClick={() => change({ actions: [...actions, newAction(actions)] })}
        >
          {words.addAction}
        </button>
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.open}
          onChange={({ currentTarget: { checked } }) => change({ open: checked })}
        />
        {words.open}
      </label>
      <FieldNotes fields={['actions', 'control', 'open']} problems={problems} />
    </FormPart>
  );
}
