/** What counts as success: rules for events, when they may come, and what a decision without one has earned. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { Policy } from '../../../contracts/policy.ts';
import { Policy as PolicySchema } from '../../../contracts/policy.ts';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { FormPart } from '../../definitions/FormPart.tsx';
import { capUnits } from '../../format/spans.ts';
import { form as words } from '../../words/policyForm.ts';
import { rewardWords } from '../rewardWords.ts';
import { blankRule, type Draft, type RuleDraft } from './draft.ts';
import type { PartProps } from './part.ts';

interface Props extends PartProps {
  /** As it would be sent. */
  readonly reward: unknown;
}

const matches = ['decision', 'item', 'user'] as const;
const values = ['value', 'fixed', 'line'] as const;
const combines = ['first', 'last', 'sum', 'largest'] as const;

export function RewardFields({ draft, problems, change, lose, reward }: Props) {
  const { rules } = draft;
  const edit = (index: number, part: Partial<RuleDraft>) =>
    change({ rules: rules.map((rule, i) => (i === index ? { ...rule, ...part } : rule)) });
  return (
    <FormPart title={words.reward} text={words.rewardText}>
      <ul className="form-rows">
        {rules.map((rule, i) => (
          <Rule
            key={i}
            rule={rule}
            number={i + 1}
            onChange={(part) => edit(i, part)}
            onRemove={
              rules.length > 1
                ? () => lose({ rules: rules.filter((_, at) => at !== i) }, words.removedRule)
                : undefined
            }
          />
        ))}
      </ul>
      <div className="actions">
        <button
          type="button"
          className="button small"
          onClick={() => change({ rules: [...rules, blankRule] })}
        >
          {words.addRule}
        </button>
      </div>
      <div className="field-row">
        <NativeSelect
          label={words.combine}
          data={combines.map((value) => ({ value, label: words.combined[value] }))}
          value={draft.combine}
          onChange={({ currentTarget: { value } }) =>
            change({ combine: value as Draft['combine'] })
          }
        />
        <TextInput
          label={words.horizon}
          value={draft.horizon}
          inputMode="decimal"
          onChange={({ currentTarget: { value } }) => change({ horizon: value })}
        />
        <NativeSelect
          label={words.unit}
          data={Object.entries(capUnits).map(([name, ms]) => ({
            value: String(ms),
            label: words.units[name as keyof typeof capUnits],
          }))}
          value={String(draft.horizonUnit)}
          onChange={({ currentTarget: { value } }) => change({ horizonUnit: Number(value) })}
        />
      </div>
      <div className="field-row">
        <TextInput
          label={words.least_}
          value={draft.least}
          inputMode="decimal"
          onChange={({ currentTarget: { value } }) => change({ least: value })}
        />
        <TextInput
          label={words.largest_}
          value={draft.largest}
          inputMode="decimal"
          onChange={({ currentTarget: { value } }) => change({ largest: value })}
        />
        <NativeSelect
          label={words.absent}
          data={(['nothing', 'reward'] as const).map((value) => ({
            value,
            label: words.absents[value],
          }))}
          value={draft.absent}
          onChange={({ currentTarget: { value } }) => change({ absent: value as Draft['absent'] })}
        />
        {draft.absent === 'reward' && (
          <TextInput
            label={words.absentReward}
            value={draft.absentReward}
            inputMode="decimal"
            onChange={({ currentTarget: { value } }) => change({ absentReward: value })}
          />
        )}
      </div>
      <InWords reward={reward} />
      <FieldNotes fields={['reward']} problems={problems} />
    </FormPart>
  );
}

/** Of what cannot be read yet, nothing. */
function InWords({ reward }: { reward: unknown }) {
  const read = PolicySchema.shape.reward.safeParse(reward);
  if (!read.success) return null;
  const parsed: Policy['reward'] = read.data;
  return (
    <div className="notice">
      <p className="field-label">{words.inWords}</p>
      <ul className="consequences">
        {rewardWords(parsed).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

interface RuleProps {
  rule: RuleDraft;
  number: number;
  onChange(part: Partial<RuleDraft>): void;
  onRemove: (() => void) | undefined;
}

function Rule({ rule, number, onChange, onRemove }: RuleProps) {
  const label = (what: string) => ({ label: what, 'aria-label': words.rule(what, number) });
  return (
    <li className="rule-row">
      <div className="field-row">
        <TextInput
          {...label(words.type)}
          value={rule.type}
          spellCheck={false}
          onChange={({ currentTarget: { value } }) => onChange({ type: value })}
        />
        <NativeSelect
          {...label(words.match)}
          data={matches.map((value) => ({ value, label: words.matches[value] }))}
          value={rule.match}
          onChange={({ currentTarget: { value } }) =>
            onChange({ match: value as RuleDraft['match'] })
          }
        />
        <NativeSelect
          {...label(words.earns)}
          data={values.map((value) => ({ value, label: words.values[value] }))}
          value={rule.earns}
          onChange={({ currentTarget: { value } }) =>
            onChange({ earns: value as RuleDraft['earns'] })
          }
        />
        {rule.earns === 'fixed' && (
          <TextInput
            {...label(words.fixed)}
            value={rule.fixed}
            inputMode="decimal"
            onChange={({ currentTarget: { value } }) => onChange({ fixed: value })}
          />
        )}
        {rule.earns === 'line' && (
          <>
            <TextInput
              {...label(words.times)}
              value={rule.times}
              inputMode="decimal"
              onChange={({ currentTarget: { value } }) => onChange({ times: value })}
            />
            <TextInput
              {...label(words.plus)}
              value={rule.plus}
              inputMode="decimal"
              onChange={({ currentTarget: { value } }) => onChange({ plus: value })}
            />
          </>
        )}
      </div>
      <div className="spread">
        <details className="payload" open={rule.filter !== '' || undefined}>
          <summary>{words.filter}</summary>
          <Textarea
            aria-label={words.rule(words.filter, number)}
            description={words.filterText}
            className="code-field"
            rows={2}
            spellCheck={false}
            value={rule.filter}
            onChange={({ currentTarget: { value } }) => onChange({ filter: value })}
          />
        </details>
        {onRemove !== undefined && (
          <button
            type="button"
            className="button small"
            aria-label={words.removeRule(number)}
            onClick={onRemove}
          >
            {words.remove}
          </button>
        )}
      </div>
    </li>
  );
}
