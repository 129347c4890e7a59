/** When a watch alerts, with its budget of false alarms in words. */
import { NativeSelect, TextInput } from '@mantine/core';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { numberOf } from '../../definitions/typed.ts';
import { form as words } from '../../words/watchForm.ts';
import type { Draft } from './draft.ts';
import type { PartProps } from './part.ts';

/** What is usual is learnt of metrics, alarms and probabilities are figures of statistics. */
const kindsOf: Record<Draft['source'], readonly Draft['judgement'][]> = {
  metric: ['usual', 'limit'],
  statistic: ['alarms', 'probability', 'limit'],
  finding: ['alarms', 'limit'],
};

export function JudgementFields(part: PartProps) {
  const { draft, problems, change } = part;
  const fitting = kindsOf[draft.source];
  // One that does not fit is told by the check; until then it is shown as it is.
  const kinds = fitting.includes(draft.judgement) ? fitting : [...fitting, draft.judgement];
  return (
    <FormPart title={words.judgement} text={words.judgementTexts[draft.judgement]}>
      <NativeSelect
        label={words.judgementKind}
        data={kinds.map((value) => ({ value, label: words.judgements[value] }))}
        value={draft.judgement}
        onChange={({ currentTarget: { value } }) =>
          change({ judgement: value as Draft['judgement'] })
        }
      />
      {draft.judgement === 'usual' && (
        <NativeSelect
          label={words.direction}
          data={Object.entries(words.directions).map(([value, label]) => ({ value, label }))}
          value={draft.direction}
          onChange={({ currentTarget: { value } }) =>
            change({ direction: value as Draft['direction'] })
          }
        />
      )}
      {(draft.judgement === 'usual' || draft.judgement === 'probability') && (
        <BudgetField {...part} />
      )}
      {draft.judgement === 'usual' && <UsualFields {...part} />}
      {draft.judgement === 'limit' && <LimitFields {...part} />}
      <FieldNotes fields={['judgement']} problems={problems} />
    </FormPart>
  );
}

function BudgetField({ draft, change }: PartProps) {
  const weeks = numberOf(draft.weeks);
  return (
    <TextInput
      label={words.weeks}
      description={weeks === undefined || weeks <= 0 ? '\u00a0' : words.weeksMeaning(weeks)}
      inputMode="decimal"
      rightSection={words.weeksSection}
      rightSectionWidth={64}
      value={draft.weeks}
      onChange={({ currentTarget: { value } }) => change({ weeks: value })}
    />
  );
}

function UsualFields({ draft, change }: PartProps) {
  return (
    <div className="field-pairs">
      <TextInput
        label={words.leastChange}
        description={words.leastChangeText}
        inputMode="decimal"
        rightSection="%"
        value={draft.leastChange}
        onChange={({ currentTarget: { value } }) => change({ leastChange: value })}
      />
      <TextInput
        label={words.leastCount}
        description={words.leastCountText}
        inputMode="numeric"
        value={draft.leastCount}
        onChange={({ currentTarget: { value } }) => change({ leastCount: value })}
      />
    </div>
  );
}

function LimitFields({ draft, change }: PartProps) {
  return (
    <>
      <div className="field-row even">
        <NativeSelect
          label={words.side}
          data={Object.entries(words.sides).map(([value, label]) => ({ value, label }))}
          value={draft.side}
          onChange={({ currentTarget: { value } }) => change({ side: value as Draft['side'] })}
        />
        <TextInput
          label={words.limit}
          inputMode="decimal"
          value={draft.limit}
          onChange={({ currentTarget: { value } }) => change({ limit: value })}
        />
      </div>
      <div className="field-pairs">
        <TextInput
          label={words.clear}
          description={words.clearText}
          inputMode="decimal"
          value={draft.clear}
          onChange={({ currentTarget: { value } }) => change({ clear: value })}
        />
        <TextInput
          label={words.limitCount}
          description={words.limitCountText}
          inputMode="numeric"
          value={draft.limitCount}
          onChange={({ currentTarget: { value } }) => change({ limitCount: value })}
        />
      </div>
    </>
  );
}
