/** Who can enter: the unit, the traffic, conditions over attributes, and a layer that keeps experiments apart. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { Condition } from '../../../contracts/condition.ts';
import type { TargetingRow } from '../../definitions/conditionRows.ts';
import {
  conditionOf,
  hasValue,
  type Operator,
  operators,
  rowsOf,
} from '../../definitions/conditionRows.ts';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { conditions } from '../../words/definitions.ts';
import { form as words } from '../../words/experimentForm.ts';
import type { PartProps } from './part.ts';

export function TargetingFields({ draft, problems, change, lose }: PartProps) {
  const { layer } = draft;
  return (
    <FormPart title={words.who} text={words.whoText}>
      <div className="field-row">
        <TextInput
          label={words.unit}
          description={words.unitText}
          value={draft.unit}
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => change({ unit: value })}
        />
        <TextInput
          label={words.traffic}
          description={words.trafficText}
          value={draft.traffic}
          inputMode="decimal"
          rightSection="%"
          onChange={({ currentTarget: { value } }) => change({ traffic: value })}
        />
      </div>
      <FieldNotes fields={['unit', 'traffic']} problems={problems} />
      <Conditions draft={draft} problems={problems} change={change} lose={lose} />
      <FieldNotes fields={['targeting']} problems={problems} />
      <div className="field-row">
        <TextInput
          label={words.layer}
          description={words.layerText}
          value={layer.name}
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => change({ layer: { ...layer, name: value } })}
        />
        {layer.name !== '' && (
          <>
            <TextInput
              label={words.layerFrom}
              description={'\u00a0'}
              value={layer.from}
              inputMode="decimal"
              rightSection="%"
              onChange={({ currentTarget: { value } }) =>
                change({ layer: { ...layer, from: value } })
              }
            />
            <TextInput
              label={words.layerTo}
              description={'\u00a0'}
              value={layer.to}
              inputMode="decimal"
              rightSection="%"
              onChange={({ currentTarget: { value } }) =>
                change({ layer: { ...layer, to: value } })
              }
            />
          </>
        )}
      </div>
      <FieldNotes fields={['layer']} problems={problems} />
    </FormPart>
  );
}

function Conditions({ draft, change, lose }: PartProps) {
  const { targetingRows: rows, targetingAs, targetingJson } = draft;
  const edit = (index: number, part: Partial<TargetingRow>) =>
    change({ targetingRows: rows.map((row, i) => (i === index ? { ...row, ...part } : row)) });
  return (
    <fieldset className="conditions">
      <legend className="field-label">{words.targeting}</legend>
      {targetingAs === 'rows' ? (
        <>
          {rows.length === 0 && <p className="muted">{words.everyone}</p>}
          <ul className="form-rows">
            {rows.map((row, i) => (
              <li key={i} className="condition-row">
                <TextInput
                  aria-label={words.attribute(i + 1)}
                  placeholder="grade"
                  value={row.field}
                  spellCheck={false}
                  onChange={({ currentTarget: { value } }) => edit(i, { field: value })}
                />
                <NativeSelect
                  aria-label={words.operator(i + 1)}
                  data={operators.map((value) => ({ value, label: conditions.operators[value] }))}
                  value={row.operator}
                  onChange={({ currentTarget: { value } }) =>
                    edit(i, { operator: value as Operator })
                  }
                />
                {hasValue(row.operator) ? (
                  <TextInput
                    aria-label={words.value(i + 1)}
                    placeholder={row.operator === 'in' ? '7, 8, 9' : '7'}
                    value={row.value}
                    onChange={({ currentTarget: { value } }) => edit(i, { value })}
                  />
                ) : (
                  <span />
                )}
                <button
                  type="button"
                  className="button small"
                  aria-label={words.removeCondition(i + 1)}
                  onClick={() =>
                    lose(
                      { targetingRows: rows.filter((_, index) => index !== i) },
                      words.removedCondition,
                    )
                  }
                >
                  {words.remove}
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Textarea
          aria-label={words.targetingJson}
          description={words.targetingJsonText}
          className="code-field"
          rows={6}
          spellCheck={false}
          value={targetingJson}
          onChange={({ currentTarget: { value } }) => change({ targetingJson: value })}
        />
      )}
      <div className="actions">
        {targetingAs === 'rows' && (
          <button
            type="button"
            className="button small"
            onClick={() =>
              change({ targetingRows: [...rows, { field: '', operator: 'is', value: '' }] })
            }
          >
            {words.addCondition}
          </button>
        )}
        <button
          type="button"
          className="button small"
          onClick={() => {
            if (targetingAs === 'rows')
              change({ targetingAs: 'json', targetingJson: jsonOf(rows) });
            else lose({ targetingAs: 'rows', ...readRows(targetingJson) }, words.jsonToRows);
          }}
        >
          {targetingAs === 'rows' ? words.asJson : words.asRows}
        </button>
      </div>
    </fieldset>
  );
}

function jsonOf(rows: readonly TargetingRow[]): string {
  try {
    return JSON.stringify(conditionOf(rows), null, 2);
  } catch {
    return '{ "all": [] }';
  }
}

/** What of the JSON can be rows; nothing when it cannot. */
function readRows(text: string): { targetingRows: readonly TargetingRow[] } {
  try {
    const parsed = Condition.safeParse(JSON.parse(text));
    return { targetingRows: (parsed.success ? rowsOf(parsed.data) : undefined) ?? [] };
  } catch {
    return { targetingRows: [] };
  }
}
