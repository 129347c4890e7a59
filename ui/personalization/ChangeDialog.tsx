/** Asks before one part of a policy is switched: which action is offered, its cap, pins, the control, holdout and floor. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { isLive } from '../../contracts/definitionState.ts';
import type { Policy } from '../../contracts/policy.ts';
import type { PolicyDetail } from '../../contracts/policyApi.ts';
import {
  comparisonOf,
  hasValue,
  type Operator,
  operators,
  type TargetingRow,
} from '../definitions/conditionRows.ts';
import { ReasonDialog } from '../definitions/ReasonDialog.tsx';
import { numberOf, percentText } from '../definitions/typed.ts';
import { capUnits, unitOf } from '../format/spans.ts';
import { conditions } from '../words/definitions.ts';
import { fieldName } from '../words/personalization.ts';
import { changes as words } from '../words/policyChanges.ts';
import type { Asked } from './asked.ts';
import { actionOf, type Change, inverseOf, withChange } from './changes.ts';
import { changeWords } from './changeWords.ts';
import { changePolicy } from './queries.ts';
import type { Done } from './UndoBar.tsx';

/** Nothing is to be filled in but the reason. */
const fieldless: readonly Asked['kind'][] = ['offer', 'control', 'unpin', 'algorithm'];

interface Props {
  detail: PolicyDetail;
  asked: Asked;
  onDone(done: Done): void;
  onClose(): void;
}

export function ChangeDialog({ detail, asked, onDone, onClose }: Props) {
  const { policy, revision } = detail;
  const [typed, setTyped] = useState(() => typedOf(policy, asked));
  const change = changeOf(policy, asked, typed);
  const { title, confirm, consequences, done } = changeWords(policy, asked, change);
  const stage = isLive(policy) ? [words.stage(policy.stages.length + 1)] : [words.draft];
  const hasFields = !fieldless.includes(asked.kind);
  return (
    <ReasonDialog
      title={title}
      confirm={confirm}
      consequences={[...consequences, ...stage]}
      isReady={change !== undefined}
      queryKey="policies"
      nameOf={fieldName}
      run={async (reason) => {
        if (change === undefined) throw new RangeError(words.unfilled);
        return changePolicy(policy.key, { policy: withChange(policy, change), revision, reason });
      }}
      onDone={() => {
        if (change !== undefined) onDone({ sentence: done, inverse: inverseOf(policy, change) });
      }}
      onClose={onClose}
    >
      {hasFields && (
        <Fields policy={policy} asked={asked} typed={typed} onType={setTyped} change={change} />
      )}
    </ReasonDialog>
  );
}

/** What the fields hold, as it was typed. */
interface Typed {
  /** Per cent, or times of a cap; '' for none. */
  readonly number: string;
  readonly within: string;
  /** ms */
  readonly unit: number;
  readonly row: TargetingRow;
  readonly action: string;
}

function typedOf(policy: Policy, asked: Asked): Typed {
  const cap = asked.kind === 'cap' ? actionOf(policy, asked.action)?.cap : undefined;
  const unit = unitOf(cap?.withinMs ?? capUnits.days);
  const number = {
    cap: cap === undefined ? '' : String(cap.times),
    holdout: percentText(policy.holdout),
    floor: percentText(policy.floor),
  };
  const action = asked.kind === 'pin' ? asked.action : undefined;
  return {
    number: asked.kind in number ? number[asked.kind as keyof typeof number] : '',
    within: String((cap?.withinMs ?? capUnits.days) / unit),
    unit,
    row: { field: '', operator: 'is', value: '' },
    action: action ?? policy.actions[0]?.key ?? '',
  };
}

