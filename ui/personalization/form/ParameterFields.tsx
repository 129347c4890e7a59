/** Fields of parameters, made from their descriptions: a number with its range, a choice, or JSON. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ParameterDescription } from '../../../contracts/policyApi.ts';
import { FieldNotes } from '../../definitions/FieldNotes.tsx';
import type { ProblemSaid } from '../../definitions/problems.ts';
import { formatValue } from '../../format/numbers.ts';
import { form as words } from '../../words/policyForm.ts';
import { type ParameterDraft, parameterText } from './draft.ts';

interface Props {
  described: readonly ParameterDescription[];
  values: ParameterDraft;
  /** Where the problems of the parameters are: `algorithm.parameters`. */
  at: string;
  problems: readonly ProblemSaid[];
  onChange(values: ParameterDraft): void;
}

export function ParameterFields({ described, values, at, problems, onChange }: Props) {
  return (
    <div className="parameters">
      {described.map((parameter) => {
        const { name, kind, choices, description } = parameter;
        const common = {
          label: name,
          description: `${sentence(description)} ${rangeWords(parameter)}`.trim(),
          value: values[name] ?? parameterText(parameter.default),
          spellCheck: false,
        };
        const type = (value: string) => onChange({ ...values, [name]: value });
        return (
          <div key={name}>
            {kind === 'choice' ? (
              <NativeSelect
                label={common.label}
                description={common.description}
                data={choices}
                value={common.value}
                onChange={({ currentTarget: { value } }) => type(value)}
              />
            ) : kind === 'json' ? (
              <Textarea
                {...common}
                className="code-field"
                rows={3}
                onChange={({ currentTarget: { value } }) => type(value)}
              />
            ) : (
              <TextInput
                {...common}
                inputMode={kind === 'integer' ? 'numeric' : 'decimal'}
                onChange={({ currentTarget: { value } }) => type(value)}
              />
            )}
            <FieldNotes fields={[`${at}.${name}`]} problems={problems} />
          </div>
        );
      })}
    </div>
  );
}

/** As a sentence of its own; what begins with a symbol, such as λ, keeps it. */
function sentence(text: string): string {
  if (text === '') return '';
  return /^[a-z]\w/.test(text) ? `${text[0]?.toUpperCase()}${text.slice(1)}.` : `${text}.`;
}

/** Bounds beyond this are there to keep numbers finite, not to be told. */
const tellMax = 1e5;

/** "Usually 0.5; at least 0, at most 1." */
export function rangeWords(parameter: ParameterDescription): string {
  const { kind, least, largest, above, nullable, required } = parameter;
  if (kind === 'choice') return '';
  const usual = parameterText(parameter.default);
  const parts = [
    ...(usual === '' ? [] : [words.usual(usual)]),
    ...(least === null ? [] : [(above ? words.above : words.least)(formatValue(least))]),
    ...(largest === null || largest > tellMax ? [] : [words.largest(formatValue(largest))]),
    ...(nullable ? [words.never] : []),
    ...(kind === 'json' && !required ? [words.optional] : []),
  ];
  return sentence(parts.join(', '));
}
