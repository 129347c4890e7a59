/** The parts of the plan's form, in the order in which a version comes about. */
import { NativeSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { TriggerKind } from '../../../contracts/modelPlan.ts';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import { FormPart, type Part } from '../../definitions/FormPart.tsx';
import { RemoveIcon } from '../../parts/Icons.tsx';
import {
  approvalNames,
  choices,
  emptyMeanings,
  fields as fieldWords,
  kindNames,
  parts,
  plan as words,
} from '../../words/versionPlan.ts';
import { type PlanDraft, type StepDraft, usualPlan, valueAt } from './planDraft.ts';
import { type PlanField, type PlanPart, planFields, readText } from './planFields.ts';

type Props = Part<PlanDraft>;

export function PlanParts(props: Props) {
  return (
    <>
      <Fields part="data" {...props} />
      <Fields part="trainer" {...props}>
        <Parameters {...props} />
      </Fields>
      <Fields part="triggers" {...props}>
        <Checks
          legend={words.kinds}
          names={kindNames}
          chosen={props.draft.kinds}
          onChange={(kinds) => props.change({ kinds: kinds as TriggerKind[] })}
        />
      </Fields>
      <Fields part="gates" {...props} />
      <Fields part="release" {...props}>
        <label className="check">
          <input
            type="checkbox"
            checked={props.draft.automatic}
            onChange={({ currentTarget }) => props.change({ automatic: currentTarget.checked })}
          />
          {words.automatic}
        </label>
        <Checks
          legend={words.approvals}
          names={approvalNames}
          chosen={props.draft.approvals}
          onChange={(approvals) => props.change({ approvals: approvals as PlanDraft['approvals'] })}
        />
        <Canary {...props} />
      </Fields>
    </>
  );
}

function Fields({ part, children, ...props }: Props & { part: PlanPart; children?: ReactNode }) {
  const { title, text } = parts[part];
  return (
    <FormPart title={title} text={text}>
      <div className="plan-fields">
        {planFields[part].map((field) => (
          <Field key={field.path} field={field} {...props} />
        ))}
      </div>
      {children}
    </FormPart>
  );
}

function Field({ field, draft, problems, change }: Props & { field: PlanField }) {
  const { path, kind, choices: values = [] } = field;
  const [label, text] = fieldWords[path] ?? [path, ''];
  const usual = valueAt(usualPlan, path);
  const empty = emptyMeanings[path];
  const description = [
    text,
    ...(empty === undefined ? [] : [words.emptyMeans(empty)]),
    usual === null ? words.usualNone : words.usual(readText(field, usual)),
  ].join(' ');
  const fault = problems.find((each) => each.field === path)?.sentence;
  const write = (value: string) => change({ texts: { ...draft.texts, [path]: value } });
  if (kind === 'choice') {
    return (
      <NativeSelect
        label={label}
        description={description}
        data={values.map((value) => ({ value, label: choices[value] ?? value }))}
        value={draft.texts[path] ?? ''}
        onChange={({ currentTarget: { value } }) => write(value)}
      />
    );
  }
  return (
    <TextInput
      label={label}
      description={description}
      value={draft.texts[path] ?? ''}
      spellCheck={false}
      inputMode={kind === 'span' ? 'text' : 'decimal'}
      error={fault}
      {...(kind === 'share' ? { rightSection: '%' } : {})}
      onChange={({ currentTarget: { value } }) => write(value)}
    />
  );
}

interface ChecksProps {
  legend: string;
  names: Readonly<Record<string, string>>;
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}

/** Those that are chosen stay in the order of their names. */
function Checks({ legend, names, chosen, onChange }: ChecksProps) {
  return (
    <fieldset className="plan-checks">
      <legend className="field-label">{legend}</legend>
      {Object.entries(names).map(([name, label]) => (
        <label key={name} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(
                Object.keys(names).filter((each) =>
                  each === name ? checked : chosen.includes(each),
                ),
              )
            }
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

function Parameters({ draft: { parameters }, problems, change, lose }: Props) {
  const put = (index: number, part: Partial<(typeof parameters)[number]>) =>
    change({
      parameters: parameters.map((each, i) => (i === index ? { ...each, ...part } : each)),
    });
  return (
    <fieldset className="plan-rows">
      <legend className="field-label">{words.parameters}</legend>
      <p className="muted">{words.parametersText}</p>
      {parameters.map(({ name, value }, i) => (
        <div key={i} className="plan-row">
          <TextInput
            label={words.name}
            value={name}
            maxLength={100}
            spellCheck={false}
            placeholder="learningRate"
            onChange={({ currentTarget }) => put(i, { name: currentTarget.value })}
          />
          <TextInput
            label={words.value}
            value={value}
            inputMode="decimal"
            onChange={({ currentTarget }) => put(i, { value: currentTarget.value })}
          />
          <Remove
            label={words.remove(name)}
            onClick={() =>
              lose({ parameters: parameters.filter((_, each) => each !== i) }, words.removed)
            }
          />
        </div>
      ))}
      <FieldNotes fields={['trainer.parameters']} problems={problems} />
      <button
        type="button"
        className="button small"
        onClick={() => change({ parameters: [...parameters, { name: '', value: '' }] })}
      >
        {words.add}
      </button>
    </fieldset>
  );
}

const stepNames = ['share', 'rowsMin', 'durationMs'] as const;
const stepsMax = 10;

function Canary({ draft: { canary }, problems, change, lose }: Props) {
  const put = (index: number, part: Partial<StepDraft>) =>
    change({ canary: canary.map((each, i) => (i === index ? { ...each, ...part } : each)) });
  return (
    <fieldset className="plan-rows">
      <legend className="field-label">{words.steps}</legend>
      <p className="muted">{words.stepsText}</p>
      {canary.map((step, i) => (
        <fieldset key={i} className="plan-row step" aria-label={words.step(i + 1)}>
          {stepNames.map((name) => (
            <TextInput
              key={name}
              label={words.canaryFields[name]}
              value={step[name]}
              spellCheck={false}
              {...(name === 'share' ? { rightSection: '%' } : {})}
              onChange={({ currentTarget: { value } }) => put(i, { [name]: value })}
            />
          ))}
          <Remove
            label={words.removeStep(i + 1)}
            disabled={canary.length === 1}
            onClick={() =>
              lose({ canary: canary.filter((_, each) => each !== i) }, words.stepRemoved)
            }
          />
        </fieldset>
      ))}
      <FieldNotes fields={['release.canary']} problems={problems} />
      <button
        type="button"
        className="button small"
        disabled={canary.length >= stepsMax}
        onClick={() =>
          change({
            canary: [
              ...canary,
              { share: '', rowsMin: canary.at(-1)?.rowsMin ?? '', durationMs: '0 days' },
            ],
          })
        }
      >
        {words.addStep}
      </button>
    </fieldset>
  );
}

interface RemoveProps {
  label: string;
  disabled?: boolean;
  onClick(): void;
}

function Remove({ label, disabled = false, onClick }: RemoveProps) {
  return (
    <button
      type="button"
      className="button small"
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <RemoveIcon />
    </button>
  );
}