/** @returns undefined while the fields do not say it */
function changeOf(policy: Policy, asked: Asked, typed: Typed): Change | undefined {
  switch (asked.kind) {
    case 'offer':
    case 'control':
    case 'algorithm':
      return asked;
    case 'unpin':
      return { kind: 'pins', pins: policy.pins.filter((_, i) => i !== asked.index) };
    case 'cap': {
      const { action } = asked;
      if (typed.number.trim() === '') return { kind: 'cap', action, cap: undefined };
      const times = numberOf(typed.number);
      const withinMs = Math.round((numberOf(typed.within) ?? 0) * typed.unit);
      const isSound = times !== undefined && Number.isInteger(times) && times >= 1 && withinMs > 0;
      return isSound ? { kind: 'cap', action, cap: { times, withinMs } } : undefined;
    }
    case 'pin':
      try {
        const pin = { if: comparisonOf(typed.row), action: typed.action };
        return { kind: 'pins', pins: [...policy.pins, pin] };
      } catch {
        return undefined;
      }
    case 'holdout': {
      const holdout = shareOf(typed.number);
      return holdout === undefined || holdout >= 1 ? undefined : { kind: 'holdout', holdout };
    }
    case 'floor': {
      const floor = shareOf(typed.number);
      return floor === undefined ? undefined : { kind: 'floor', floor };
    }
  }
}

function shareOf(percent: string): number | undefined {
  const number = numberOf(percent);
  if (number === undefined || number < 0 || number > 100) return undefined;
  return Number((number / 100).toPrecision(14));
}

interface FieldsProps {
  policy: Policy;
  asked: Asked;
  typed: Typed;
  change: Change | undefined;
  onType(typed: Typed): void;
}

function Fields({ policy, asked, typed, change, onType }: FieldsProps) {
  const type = (part: Partial<Typed>) => onType({ ...typed, ...part });
  const error = change === undefined ? { error: words.unfilled } : {};
  if (asked.kind === 'holdout' || asked.kind === 'floor') {
    return (
      <TextInput
        label={words.fields[asked.kind]}
        description={words.fieldTexts[asked.kind]}
        data-autofocus
        value={typed.number}
        inputMode="decimal"
        rightSection="%"
        {...error}
        onChange={({ currentTarget: { value } }) => type({ number: value })}
      />
    );
  }
  if (asked.kind === 'cap') {
    return (
      <div className="field-row">
        <TextInput
          label={words.times}
          description={words.timesText}
          data-autofocus
          value={typed.number}
          inputMode="numeric"
          {...error}
          onChange={({ currentTarget: { value } }) => type({ number: value })}
        />
        <TextInput
          label={words.within}
          description={'\u00a0'}
          value={typed.within}
          inputMode="decimal"
          onChange={({ currentTarget: { value } }) => type({ within: value })}
        />
        <NativeSelect
          label={words.unit}
          description={'\u00a0'}
          data={Object.entries(capUnits).map(([name, ms]) => ({
            value: String(ms),
            label: words.units[name as keyof typeof capUnits],
          }))}
          value={String(typed.unit)}
          onChange={({ currentTarget: { value } }) => type({ unit: Number(value) })}
        />
      </div>
    );
  }
  const { row } = typed;
  return (
    <>
      <div className="field-row">
        <TextInput
          label={words.attribute}
          data-autofocus
          placeholder="grade"
          value={row.field}
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => type({ row: { ...row, field: value } })}
        />
        <NativeSelect
          label={words.comparison}
          data={operators.map((value) => ({ value, label: conditions.operators[value] }))}
          value={row.operator}
          onChange={({ currentTarget: { value } }) =>
            type({ row: { ...row, operator: value as Operator } })
          }
        />
        {hasValue(row.operator) && (
          <TextInput
            label={words.value}
            placeholder="7"
            value={row.value}
            onChange={({ currentTarget: { value } }) => type({ row: { ...row, value } })}
          />
        )}
      </div>
      <NativeSelect
        label={words.pinned}
        data={policy.actions
          .filter(({ offered }) => offered)
          .map(({ key, name }) => ({ value: key, label: name }))}
        value={typed.action}
        onChange={({ currentTarget: { value } }) => type({ action: value })}
      />
      {change === undefined && <p className="muted">{words.pinUnfilled}</p>}
    </>
  );
}
