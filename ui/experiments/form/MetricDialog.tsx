/** Makes a metric without leaving the form. */

import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type MetricKind, metricKinds } from '../../../contracts/experimentMetric.ts';
import { Refusal } from '../../definitions/Refusal.tsx';
import { keyFrom } from '../../definitions/typed.ts';
import { Dialog } from '../../parts/Dialog.tsx';
import { Needs } from '../../parts/Needs.tsx';
import { asking, name as names } from '../../words/definitions.ts';
import { metricForm as words } from '../../words/experimentForm.ts';
import { fieldName, setUp } from '../../words/experiments.ts';
import { createMetric } from '../queries.ts';
import {
  blankMetric,
  combinations,
  hasCap,
  type MetricDraft,
  metricOf,
  windowUnits,
  withKind,
} from './metricDraft.ts';

interface Props {
  onClose(): void;
  onCreated(key: string): void;
}

export function MetricDialog({ onClose, onCreated }: Props) {
  const [draft, setDraft] = useState(blankMetric);
  const [tried, setTried] = useState(false);
  const queries = useQueryClient();
  const built = metricOf(draft);
  const create = useMutation({
    mutationFn: async () => {
      if ('metric' in built) await createMetric(built.metric, words.reason);
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['experiment-metrics'] });
      onCreated(draft.key);
    },
  });
  const change = (part: Partial<MetricDraft>) => setDraft({ ...draft, ...part });

  function submit(event: FormEvent): void {
    event.preventDefault();
    event.stopPropagation();
    setTried(true);
    if ('metric' in built) create.mutate();
  }

  return (
    <Dialog title={words.title} size="lg" onClose={onClose}>
      <form className="dialog-form" onSubmit={submit} noValidate>
        <div className="field-row">
          <TextInput
            label={names.name}
            value={draft.name}
            data-autofocus
            onChange={({ currentTarget: { value } }) =>
              change(draft.keyTyped ? { name: value } : { name: value, key: keyFrom(value) })
            }
          />
          <TextInput
            label={names.key}
            value={draft.key}
            spellCheck={false}
            onChange={({ currentTarget: { value } }) =>
              change({ key: value, keyTyped: value !== '' })
            }
          />
        </div>
        <div className="field-row">
          <NativeSelect
            label={words.kind}
            data={metricKinds.map((value) => ({ value, label: setUp.kinds[value] }))}
            value={draft.kind}
            onChange={({ currentTarget: { value } }) =>
              setDraft(withKind(draft, value as MetricKind))
            }
          />
          <NativeSelect
            label={words.direction}
            data={[
              { value: 'increase', label: words.increase },
              { value: 'decrease', label: words.decrease },
            ]}
            value={draft.direction}
            onChange={({ currentTarget: { value } }) =>
              change({ direction: value as MetricDraft['direction'] })
            }
          />
        </div>
        <TextInput
          label={words.type}
          description={words.typeText}
          placeholder="answered"
          value={draft.type}
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => change({ type: value })}
        />
        <details open={draft.filter !== '' || undefined}>
          <summary>{words.filter}</summary>
          <Textarea
            aria-label={words.filter}
            description={words.filterText}
            className="code-field"
            rows={2}
            spellCheck={false}
            value={draft.filter}
            onChange={({ currentTarget: { value } }) => change({ filter: value })}
          />
        </details>
        {draft.of === 'value' && (
          <div className="field-row">
            <TextInput
              label={words.field}
              description={words.fieldText}
              value={draft.field}
              spellCheck={false}
              onChange={({ currentTarget: { value } }) => change({ field: value })}
            />
            <NativeSelect
              label={words.combine}
              description={words.combineText}
              data={combinations.map((value) => ({ value, label: words.combinations[value] }))}
              value={draft.combine}
              onChange={({ currentTarget: { value } }) =>
                change({ combine: value as MetricDraft['combine'] })
              }
            />
          </div>
        )}
        {draft.kind === 'ratio' && (
          <TextInput
            label={words.dividedBy}
            description={words.dividedByText}
            value={draft.dividedBy}
            spellCheck={false}
            onChange={({ currentTarget: { value } }) => change({ dividedBy: value })}
          />
        )}
        <div className="field-row">
          {hasCap(draft) && (
            <>
              <TextInput
                label={words.least}
                value={draft.least}
                inputMode="decimal"
                onChange={({ currentTarget: { value } }) => change({ least: value })}
              />
              <TextInput
                label={words.largest}
                value={draft.largest}
                inputMode="decimal"
                onChange={({ currentTarget: { value } }) => change({ largest: value })}
              />
            </>
          )}
          {draft.kind === 'quantile' && (
            <TextInput
              label={words.level}
              value={draft.level}
              inputMode="decimal"
              onChange={({ currentTarget: { value } }) => change({ level: value })}
            />
          )}
          <TextInput
            label={words.window}
            value={draft.window}
            inputMode="decimal"
            onChange={({ currentTarget: { value } }) => change({ window: value })}
          />
          <NativeSelect
            label={words.windowUnit}
            data={Object.keys(windowUnits).map((value) => ({
              value,
              label: words.windowUnits[value as keyof typeof windowUnits],
            }))}
            value={draft.windowUnit}
            onChange={({ currentTarget: { value } }) =>
              change({ windowUnit: value as keyof typeof windowUnits })
            }
          />
        </div>
        <p className="muted">{words.windowText}</p>
        {tried && 'faults' in built && (
          <ul className="notice bad" role="alert">
            {built.faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
        {create.isError && <Refusal error={create.error} nameOf={fieldName} />}
        <div className="actions">
          <button type="button" className="button" onClick={onClose}>
            {asking.cancel}
          </button>
          <Needs>
            <button type="submit" className="button primary" disabled={create.isPending}>
              {create.isPending ? asking.pending : words.create}
            </button>
          </Needs>
        </div>
      </form>
    </Dialog>
  );
}
